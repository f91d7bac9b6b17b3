//! Trying too often.

use super::PASSWORD;
use crate::testing::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn ten_wrong_passwords_close_an_address_for_a_while_also_to_the_right_one() {
    let app = TestApp::start().await;
    app.signs_up("maria@example.org").await;
    let sign_in = |password: &str| json!({ "email": "maria@example.org", "password": password });

    // Right ones do not count.
    for _ in 0..2 {
        app.anyone().post("/sessions", sign_in(PASSWORD)).await.expect(200);
    }
    for _ in 0..10 {
        assert_eq!(app.anyone().post("/sessions", sign_in("не той пароль")).await.status, 401);
    }
    let refused = app.anyone().post("/sessions", sign_in(PASSWORD)).await;
    assert_eq!(refused.problem(), "429 too_many");
    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&seconds), "{seconds}");
    // The link by mail still signs in.
    app.anyone().post("/sessions/link", json!({ "email": "maria@example.org" })).await.expect(202);
    app.wait(TimeDelta::seconds(seconds));
    app.anyone().post("/sessions", sign_in(PASSWORD)).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn the_limit_of_an_address_is_the_same_whether_it_has_an_account() {
    let app = TestApp::start().await;
    app.signs_up("known@example.org").await;
    app.wait(TimeDelta::hours(1));

    for email in ["known@example.org", "unknown@example.org"] {
        let mut statuses = Vec::new();
        for path in [
            "/sessions/link",
            "/accounts/reset",
            "/sessions/link",
            "/accounts/reset",
            "/sessions/link",
            "/sessions/link",
        ] {
            statuses.push(app.anyone().post(path, json!({ "email": email })).await.status);
        }
        assert_eq!(statuses, [202, 202, 202, 202, 202, 429], "{email}");
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_thousand_requests_with_invented_forwarded_addresses_are_those_of_one_client() {
    let app = TestApp::start().await;
    let mut heard = 0;
    for n in 0..1000 {
        let forwarded = format!("198.51.{}.{}", n / 250, n % 250);
        let asked = json!({ "email": format!("person{n}@example.org") });
        let answered = app
            .anyone()
            .with("X-Forwarded-For", &forwarded)
            .with("Forwarded", format!("for={forwarded}"))
            .post("/sessions/link", asked)
            .await;
        match answered.status {
            202 => heard += 1,
            429 => assert!(answered.header("retry-after").is_some()),
            other => panic!("{other}"),
        }
    }

    assert_eq!(heard, 100);
    app.stop().await;
}

#[actix_web::test]
async fn who_fills_in_what_no_person_sees_is_answered_alike_and_nothing_is_done() {
    let app = TestApp::start().await;
    let person = json!({ "name": "Марія", "email": "maria@example.org", "password": PASSWORD });
    let mut program = person.clone();
    program["homepage"] = json!("https://example.com");

    let (refused, heard) = (
        app.anyone().post("/accounts", program).await.expect(202),
        app.anyone().post("/accounts", person).await.expect(202),
    );
    assert_eq!(refused.bytes, heard.bytes);
    let asks = |homepage: &str| json!({ "email": "maria@example.org", "homepage": homepage });
    let (refused, heard) = (
        app.anyone().post("/accounts/reset", asks("x")).await.expect(202),
        app.anyone().post("/accounts/reset", asks("")).await.expect(202),
    );
    assert_eq!(refused.bytes, heard.bytes);
    assert_eq!(app.mails().await.len(), 2);
    app.stop().await;
}
