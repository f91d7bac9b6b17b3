//! Tasks that not everybody sees who sees their issue.

use crate::testing::{COMMUNITY, Client, TestApp};
use serde_json::{Value, json};

/// Where somebody finds a task, of all places where it could be shown.
async fn found(who: &Client<'_>, issue: &str, task: &str) -> Vec<&'static str> {
    let id = task.trim_start_matches("/tasks/");
    let has = |list: Value, of: &str| {
        let items = list[of].as_array().cloned().unwrap_or_default();
        items.iter().any(|item| item["id"] == id || item["task"]["id"] == id)
    };
    let mut places = Vec::new();
    let mut note = |place, there: bool| places.extend(there.then_some(place));
    note("task", who.get(task).await.status == 200);
    note("offers", who.get(&format!("{task}/offers")).await.status == 200);
    note("commitments", who.get(&format!("{task}/commitments")).await.status == 200);
    note("community", has(who.get(&format!("/communities/{COMMUNITY}/tasks")).await.json(), "items"));
    note("issue", has(who.get(issue).await.json(), "tasks"));
    note("tasks", has(who.get(&format!("{issue}/tasks")).await.json(), "items"));
    note("history", has(who.get(&format!("{issue}/history")).await.json(), "items"));
    note("log", has(who.get("/changes?limit=100").await.json(), "items"));
    places
}

const EVERYWHERE: [&str; 8] = ["task", "offers", "commitments", "community", "issue", "tasks", "history", "log"];

#[actix_web::test]
async fn what_an_unverified_organisation_proposes_is_seen_by_its_side_and_the_community_until_it_is_taken_up() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let (ngo, business) = (app.organisation("Турбота", "ngo").await, app.organisation("БудСервіс", "business").await);
    app.regard(ngo, "unverified").await;
    let (editor, member, other) = (app.editor(ngo).await, app.of(ngo, "member").await, app.editor(business).await);
    let (coordinator, moderator, facilitator) =
        (app.coordinator().await, app.moderator().await, app.facilitator().await);
    let anyone = app.anyone();

    let proposed = editor.post(&format!("{issue}/tasks"), json!({ "title": "Шахрай Петренко" })).await.expect(201);
    let (task, offer) =
        (format!("/tasks/{}", proposed.text("/id")), format!("/offers/{}", proposed.text("/offers/0/id")));
    let page = format!("/c/{COMMUNITY}{task}");
    for stranger in [&anyone, &reporter, &other] {
        assert_eq!(found(stranger, &issue, &task).await, Vec::<&str>::new());
        assert_eq!(stranger.get(&offer).await.status, 404);
    }
    assert_eq!(anyone.with("Accept", "text/html").fetch(&page).await.status, 404);
    assert_eq!(other.does(format!("{task}/offers")).await.problem(), "404 not_found");
    let hours = json!({ "kind": "hours", "amount": 2 });
    assert_eq!(reporter.post(&format!("{task}/commitments"), hours).await.problem(), "404 not_found");
    for insider in [&editor, &member, &coordinator, &moderator] {
        assert_eq!(found(insider, &issue, &task).await, EVERYWHERE);
        insider.get(&offer).await.expect(200);
    }
    facilitator.get(&task).await.expect(200);
    assert_eq!(app.tasks_waiting(&coordinator, "answer_offer").await.len(), 1);

    coordinator.because(format!("{offer}/decline"), "Без імен, будь ласка").await.expect(200);
    assert_eq!(found(&anyone, &issue, &task).await, Vec::<&str>::new());
    let again = editor.asks(&task).await;
    coordinator.does(format!("{again}/accept")).await.expect(200);
    assert_eq!(found(&anyone, &issue, &task).await, EVERYWHERE);
    anyone.with("Accept", "text/html").fetch(&page).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn what_is_offered_to_others_is_taken_up_and_words_of_the_verified_are_public_at_once() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let (ngo, business) = (app.organisation("Турбота", "ngo").await, app.organisation("БудСервіс", "business").await);
    let (editor, coordinator) = (app.editor(ngo).await, app.coordinator().await);

    let task = editor.splits(&issue, "Освітити перехід").await;
    app.anyone().get(&task).await.expect(200);
    app.regard(ngo, "unverified").await;
    let task = editor.splits(&issue, "Поставити лавку").await;
    assert_eq!(app.anyone().get(&task).await.status, 404);
    coordinator.offers(&task, business).await;
    app.anyone().get(&task).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_task_that_a_moderator_hides_is_gone_for_all_but_its_side_and_moderators() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    let (task, issue, anyone) = (&taken.task, &taken.issue, app.anyone());
    let (moderator, neighbour) = (app.moderator().await, app.citizen().await);
    let id = task.trim_start_matches("/tasks/");
    app.mails().await;
    neighbour.post("/flags", json!({ "thing": "task", "id": id, "reason": "accuses_person" })).await.expect(204);
    assert_eq!(app.waits_for(&moderator, "flag").await[0]["subject"]["flag"]["thing"], "task");

    let why = json!({ "reason": "accuses_person", "words": "Названо імʼя" });
    assert_eq!(neighbour.post(&format!("{task}/hide"), why.clone()).await.problem(), "403 forbidden");
    moderator.post(&format!("{task}/hide"), why.clone()).await.expect(204);
    assert_eq!(moderator.post(&format!("{task}/hide"), why).await.problem(), "409 conflict");
    assert!(app.waits_for(&moderator, "flag").await.is_empty());
    assert_eq!(found(&anyone, issue, task).await, ["log"]);
    let changes = anyone.get("/changes?limit=100").await.json();
    let told: Vec<&Value> = changes["items"].as_array().unwrap().iter().filter(|change| change["id"] == id).collect();
    assert_eq!((told.len(), told[0]["what"].clone()), (1, json!("gone")));
    assert_eq!(
        neighbour.post("/flags", json!({ "thing": "task", "id": id, "reason": "spam" })).await.problem(),
        "404 not_found"
    );
    for insider in [&taken.editor, &moderator] {
        assert_eq!(insider.get(task).await.expect(200).json()["hidden"], true);
    }
    let mails = app.mails().await;
    assert_eq!(mails.iter().map(|mail| mail.to.clone()).collect::<Vec<_>>(), [taken.coordinator.email()]);
    assert!(mails[0].text.contains("Названо імʼя") && !mails[0].text.contains("оскаржити"));
    taken.editor.does(format!("{task}/start")).await.expect(200);

    moderator.delete(&format!("{task}/hide")).await.expect(204);
    assert_eq!(found(&anyone, issue, task).await, EVERYWHERE);
    assert_eq!(anyone.get(task).await.json()["hidden"], false);
    app.stop().await;
}
