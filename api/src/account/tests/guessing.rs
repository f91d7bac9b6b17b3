//! No account can be guessed: known and unknown get the same answer, and cost the same work.

use super::{PASSWORD, sign_up};
use crate::testing::{Answered, TestApp};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Everything of an answer that could differ, but for the request's id.
fn whole(answered: &Answered) -> (u16, Value, Vec<String>) {
    let mut body = answered.json();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    let mut headers: Vec<String> =
        answered.headers.keys().map(ToString::to_string).filter(|name| name != "x-request-id").collect();
    headers.sort();
    (answered.status, body, headers)
}

#[actix_web::test]
async fn known_and_unknown_addresses_get_the_same_answers_for_the_same_work() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    type Body = fn(&str) -> Value;
    let asks: [(&str, Body); 4] = [
        ("/accounts", sign_up),
        ("/accounts/reset", |email| json!({ "email": email })),
        ("/sessions/link", |email| json!({ "email": email })),
        ("/sessions", |email| json!({ "email": email, "password": "не той пароль" })),
    ];

    for (path, body) in asks {
        let mut seen = Vec::new();
        for email in ["maria@example.org", "nobody@example.org"] {
            let runs = app.state.passwords.runs.load(Ordering::SeqCst);
            let answered = app.anyone().post(path, body(email)).await;
            let runs = app.state.passwords.runs.load(Ordering::SeqCst) - runs;
            seen.push((whole(&answered), runs, app.mails().await.len()));
        }
        assert_eq!(seen[0], seen[1], "{path}");
    }
    app.stop().await;
}

#[actix_web::test]
async fn an_account_without_a_password_or_disabled_is_refused_like_an_unknown_one() {
    let app = TestApp::start().await;
    app.anyone().post("/sessions/link", json!({ "email": "link@example.org" })).await.expect(202);
    let token = app.token_mailed_to("link@example.org").await;
    app.anyone().post("/sessions/link", json!({ "token": token })).await.expect(200);
    app.signs_up("gone@example.org").await;
    app.execute("UPDATE account SET disabled_at = 1 WHERE email = 'gone@example.org'").await;

    for email in ["link@example.org", "gone@example.org", "nobody@example.org"] {
        let before = app.state.passwords.runs.load(Ordering::SeqCst);
        let refused = app.anyone().post("/sessions", json!({ "email": email, "password": PASSWORD })).await;
        assert_eq!(refused.problem(), "401 wrong_credentials", "{email}");
        assert_eq!(app.state.passwords.runs.load(Ordering::SeqCst), before + 1, "{email}");
    }
    app.stop().await;
}

#[actix_web::test]
async fn there_is_no_account_before_its_address_is_confirmed_and_the_first_to_confirm_has_it() {
    let app = TestApp::start().await;
    let mut stranger = sign_up("maria@example.org");
    stranger["password"] = json!("пароль чужої людини 7");
    app.anyone().post("/accounts", stranger).await.expect(202);
    let of_stranger = app.token_mailed_to("maria@example.org").await;
    app.anyone().post("/accounts", sign_up("maria@example.org")).await.expect(202);
    let own = app.token_mailed_to("maria@example.org").await;

    let early = app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await;
    assert_eq!(early.problem(), "401 wrong_credentials");
    app.anyone().post("/accounts/confirm", json!({ "token": own })).await.expect(200);
    let late = app.anyone().post("/accounts/confirm", json!({ "token": of_stranger })).await;
    assert_eq!(late.problem(), "410 link_expired");
    let theirs = app
        .anyone()
        .post("/sessions", json!({ "email": "maria@example.org", "password": "пароль чужої людини 7" }))
        .await;
    assert_eq!(theirs.problem(), "401 wrong_credentials");
    app.anyone().post("/sessions", json!({ "email": "Maria@Example.org", "password": PASSWORD })).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn every_fault_of_a_sign_up_is_told_at_once_and_a_common_password_is_one() {
    let app = TestApp::start().await;

    let faulty = app.anyone().post("/accounts", json!({ "name": " ", "email": "olena", "password": "abc" })).await;
    assert_eq!(faulty.problem(), "422 invalid name=required email=not_an_email password=too_short");
    let mut common = sign_up("maria@example.org");
    common["password"] = json!("Qwerty123456");
    assert_eq!(app.anyone().post("/accounts", common).await.problem(), "422 invalid password=too_common");
    let mut nowhere = sign_up("maria@example.org");
    nowhere["time_zone"] = json!("Europe/Atlantis");
    assert_eq!(app.anyone().post("/accounts", nowhere).await.problem(), "422 invalid time_zone=unknown");
    assert!(app.mails().await.is_empty());
    app.stop().await;
}
