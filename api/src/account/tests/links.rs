//! Mailed links: for one purpose, once, until they expire; and what they do.

use super::{PASSWORD, bearer, sign_up, token};
use crate::testing::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn a_link_works_once() {
    let app = TestApp::start().await;
    app.anyone().post("/accounts", sign_up("maria@example.org")).await.expect(202);
    let token = app.token_mailed_to("maria@example.org").await;

    app.anyone().post("/accounts/confirm", json!({ "token": token })).await.expect(200);
    assert_eq!(app.anyone().post("/accounts/confirm", json!({ "token": token })).await.problem(), "410 link_expired");
    app.stop().await;
}

#[actix_web::test]
async fn a_link_is_for_one_purpose() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    app.anyone().post("/accounts/reset", json!({ "email": "maria@example.org" })).await.expect(202);
    let reset = app.token_mailed_to("maria@example.org").await;

    assert_eq!(app.anyone().post("/sessions/link", json!({ "token": reset })).await.problem(), "410 link_expired");
    assert_eq!(app.anyone().post("/accounts/confirm", json!({ "token": reset })).await.problem(), "410 link_expired");
    assert_eq!(app.anyone().post("/sessions/link", json!({ "token": "x" })).await.problem(), "410 link_expired");
    app.anyone().post("/accounts/reset", json!({ "token": reset, "password": "інший добрий сад" })).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_link_for_signing_in_lasts_fifteen_minutes_and_one_for_a_password_a_day() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    for (path, life) in [("/sessions/link", TimeDelta::minutes(15)), ("/accounts/reset", TimeDelta::hours(24))] {
        let used = |token: String| json!({ "token": token, "password": "інший добрий сад" });
        let body = |token: String| if path == "/sessions/link" { json!({ "token": token }) } else { used(token) };
        app.anyone().post(path, json!({ "email": "maria@example.org" })).await.expect(202);
        let late = app.token_mailed_to("maria@example.org").await;
        app.wait(life);
        assert_eq!(app.anyone().post(path, body(late)).await.problem(), "410 link_expired");

        app.anyone().post(path, json!({ "email": "maria@example.org" })).await.expect(202);
        let early = app.token_mailed_to("maria@example.org").await;
        app.wait(life - TimeDelta::seconds(1));
        app.anyone().post(path, body(early)).await.expect(200);
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_link_begins_an_account_without_a_password_once_for_an_address() {
    let app = TestApp::start().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        app.anyone()
            .with("Accept-Language", "en")
            .post("/sessions/link", json!({ "email": "new@example.org" }))
            .await
            .expect(202);
        let mail = app.mail_to("new@example.org").await;
        assert_eq!(mail.subject, "Sign in to Spilno");
        let signed_in = app
            .anyone()
            .with("Accept-Language", "en")
            .post("/sessions/link", json!({ "token": token(&mail) }))
            .await
            .expect(200);
        assert_eq!(signed_in.json()["account"]["has_password"], false);
        assert_eq!(signed_in.json()["account"]["language"], "en");
        ids.push(signed_in.text("/account/id"));
    }

    assert_eq!(ids[0], ids[1]);
    app.stop().await;
}

#[actix_web::test]
async fn a_repeated_request_for_a_link_sends_one_mail() {
    let app = TestApp::start().await;
    for _ in 0..2 {
        let key = "0f7c9a52-1b7e-4d0a-9f53-one-request";
        app.anyone()
            .with("Idempotency-Key", key)
            .post("/sessions/link", json!({ "email": "new@example.org" }))
            .await
            .expect(202);
    }

    assert_eq!(app.mails().await.len(), 1);
    app.stop().await;
}

#[actix_web::test]
async fn a_new_password_ends_the_sessions_there_were_and_the_old_password() {
    let app = TestApp::start().await;
    let before = app.signs_up("maria@example.org").await;
    app.anyone().post("/accounts/reset", json!({ "email": "maria@example.org" })).await.expect(202);
    let token = app.token_mailed_to("maria@example.org").await;

    let common = app.anyone().post("/accounts/reset", json!({ "token": token, "password": "password1" })).await;
    assert_eq!(common.problem(), "422 invalid password=too_common");
    let after = app
        .anyone()
        .post("/accounts/reset", json!({ "token": token, "password": "інший добрий сад" }))
        .await
        .expect(200);

    assert_eq!(bearer(&app, &before).get("/me").await.problem(), "401 unauthenticated");
    bearer(&app, &after).get("/me").await.expect(200);
    let old = app.anyone().post("/sessions", json!({ "email": "maria@example.org", "password": PASSWORD })).await;
    assert_eq!(old.problem(), "401 wrong_credentials");
    assert_eq!(app.mail_to("maria@example.org").await.subject, "Пароль до «Спільно» змінено");
    app.stop().await;
}

#[actix_web::test]
async fn an_address_moves_with_the_password_a_link_to_the_new_one_and_a_session_of_the_account() {
    let app = TestApp::start().await;
    let maria = app.signs_up("maria@example.org").await;
    let petro = app.signs_up("petro@example.org").await;
    let ask = |email: &str, password: &str| json!({ "email": email, "password": password });

    let wrong = bearer(&app, &maria).post("/me/email", ask("bondar@example.org", "не той пароль")).await;
    assert_eq!(wrong.problem(), "422 invalid password=wrong_password");
    bearer(&app, &maria).post("/me/email", ask("bondar@example.org", PASSWORD)).await.expect(202);
    let mails = app.mails().await;
    let [to_new, to_old] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!((to_new.to.as_str(), to_old.to.as_str()), ("bondar@example.org", "maria@example.org"));
    assert_eq!(to_old.link, "", "a notice, and no link");

    let confirm = json!({ "token": token(to_new) });
    assert_eq!(app.anyone().post("/accounts/confirm", confirm.clone()).await.problem(), "401 unauthenticated");
    assert_eq!(bearer(&app, &petro).post("/accounts/confirm", confirm.clone()).await.problem(), "410 link_expired");
    let moved = bearer(&app, &maria).post("/accounts/confirm", confirm).await.expect(200);
    assert_eq!(moved.text("/account/email"), "bondar@example.org");
    app.anyone().post("/sessions", ask("bondar@example.org", PASSWORD)).await.expect(200);
    assert_eq!(app.anyone().post("/sessions", ask("maria@example.org", PASSWORD)).await.status, 401);
    app.stop().await;
}

#[actix_web::test]
async fn asking_for_an_address_that_somebody_has_is_answered_like_any_other() {
    let app = TestApp::start().await;
    let maria = app.signs_up("maria@example.org").await;
    app.signs_up("petro@example.org").await;

    let free = bearer(&app, &maria)
        .post("/me/email", json!({ "email": "free@example.org", "password": PASSWORD }))
        .await
        .expect(202);
    let taken = bearer(&app, &maria)
        .post("/me/email", json!({ "email": "petro@example.org", "password": PASSWORD }))
        .await
        .expect(202);

    assert_eq!(free.json(), taken.json());
    assert_eq!(app.mail_to("petro@example.org").await.subject, "У вас уже є обліковий запис у «Спільно»");
    app.stop().await;
}
