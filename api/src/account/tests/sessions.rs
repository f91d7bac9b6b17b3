//! Where one is signed in, and ending it.

use super::{PASSWORD, bearer, browser, cookie};
use crate::testing::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn sessions_are_listed_by_their_devices_and_ended_one_by_one() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    app.wait(TimeDelta::milliseconds(1));
    let sign_in = json!({ "email": "maria@example.org", "password": PASSWORD });
    let phone = app
        .anyone()
        .with("User-Agent", "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0")
        .post("/sessions", sign_in.clone())
        .await;
    app.wait(TimeDelta::milliseconds(1));
    let here = app.anyone().with("User-Agent", "curl/8.9.1").post("/sessions", sign_in).await;

    let list = bearer(&app, &here).get("/me/sessions").await.expect(200).json();
    let devices: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["device"].as_str(), item["current"].as_bool().unwrap()))
        .collect();
    assert_eq!(devices, [(Some("curl"), true), (Some("Firefox, Android"), false), (None, false)]);

    bearer(&app, &phone).get("/me").await.expect(200);
    let of_phone = list["items"][1]["id"].as_str().unwrap();
    bearer(&app, &here).delete(&format!("/me/sessions/{of_phone}")).await.expect(204);
    assert_eq!(
        bearer(&app, &phone).get("/me").await.problem(),
        "401 unauthenticated",
        "at once, though it was remembered"
    );
    assert_eq!(browser(&app, &cookie(&phone)).post("/sessions/refresh", json!({})).await.status, 401);
    assert_eq!(bearer(&app, &here).delete(&format!("/me/sessions/{of_phone}")).await.problem(), "404 not_found");

    bearer(&app, &here).delete("/me/sessions").await.expect(204);
    assert_eq!(bearer(&app, &here).get("/me/sessions").await.json()["items"].as_array().unwrap().len(), 1);
    app.stop().await;
}

#[actix_web::test]
async fn sessions_come_in_pages() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    let here = app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await;

    let first = bearer(&app, &here).get("/me/sessions?limit=1").await.expect(200);
    let second =
        bearer(&app, &here).get(&format!("/me/sessions?limit=1&after={}", first.text("/next"))).await.expect(200);
    assert_ne!(first.text("/items/0/id"), second.text("/items/0/id"));
    assert_eq!(second.json()["next"], json!(null));
    assert_eq!(bearer(&app, &here).get("/me/sessions?device=phone").await.problem(), "400 malformed");
    app.stop().await;
}

#[actix_web::test]
async fn anothers_session_is_like_one_that_is_not_there() {
    let app = TestApp::start().await;
    let maria = app.signs_up("maria@example.org").await;
    let stranger = app.citizen().await;
    let id = bearer(&app, &maria).get("/me/sessions").await.text("/items/0/id");

    assert_eq!(stranger.delete(&format!("/me/sessions/{id}")).await.problem(), "404 not_found");
    bearer(&app, &maria).get("/me").await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_the_cookie() {
    let app = TestApp::start().await;
    let by_token = app.signs_up("maria@example.org").await;
    let out = bearer(&app, &by_token).delete("/sessions/current").await.expect(204);
    assert!(out.header("set-cookie").unwrap().starts_with("__Host-spilno=;"), "{:?}", out.header("set-cookie"));
    assert_eq!(bearer(&app, &by_token).get("/me").await.status, 401);

    let by_cookie = app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await;
    assert_eq!(
        app.anyone().with("Cookie", cookie(&by_cookie)).delete("/sessions/current").await.problem(),
        "403 cross_site"
    );
    browser(&app, &cookie(&by_cookie)).delete("/sessions/current").await.expect(204);
    assert_eq!(bearer(&app, &by_cookie).get("/me").await.status, 401);
    app.stop().await;
}
