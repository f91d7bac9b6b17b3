//! Proposing, asking and contributing too often, and too much for one issue or task.

use crate::testing::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn an_account_proposes_asks_and_contributes_sixty_times_an_hour() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let ngo = app.organisation("Світло двору", "ngo").await;
    let editor = app.editor(ngo).await;
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let (proposals, offers) = (format!("{issue}/tasks"), format!("{task}/offers"));
    let (proposal, hours) = (json!({ "title": "Освітити перехід" }), json!({ "kind": "hours", "amount": 2 }));

    for n in 0..60 {
        match n % 3 {
            0 => editor.post(&proposals, proposal.clone()).await.expect(201),
            1 => editor.post(&format!("{issue}/commitments"), hours.clone()).await.expect(201),
            _ => editor.post(&format!("{task}/commitments"), hours.clone()).await.expect(201),
        };
        // What is refused for another reason does not count.
        assert_eq!(editor.post(&proposals, json!({ "title": "" })).await.status, 422);
    }
    let refused = [
        editor.post(&proposals, proposal.clone()).await,
        editor.post(&offers, json!({})).await,
        editor.post(&format!("{issue}/commitments"), hours.clone()).await,
        editor.post(&format!("{task}/commitments"), hours.clone()).await,
    ];
    for answer in refused {
        assert_eq!(answer.problem(), "429 too_many");
        let seconds: i64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=3600).contains(&seconds), "{seconds}");
    }
    // Others of the organisation go on, and who splits the community's work is not counted.
    app.editor(ngo).await.asks(&task).await;
    app.joins(&coordinator, ngo, "editor").await;
    for _ in 0..61 {
        coordinator.post(&proposals, proposal.clone()).await.expect(201);
    }
    app.wait(TimeDelta::hours(1));
    editor.post(&proposals, proposal).await.expect(201);
    app.stop().await;
}

#[actix_web::test]
async fn an_issue_holds_two_hundred_tasks() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let path = format!("{issue}/tasks");

    app.execute("UPDATE issue SET tasks_cancelled = 200").await;
    let refused = coordinator.post(&path, json!({ "title": "Засипати яму" })).await;
    assert_eq!(refused.problem(), "409 conflict");
    assert_eq!(refused.text("/detail"), "Їх тут уже забагато.");
    assert!(!coordinator.actions(&issue).await.contains(&"add_task".to_owned()));
    app.execute("UPDATE issue SET tasks_cancelled = 199").await;
    coordinator.splits(&issue, "Засипати яму").await;
    app.stop().await;
}

#[actix_web::test]
async fn a_task_holds_a_hundred_offers_whatever_became_of_them() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let ngo = app.organisation("Світло двору", "ngo").await;
    let task = coordinator.splits(&issue, "Засипати яму").await;

    for _ in 0..100 {
        let offer = coordinator.offers(&task, ngo).await;
        coordinator.does(format!("{offer}/withdraw")).await.expect(200);
    }
    let refused = coordinator.post(&format!("{task}/offers"), json!({ "organisation": ngo })).await;
    assert_eq!(refused.problem(), "409 conflict");
    assert_eq!(app.anyone().get(&task).await.json()["offers"].as_array().unwrap().len(), 100);
    app.stop().await;
}
