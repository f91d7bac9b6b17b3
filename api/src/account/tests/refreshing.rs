//! The refresh cookie: it rotates, its direct predecessor is forgiven for ten seconds, and anything
//! older ends the session.

use super::{PASSWORD, bearer, browser, cookie};
use crate::testing::TestApp;
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

#[actix_web::test]
async fn the_cookie_is_for_this_host_and_out_of_reach_of_scripts() {
    let app = TestApp::start().await;
    let signed_in = app.signs_up("maria@example.org").await;

    let set = signed_in.header("set-cookie").unwrap();
    let (value, attributes) = set.split_once("; ").unwrap();
    assert!(value.starts_with("__Host-spilno="));
    assert_eq!(attributes, "HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=2592000");
    assert_eq!(signed_in.header("cache-control"), Some("no-store"));
    app.stop().await;
}

#[actix_web::test]
async fn a_hundred_parallel_refreshes_leave_one_lineage() {
    let app = TestApp::start().await;
    let first = cookie(&app.signs_up("maria@example.org").await);
    let caller = browser(&app, &first);

    let answers = join_all((0..100).map(|_| caller.post("/sessions/refresh", json!({})))).await;

    let second = cookie(&answers[0]);
    assert_ne!(second, first);
    for answer in answers {
        assert_eq!(cookie(&answer.expect(200)), second);
    }
    assert_eq!(app.number("SELECT MAX(generation) FROM session").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL").await, 1);
    app.stop().await;
}

#[actix_web::test]
async fn the_predecessor_is_forgiven_for_ten_seconds_and_then_ends_the_session() {
    let app = TestApp::start().await;
    let first = cookie(&app.signs_up("maria@example.org").await);
    let second = cookie(&browser(&app, &first).post("/sessions/refresh", json!({})).await.expect(200));

    app.wait(TimeDelta::seconds(10));
    let again = browser(&app, &first).post("/sessions/refresh", json!({})).await.expect(200);
    assert_eq!(cookie(&again), second);
    app.wait(TimeDelta::milliseconds(1));
    assert_eq!(browser(&app, &first).post("/sessions/refresh", json!({})).await.problem(), "401 unauthenticated");
    assert_eq!(browser(&app, &second).post("/sessions/refresh", json!({})).await.problem(), "401 unauthenticated");
    assert_eq!(bearer(&app, &again).get("/me").await.problem(), "401 unauthenticated");
    app.stop().await;
}

#[actix_web::test]
async fn a_cookie_two_generations_old_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let first = cookie(&app.signs_up("maria@example.org").await);
    let second = cookie(&browser(&app, &first).post("/sessions/refresh", json!({})).await.expect(200));
    let third = cookie(&browser(&app, &second).post("/sessions/refresh", json!({})).await.expect(200));

    assert_eq!(browser(&app, &first).post("/sessions/refresh", json!({})).await.status, 401);
    assert_eq!(browser(&app, &third).post("/sessions/refresh", json!({})).await.status, 401);
    app.stop().await;
}

#[actix_web::test]
async fn only_pages_of_ours_may_refresh() {
    let app = TestApp::start().await;
    let cookie = cookie(&app.signs_up("maria@example.org").await);
    let with = |headers: &[(&str, &str)]| {
        headers.iter().fold(app.anyone().with("Cookie", &cookie), |client, (name, value)| client.with(name, value))
    };

    for foreign in [
        &[][..],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Sec-Fetch-Site", "none")],
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost:8080")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "http://localhost:8081")],
        &[("Origin", "null")],
    ] {
        assert_eq!(with(foreign).post("/sessions/refresh", json!({})).await.problem(), "403 cross_site", "{foreign:?}");
    }
    with(&[("Origin", "http://localhost:8080")]).post("/sessions/refresh", json!({})).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn refreshing_keeps_a_session_for_a_year_at_most() {
    let app = TestApp::start().await;
    let mut cookie_now = cookie(&app.signs_up("maria@example.org").await);
    let mut days = 0;
    loop {
        app.wait(TimeDelta::days(20));
        days += 20;
        let answer = browser(&app, &cookie_now).post("/sessions/refresh", json!({})).await;
        if answer.status == 401 {
            break;
        }
        bearer(&app, &answer).get("/me").await.expect(200);
        cookie_now = cookie(&answer.expect(200));
    }
    assert_eq!(days, 380);

    let idle = app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await;
    app.wait(TimeDelta::days(30));
    assert_eq!(browser(&app, &cookie(&idle)).post("/sessions/refresh", json!({})).await.status, 401);
    app.stop().await;
}

#[actix_web::test]
async fn the_cookie_signs_in_to_files_while_its_session_lasts_and_to_nothing_else() {
    let app = TestApp::start().await;
    let cookie = cookie(&app.signs_up("maria@example.org").await);
    // Acting for an organisation one is no member of: 401 for a stranger, 403 for whoever is signed in.
    let acting = |cookie: &str| app.anyone().with("Cookie", cookie).acting_for("018f0000-0000-7000-8000-00000000dead");
    let file = "/files/018f0000-0000-7000-8000-00000000beef";

    assert_eq!(acting(&cookie).get(file).await.status, 403);
    assert_eq!(acting(&cookie.replace("__Host-", "")).get(file).await.status, 401);
    for path in ["/me", "/me/sessions", "/organisations"] {
        assert_eq!(acting(&cookie).get(path).await.problem(), "401 unauthenticated", "{path}");
    }
    browser(&app, &cookie).delete("/sessions/current").await.expect(204);
    assert_eq!(acting(&cookie).get(file).await.status, 401);
    app.stop().await;
}
