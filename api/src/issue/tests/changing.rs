use crate::testing::{COMMUNITY, TestApp};
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn a_reporter_changes_words_until_triage_and_the_old_ones_are_gone() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports().await;

    assert_snapshot!(reporter.patch(&issue, json!({ "title": "Провалля" })).await.problem(), @"428 version_required");
    let changed = reporter
        .with("If-Match", "\"v1.0\"")
        .patch(&issue, json!({ "title": "Провалля на дорозі", "naming": "public" }))
        .await
        .expect(200);
    assert_eq!(
        (changed.text("/title"), changed.text("/naming"), changed.json()["version"].clone()),
        ("Провалля на дорозі".into(), "public".into(), json!(2))
    );
    assert_eq!(app.count("SELECT count(*) AS count FROM wording WHERE body = 'Яма на дорозі'").await, 0);
    let found = reporter
        .get(&format!("/communities/{COMMUNITY}/issues?words=%D0%BF%D1%80%D0%BE%D0%B2%D0%B0%D0%BB%D0%BB%D1%8F"))
        .await
        .json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_snapshot!(reporter.with("If-Match", "\"v1.0\"").patch(&issue, json!({ "title": "Ще раз" })).await.problem(), @"412 changed");
    assert_snapshot!(reporter.with("If-Match", "*").patch(&issue, json!({ "private": true })).await.problem(), @"403 forbidden");

    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);
    assert_snapshot!(reporter.with("If-Match", "*").patch(&issue, json!({ "title": "Пізно" })).await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn triage_moves_an_issue_to_its_category_place_and_privacy() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let moderator = app.moderator().await.with("If-Match", "*");

    assert_snapshot!(moderator.patch(&issue, json!({ "category": "volcanoes" })).await.problem(), @"422 invalid category=unknown");
    moderator.patch(&issue, json!({ "category": "safety" })).await.expect(200);
    let blurred = app.anyone().get(&issue).await.expect(200);
    assert_eq!(
        (blurred.text("/place/precision"), blurred.text("/category/slug")),
        ("settlement".into(), "safety".into())
    );
    moderator.patch(&issue, json!({ "blurred": false })).await.expect(200);
    assert_eq!(app.anyone().get(&issue).await.text("/place/house"), "5");
    moderator.patch(&issue, json!({ "private": true })).await.expect(200);
    assert_eq!(app.anyone().get(&issue).await.status, 404);
    assert_snapshot!(app.citizen().await.with("If-Match", "*").patch(&issue, json!({ "title": "Моє" })).await.problem(), @"404 not_found");
    app.stop().await;
}
