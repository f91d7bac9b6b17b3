use super::story::png;
use crate::testing::{Taken, TestApp};
use insta::assert_snapshot;
use serde_json::{Value, json};

#[actix_web::test]
async fn who_leaves_the_holder_has_its_tasks_no_more() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let Taken { task, editor, .. } = app.taken_task(business).await;
    let worker = app.of(business, "member").await.acting_for(business);
    editor.with("If-Match", "*").patch(&task, json!({ "assignee": worker.id() })).await.expect(200);

    worker.delete(&format!("/organisations/{business}/members/{}", worker.id())).await.expect(204);
    assert_eq!(editor.get(&task).await.expect(200).json()["assignee"], json!(null));
    assert_eq!(app.count("SELECT count(*) AS count FROM task WHERE assignee_id IS NOT NULL").await, 0);
    assert_snapshot!(worker.does(format!("{task}/start")).await.problem(), @"403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn an_organisation_shows_how_many_tasks_it_has_and_has_done() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let Taken { issue, task, coordinator, editor, .. } = app.taken_task(business).await;
    let more = coordinator.splits(&issue, "Поставити знак").await;
    editor.does(format!("{}/accept", coordinator.offers(&more, business).await)).await.expect(200);
    let tag =
        app.anyone().get(&format!("/organisations/{business}")).await.expect(200).header("etag").unwrap().to_owned();
    editor.does(format!("{task}/start")).await.expect(200);
    editor.finishes(&task).await.expect(200);

    let counts = |shown: &Value| (shown["tasks_active"].clone(), shown["tasks_done"].clone());
    let shown = app.anyone().with("If-None-Match", tag).get(&format!("/organisations/{business}")).await.expect(200);
    assert_eq!(counts(&shown.json()), (json!(1), json!(1)));
    let list = app.anyone().get("/organisations").await.expect(200).json();
    assert_eq!(counts(&list["items"][0]), (json!(1), json!(1)));
    app.stop().await;
}

#[actix_web::test]
async fn evidence_that_should_not_be_seen_is_hidden() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let Taken { issue, task, editor, .. } = app.taken_task(business).await;
    editor.does(format!("{task}/start")).await.expect(200);
    let upload = editor.upload("image/png", png()).await.expect(201).json();
    let evidence = json!([{ "id": upload["id"], "claim": upload["claim"] }]);
    let done = json!({ "note": "Засипано", "evidence": evidence });
    let done = editor.post(&format!("{task}/done"), done).await.expect(200);
    let file = format!("/files/{}", done.text("/done/evidence/0/id"));
    let why = json!({ "reason": "personal_data", "words": "Номер авто" });

    app.moderator().await.post(&format!("{file}/hide"), why).await.expect(204);
    let anyone = app.anyone();
    assert_eq!(anyone.get(&task).await.expect(200).json()["done"]["evidence"], json!([]));
    assert_eq!(anyone.get(&file).await.status, 404);
    assert_eq!(app.count("SELECT photos AS count FROM issue").await, 0);
    assert_eq!(anyone.get(&issue).await.expect(200).json()["photos"], json!([]));
    app.stop().await;
}
