use super::state;
use crate::testing::{COMMUNITY, TestApp};
use insta::assert_snapshot;
use serde_json::json;
use std::io::Cursor;

/// A small picture.
pub(super) fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

#[actix_web::test]
async fn an_issue_is_split_offered_to_several_and_one_of_them_takes_it() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let (business, ngo, school) = (
        app.organisation("БудСервіс", "business").await,
        app.organisation("Світло двору", "ngo").await,
        app.organisation("Школа № 1", "education").await,
    );
    let (builder, helper, teacher) = (app.editor(business).await, app.editor(ngo).await, app.editor(school).await);
    app.mails().await;

    let task = coordinator.splits(&issue, "Засипати яму").await;
    assert_eq!(app.anyone().get(&task).await.expect(200).text("/state"), "draft");
    let (first, second) = (coordinator.offers(&task, business).await, coordinator.offers(&task, ngo).await);
    let third = teacher.asks(&task).await;
    assert_eq!(app.told("Вам пропонують завдання: Засипати яму").await.len(), 2);
    assert_eq!(app.anyone().get(&first).await.expect(200).text("/answer_by"), "2026-12-07");
    assert_eq!(app.tasks_waiting(&builder, "answer_offer").await[0]["acting_for"]["id"], json!(business));
    assert_eq!(app.tasks_waiting(&coordinator, "answer_offer").await.len(), 1);
    assert_eq!(builder.may(&first).await, ["accept", "decline"]);
    assert_eq!(coordinator.may(&first).await, ["withdraw"]);

    assert_snapshot!(helper.because(format!("{second}/decline"), " ").await.problem(), @"422 invalid reason=required");
    let declined = helper.because(format!("{second}/decline"), "Немає людей").await.expect(200);
    assert_eq!((state(&declined), declined.text("/reason")), ("declined".into(), "Немає людей".into()));
    // Why is for the two sides.
    assert_eq!(app.anyone().get(&second).await.json()["reason"], json!(null));
    let accepted = builder.does(format!("{first}/accept")).await.expect(200);
    assert_eq!((state(&accepted), accepted.json()["actions"].clone()), ("accepted".into(), json!([])));

    assert_eq!(app.anyone().get(&third).await.expect(200).text("/state"), "superseded");
    let taken = app.anyone().get(&task).await.expect(200);
    assert_eq!((state(&taken), taken.text("/holder/name/uk")), ("accepted".into(), "БудСервіс".into()));
    assert_eq!(taken.json()["offers"].as_array().unwrap().len(), 3);
    let shown = app.anyone().get(&issue).await.expect(200);
    assert_eq!((state(&shown), shown.text("/tasks/0/state")), ("in_progress".into(), "accepted".into()));
    let mails = app.mails().await;
    let to = |who: &crate::testing::Client<'_>| -> Vec<&str> {
        mails.iter().filter(|mail| mail.to == who.email()).map(|mail| mail.subject.as_str()).collect()
    };
    assert_eq!(to(&teacher), ["Завдання взяла інша організація: Засипати яму"]);
    assert!(to(&coordinator).contains(&"Від завдання відмовилися: Засипати яму"), "{:?}", to(&coordinator));
    assert!(to(&coordinator).contains(&"Завдання взяли: Засипати яму"), "{:?}", to(&coordinator));
    assert!(to(&builder).is_empty());
    app.stop().await;
}

#[actix_web::test]
async fn work_is_done_with_evidence_sent_back_done_again_and_verified() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    let (task, editor, moderator) = (&taken.task, &taken.editor, app.moderator().await);
    let worker = app.of(business, "member").await.acting_for(business);
    assert_eq!(app.tasks_waiting(editor, "my_task").await.len(), 1);
    app.mails().await;

    assert_snapshot!(worker.does(format!("{task}/start")).await.problem(), @"403 forbidden");
    let assigned = editor.with("If-Match", "*").patch(task, json!({ "assignee": worker.id() })).await.expect(200);
    assert_eq!(assigned.text("/assignee/name"), "Олена Коваль");
    assert_eq!(app.anyone().get(task).await.json()["assignee"], json!(null));
    assert_eq!(app.told("Вам призначено завдання").await, [worker.email()]);
    assert_eq!(app.tasks_waiting(&worker, "my_task").await.len(), 1);
    assert!(app.tasks_waiting(editor, "my_task").await.is_empty());
    assert_snapshot!(worker.finishes(task).await.problem(), @"409 conflict");
    assert_eq!(state(&worker.does(format!("{task}/start")).await.expect(200)), "in_progress");

    let upload = worker.upload("image/png", png()).await.expect(201).json();
    let evidence = json!([{ "id": upload["id"], "claim": upload["claim"] }]);
    let done = json!({ "note": "Засипано", "evidence": evidence });
    let done = worker.post(&format!("{task}/done"), done).await.expect(200);
    assert_eq!((state(&done), done.text("/done/note")), ("done".into(), "Засипано".into()));
    let file = format!("/files/{}", done.text("/done/evidence/0/id"));
    app.anyone().get(&file).await.expect(200);
    let told = app.told("Завдання виконано, перевірте").await;
    for who in [&taken.reporter, &taken.coordinator, &moderator] {
        assert!(told.contains(&who.email()), "{told:?}");
    }
    assert_eq!(app.tasks_waiting(&moderator, "verify_task").await.len(), 1);
    assert_eq!(app.tasks_waiting(&taken.reporter, "verify_task").await.len(), 1);
    assert!(app.tasks_waiting(editor, "verify_task").await.is_empty());

    assert_snapshot!(editor.does(format!("{task}/verify")).await.problem(), @"403 forbidden");
    assert_snapshot!(app.citizen().await.does(format!("{task}/verify")).await.problem(), @"403 forbidden");
    let back = taken.reporter.because(format!("{task}/return"), "Ще просідає").await.expect(200);
    assert_eq!((state(&back), back.text("/reason")), ("in_progress".into(), "Ще просідає".into()));
    assert_eq!(back.json()["done"], json!(null));
    assert_eq!(app.anyone().get(&file).await.status, 404);
    assert!(app.told("Завдання повернуто на доопрацювання").await.contains(&worker.email()));

    assert_eq!(state(&worker.finishes(task).await.expect(200)), "done");
    let verified = moderator.does(format!("{task}/verify")).await.expect(200);
    assert_eq!((state(&verified), verified.text("/verified_by")), ("verified".into(), "moderator".into()));
    assert_eq!(verified.json()["done"]["evidence"], json!([]));
    assert_snapshot!(moderator.does(format!("{task}/verify")).await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn nobody_verifies_the_work_of_their_own_organisation_by_any_role() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    taken.editor.does(format!("{}/start", taken.task)).await.expect(200);
    taken.editor.finishes(&taken.task).await.expect(200);
    let both = app.moderator().await;
    app.joins(&both, business, "member").await;

    assert!(!both.may(&taken.task).await.contains(&"verify".to_owned()));
    assert_snapshot!(both.does(format!("{}/verify", taken.task)).await.problem(), @"403 forbidden");
    assert!(app.tasks_waiting(&both, "verify_task").await.is_empty());
    let verified = app.facilitator().await.does(format!("{}/verify", taken.task)).await.expect(200);
    assert_eq!(verified.text("/verified_by"), "facilitator");
    app.stop().await;
}

#[actix_web::test]
async fn the_holder_claims_that_it_is_solved_and_an_objection_opens_its_task_again() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    let (issue, task, editor) = (&taken.issue, &taken.task, &taken.editor);
    // Tasks of one moment are in no order.
    app.wait(chrono::TimeDelta::milliseconds(1));
    let idea = taken.coordinator.splits(issue, "Поставити знак").await;
    let claim = json!({ "statement": "Яму засипано" });
    editor.does(format!("{task}/start")).await.expect(200);

    assert_snapshot!(editor.post(&format!("{issue}/resolve"), claim.clone()).await.problem(), @"409 conflict");
    editor.finishes(task).await.expect(200);
    let resolved = editor.post(&format!("{issue}/resolve"), claim).await.expect(200);
    assert_eq!(state(&resolved), "resolved");
    assert_eq!(app.anyone().get(&idea).await.expect(200).text("/state"), "cancelled");
    app.moderator().await.does(format!("{task}/verify")).await.expect(200);
    assert_snapshot!(taken.coordinator.post(&format!("{issue}/tasks"), json!({ "title": "Ще одне" })).await.problem(), @"409 conflict");

    app.wait(chrono::TimeDelta::hours(1));
    app.mails().await;
    let open = taken.reporter.post(&format!("{issue}/object"), json!({ "words": "Яма на місці" })).await.expect(200);
    assert_eq!((state(&open), open.text("/tasks/0/state")), ("in_progress".into(), "in_progress".into()));
    let again = editor.get(task).await.expect(200);
    assert_eq!(again.text("/holder/name/uk"), "БудСервіс");
    assert_eq!((again.json()["done"].clone(), again.json()["verified_by"].clone()), (json!(null), json!(null)));
    assert_eq!(app.told("Завдання відкрито знову: Засипати яму").await, [editor.email()]);
    editor.finishes(task).await.expect(200);
    editor.post(&format!("{issue}/resolve"), json!({ "statement": "Тепер так" })).await.expect(200);
    assert_eq!(state(&taken.reporter.does(format!("{issue}/confirm")).await.expect(200)), "confirmed");
    app.stop().await;
}

#[actix_web::test]
async fn a_task_whose_holder_has_left_opens_again_as_a_draft() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    taken.editor.does(format!("{}/start", taken.task)).await.expect(200);
    taken.editor.finishes(&taken.task).await.expect(200);
    let claim = json!({ "statement": "Засипано" });
    taken.coordinator.post(&format!("{}/resolve", taken.issue), claim).await.expect(200);
    app.execute("DELETE FROM organisation_area").await;

    let open = taken.reporter.post(&format!("{}/object", taken.issue), json!({ "words": "Ні" })).await.expect(200);
    assert_eq!((state(&open), open.text("/tasks/0/state")), ("open".into(), "draft".into()));
    assert_eq!(open.json()["tasks"][0]["holder"], json!(null));
    app.stop().await;
}

#[actix_web::test]
async fn an_organisation_proposes_a_task_of_its_own() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let ngo = app.organisation("Світло двору", "ngo").await;
    app.regard(ngo, "unverified").await;
    let (editor, coordinator) = (app.editor(ngo).await, app.coordinator().await);

    let proposed = editor.post(&format!("{issue}/tasks"), json!({ "title": "Пофарбувати огорожу" })).await.expect(201);
    assert_eq!((state(&proposed), proposed.text("/offers/0/side")), ("offered".into(), "organisation".into()));
    assert!(app.told("Пропонують власне завдання").await.contains(&coordinator.email()));
    let offer = format!("/offers/{}", proposed.text("/offers/0/id"));
    assert_snapshot!(editor.does(format!("{offer}/accept")).await.problem(), @"409 conflict");
    coordinator.does(format!("{offer}/accept")).await.expect(200);
    assert!(app.told("Завдання ваше").await.contains(&editor.email()));
    let list = app.anyone().get(&format!("/communities/{COMMUNITY}/issues?sector=ngo")).await.expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let history = app.anyone().get(&format!("{issue}/history")).await.expect(200).json();
    let told: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|entry| entry["what"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        ["issue_reported", "issue_accepted", "task_created", "offer_made", "offer_accepted", "issue_work_began"]
    );
    assert_eq!(history["items"][3]["task"]["title"], "Пофарбувати огорожу");
    assert_eq!(history["items"][3]["organisation"]["name"]["uk"], "Світло двору");
    app.stop().await;
}
