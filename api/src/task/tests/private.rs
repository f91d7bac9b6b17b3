use crate::testing::{COMMUNITY, TestApp};
use serde_json::json;

const ABSENT: &str = "/tasks/018f0000-0000-7000-8000-00000000dead";

#[actix_web::test]
async fn a_task_of_a_private_issue_is_absent_for_all_but_those_who_have_to_do_with_it() {
    let app = TestApp::start().await;
    app.community().await;
    let issue = app.citizen().await.reports_in("health").await;
    let coordinator = app.coordinator().await;
    coordinator.does(format!("{issue}/accept")).await.expect(200);
    let (ngo, business) = (app.organisation("Турбота", "ngo").await, app.organisation("БудСервіс", "business").await);
    let (editor, member, other) =
        (app.editor(ngo).await, app.of(ngo, "member").await.acting_for(ngo), app.editor(business).await);
    let task = coordinator.splits(&issue, "Привезти ліки").await;
    assert_eq!(editor.get(&task).await.status, 404);

    let offer = coordinator.offers(&task, ngo).await;
    editor.get(&task).await.expect(200);
    editor.get(&offer).await.expect(200);
    let facilitator = app.facilitator().await;
    for stranger in [&app.anyone(), &other, &member, &facilitator, &app.main().await] {
        assert_eq!((stranger.get(&task).await.status, stranger.get(&offer).await.status), (404, 404));
        assert_eq!(stranger.get(&format!("{task}/offers")).await.status, 404);
        let list = stranger.get(&format!("/communities/{COMMUNITY}/tasks")).await.expect(200).json();
        assert_eq!(list["items"], json!([]));
    }
    // What one may not see answers as what is not there.
    let (foreign, absent) = (other.does(format!("{task}/start")).await, other.does(format!("{ABSENT}/start")).await);
    assert_eq!((foreign.problem(), absent.problem()), ("404 not_found".to_owned(), "404 not_found".to_owned()));
    assert_eq!(other.does(format!("{offer}/accept")).await.problem(), "404 not_found");

    editor.does(format!("{offer}/accept")).await.expect(200);
    editor.with("If-Match", "*").patch(&task, json!({ "assignee": member.id() })).await.expect(200);
    member.does(format!("{task}/start")).await.expect(200);
    let released = editor.because(format!("{task}/release"), "Немає авто").await.expect(200);
    assert_eq!(released.text("/state"), "draft");
    assert_eq!((editor.get(&task).await.status, member.get(&task).await.status), (404, 404));
    app.stop().await;
}

#[actix_web::test]
async fn mails_about_a_private_issue_tell_facilitators_nothing_of_it() {
    let app = TestApp::start().await;
    app.community().await;
    let issue = app.citizen().await.reports_in("health").await;
    let (coordinator, facilitator) = (app.coordinator().await, app.facilitator().await);
    coordinator.does(format!("{issue}/accept")).await.expect(200);
    let ngo = app.organisation("Турбота", "ngo").await;
    let task = coordinator.splits(&issue, "Привезти ліки").await;
    coordinator.offers(&task, ngo).await;
    app.wait(chrono::TimeDelta::days(15));

    let mails = app.mails().await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.to == facilitator.email()).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].subject, "Строк відповіді минув: приватне звернення");
    assert!(!told[0].text.contains("ліки"));
    app.stop().await;
}

#[actix_web::test]
async fn tasks_of_a_hidden_issue_rest_until_it_is_shown() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    let moderator = app.moderator().await;
    let why = json!({ "reason": "spam", "words": "Спам" });
    moderator.post(&format!("{}/hide", taken.issue), why).await.expect(204);

    assert_eq!(taken.editor.does(format!("{}/start", taken.task)).await.problem(), "404 not_found");
    let cancel = taken.coordinator.because(format!("{}/cancel", taken.task), "Спам").await;
    assert_eq!(cancel.problem(), "409 conflict");
    assert_eq!(taken.coordinator.may(&taken.task).await, Vec::<String>::new());
    app.stop().await;
}
