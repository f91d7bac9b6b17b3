use super::state;
use crate::testing::TestApp;
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn who_has_an_issue_has_it_for_the_day_when_there_is_a_task_that_may_become_overdue() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let reader = app.anyone();
    let has = async |tag: &str| reader.with("If-None-Match", tag).get(&issue).await.status == 304;
    let tag = async || reader.get(&issue).await.expect(200).header("etag").unwrap().to_owned();

    let without = tag().await;
    assert!(has(&without).await);
    app.wait(TimeDelta::days(1));
    assert!(has(&without).await, "nothing of it becomes another with the day");
    app.coordinator().await.splits(&issue, "Засипати яму").await;
    let with = tag().await;
    assert!(!has(&without).await && has(&with).await);
    app.wait(TimeDelta::days(1));
    assert!(!has(&with).await);
    app.stop().await;
}

#[actix_web::test]
async fn nothing_new_is_due_on_a_day_that_is_over() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let tasks = format!("{issue}/tasks");

    let past = coordinator.post(&tasks, json!({ "title": "Засипати яму", "due": "2020-01-01" })).await;
    assert_eq!(past.problem(), "422 invalid due=in_the_past");
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let moved = coordinator.with("If-Match", "*").patch(&task, json!({ "due": "2020-01-01" })).await;
    assert_eq!(moved.problem(), "422 invalid due=in_the_past");
    app.stop().await;
}

#[actix_web::test]
async fn each_field_is_changed_by_whom_it_belongs_to() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    let task = &taken.task;
    let (coordinator, editor) = (taken.coordinator.with("If-Match", "*"), taken.editor.with("If-Match", "*"));
    let member = app.of(business, "member").await.acting_for(business).with("If-Match", "*");

    assert_snapshot!(taken.coordinator.patch(task, json!({ "due": "2026-12-01" })).await.problem(), @"428 version_required");
    let stale = taken.coordinator.with("If-Match", "\"v1.0.x\"").patch(task, json!({ "due": "2026-12-01" })).await;
    assert_snapshot!(stale.problem(), @"412 changed");
    let changed =
        coordinator.patch(task, json!({ "title": "Засипати дві ями", "due": "2026-12-01" })).await.expect(200);
    assert_eq!((changed.text("/title"), changed.text("/due")), ("Засипати дві ями".into(), "2026-12-01".into()));
    assert_snapshot!(editor.patch(task, json!({ "title": "Інше" })).await.problem(), @"403 forbidden");
    assert_snapshot!(coordinator.patch(task, json!({ "blocked": "Дощ" })).await.problem(), @"422 acting_for_required");
    assert_snapshot!(member.patch(task, json!({ "blocked": "Дощ" })).await.problem(), @"403 forbidden");
    assert_snapshot!(editor.patch(task, json!({ "assignee": taken.coordinator.id() })).await.problem(), @"422 invalid assignee=unknown");
    assert_snapshot!(coordinator.patch(task, json!({ "indicator": taken.coordinator.id() })).await.problem(), @"422 invalid indicator=unknown");
    assert_snapshot!(coordinator.patch(task, json!({ "due": "завтра" })).await.problem(), @"422 invalid due=not_a_date");

    app.mails().await;
    assert_eq!(editor.patch(task, json!({ "blocked": "Дощ" })).await.expect(200).text("/blocked"), "Дощ");
    assert!(app.told("Завдання зупинила перешкода").await.contains(&taken.coordinator.email()));
    assert!(taken.editor.may(task).await.contains(&"unblock".to_owned()));
    assert_eq!(editor.patch(task, json!({ "blocked": null })).await.expect(200).json()["blocked"], json!(null));
    app.stop().await;
}

#[actix_web::test]
async fn a_holder_gives_a_task_back_and_a_coordinator_takes_it_when_it_is_overdue() {
    let app = TestApp::start().await;
    let (business, ngo) =
        (app.organisation("БудСервіс", "business").await, app.organisation("Світло двору", "ngo").await);
    let taken = app.taken_task(business).await;
    let (task, coordinator) = (&taken.task, &taken.coordinator);
    coordinator.with("If-Match", "*").patch(task, json!({ "due": "2026-11-25" })).await.expect(200);

    let released = taken.editor.because(format!("{task}/release"), "Зламався каток").await.expect(200);
    assert_eq!((state(&released), released.text("/reason")), ("draft".into(), "Зламався каток".into()));
    assert_eq!(app.anyone().state_of(&taken.issue).await, "open");
    assert!(app.told("Організація відмовилася від завдання").await.contains(&coordinator.email()));

    let helper = app.editor(ngo).await;
    helper.does(format!("{}/accept", coordinator.offers(task, ngo).await)).await.expect(200);
    assert_snapshot!(coordinator.because(format!("{task}/recall"), "Час минає").await.problem(), @"409 conflict");
    app.wait(TimeDelta::days(3));
    assert_eq!(app.anyone().get(task).await.json()["overdue"], json!(true));
    assert!(coordinator.may(task).await.contains(&"recall".to_owned()));
    let recalled = coordinator.because(format!("{task}/recall"), "Час минув").await.expect(200);
    assert_eq!((state(&recalled), recalled.json()["holder"].clone()), ("draft".into(), json!(null)));
    assert!(app.told("Завдання відкликано").await.contains(&helper.email()));

    helper.asks(task).await;
    let cancelled = coordinator.because(format!("{task}/cancel"), "Не потрібно").await.expect(200);
    assert_eq!((state(&cancelled), cancelled.text("/offers/0/state")), ("cancelled".into(), "withdrawn".into()));
    assert!(app.told("Завдання скасовано").await.contains(&helper.email()));
    assert_snapshot!(coordinator.because(format!("{task}/cancel"), "Двічі").await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn a_task_of_a_suspended_organisation_is_recalled_before_it_is_due() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    app.regard(business, "suspended").await;

    let recalled = taken.coordinator.because(format!("{}/recall", taken.task), "Призупинено").await.expect(200);
    assert_eq!(state(&recalled), "draft");
    assert_snapshot!(taken.editor.does(format!("{}/offers", taken.task)).await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn only_those_whom_it_concerns_may() {
    let app = TestApp::start().await;
    let (business, ngo) =
        (app.organisation("БудСервіс", "business").await, app.organisation("Світло двору", "ngo").await);
    let taken = app.taken_task(business).await;
    let (issue, task) = (&taken.issue, &taken.task);
    let (stranger, moderator) = (app.editor(ngo).await, app.moderator().await);
    let reason = "Причина";

    assert_snapshot!(stranger.does(format!("{task}/start")).await.problem(), @"403 forbidden");
    assert_snapshot!(stranger.because(format!("{task}/release"), reason).await.problem(), @"403 forbidden");
    assert_snapshot!(moderator.because(format!("{task}/cancel"), reason).await.problem(), @"403 forbidden");
    assert_snapshot!(taken.editor.because(format!("{task}/cancel"), reason).await.problem(), @"403 forbidden");
    assert_snapshot!(taken.reporter.post(&format!("{issue}/tasks"), json!({ "title": "Завдання" })).await.problem(), @"403 forbidden");
    let alone = app.of(business, "editor").await;
    assert_snapshot!(alone.does(format!("{task}/start")).await.problem(), @"422 acting_for_required");
    assert_snapshot!(alone.post(&format!("{issue}/tasks"), json!({ "title": "Завдання" })).await.problem(), @"422 acting_for_required");
    assert_snapshot!(app.anyone().does(format!("{task}/start")).await.problem(), @"401 unauthenticated");
    assert_eq!(stranger.may(task).await, ["commit"]);
    assert_eq!(app.anyone().may(task).await, Vec::<String>::new());
    assert_eq!(taken.editor.may(task).await, ["assign", "start", "release", "block", "commit"]);
    assert_eq!(taken.coordinator.may(task).await, ["edit", "cancel", "commit"]);
    app.stop().await;
}
