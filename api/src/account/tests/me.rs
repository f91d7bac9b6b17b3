//! One's own account.

use super::{PASSWORD, bearer};
use crate::testing::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn one_sees_oneself_with_ones_roles_and_nobody_else_does() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;

    let me = coordinator.get("/me").await.expect(200);
    assert_eq!(me.text("/communities/0/community/slug"), "kalynova");
    assert_eq!(me.text("/communities/0/role"), "coordinator");
    assert_eq!(me.header("cache-control"), Some("private, no-cache"));
    let again = coordinator.with("If-None-Match", me.header("etag").unwrap()).get("/me").await;
    assert_eq!(again.status, 304);
    assert_eq!(app.anyone().get("/me").await.problem(), "401 unauthenticated");
    app.stop().await;
}

#[actix_web::test]
async fn a_role_given_changes_the_tag_but_not_the_version() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let before = citizen.get("/me").await.header("etag").unwrap().to_owned();
    let organisation = app.organisation("Теплий дім", "ngo").await;
    app.insert(
        "member",
        &[
            ("organisation_id", organisation.0.into()),
            ("account_id", citizen.id().0.into()),
            ("role", "editor".into()),
            ("created_at", 0i64.into()),
        ],
    )
    .await;

    let me = citizen.with("If-None-Match", &before).get("/me").await.expect(200);
    assert_eq!(me.text("/organisations/0/role"), "editor");
    citizen.with("If-Match", &before).patch("/me", json!({ "name": "Олена" })).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn changing_oneself_needs_the_version_one_has_seen() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let tag = citizen.get("/me").await.header("etag").unwrap().to_owned();
    let change = json!({ "name": "  Олена  Коваль-Гай ", "language": "en", "time_zone": "Europe/Warsaw" });

    assert_eq!(citizen.patch("/me", change.clone()).await.problem(), "428 version_required");
    let changed = citizen.with("If-Match", &tag).patch("/me", change.clone()).await.expect(200);
    assert_eq!(changed.text("/name"), "Олена Коваль-Гай");
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
    assert_eq!(citizen.with("If-Match", &tag).patch("/me", change).await.problem(), "412 changed");
    let now = citizen.get("/me").await;
    assert_eq!((now.text("/time_zone"), now.text("/language")), ("Europe/Warsaw".to_owned(), "en".to_owned()));
    // From now on she is answered in her language.
    let refused = citizen.with("If-Match", now.header("etag").unwrap()).patch("/me", json!({ "name": "" })).await;
    assert_eq!(refused.problem(), "422 invalid name=required");
    assert_eq!(refused.text("/title"), "Check the marked fields");
    let unknown = citizen.with("If-Match", "*").patch("/me", json!({ "email": "other@example.org" })).await;
    assert_eq!(unknown.problem(), "400 malformed");
    app.stop().await;
}

#[actix_web::test]
async fn a_password_is_changed_with_the_present_one_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let other = app.signs_up("maria@example.org").await;
    let here =
        app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await.expect(200);
    let change = |current: Option<&str>| json!({ "current": current, "password": "інший добрий сад" });

    assert_eq!(bearer(&app, &here).post("/me/password", change(None)).await.problem(), "422 invalid current=required");
    assert_eq!(
        bearer(&app, &here).post("/me/password", change(Some("ні"))).await.problem(),
        "422 invalid current=wrong_password"
    );
    bearer(&app, &here).post("/me/password", change(Some(PASSWORD))).await.expect(204);
    bearer(&app, &here).get("/me").await.expect(200);
    assert_eq!(bearer(&app, &other).get("/me").await.status, 401);
    app.stop().await;
}

#[actix_web::test]
async fn a_first_password_is_set_soon_after_signing_in_by_link() {
    let app = TestApp::start().await;
    for (wait, status) in [(TimeDelta::minutes(16), 409), (TimeDelta::minutes(5), 204)] {
        app.anyone().post("/sessions/link", json!({ "email": "new@example.org" })).await.expect(202);
        let token = app.token_mailed_to("new@example.org").await;
        let signed_in = app.anyone().post("/sessions/link", json!({ "token": token })).await.expect(200);
        app.wait(wait);
        // The token of ten minutes may have run out; the session has not.
        let refreshed =
            super::browser(&app, &super::cookie(&signed_in)).post("/sessions/refresh", json!({})).await.expect(200);
        bearer(&app, &refreshed).post("/me/password", json!({ "password": PASSWORD })).await.expect(status);
    }
    app.stop().await;
}
