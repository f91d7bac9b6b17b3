use super::pothole;
use crate::testing::{COMMUNITY, TestApp};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};

fn by_mail(address: &str) -> Value {
    let mut report = pothole("roads");
    report["email"] = address.into();
    report
}

fn token(link: &str) -> Value {
    json!({ "token": link.rsplit('.').next().unwrap() })
}

#[actix_web::test]
async fn a_report_by_mail_waits_for_its_link_and_then_is_an_issue_of_a_passwordless_account() {
    let app = TestApp::start().await;
    app.community().await;
    let path = format!("/communities/{COMMUNITY}/issues");

    assert_snapshot!(app.anyone().post(&path, pothole("roads")).await.problem(), @"422 invalid email=required");
    let heard = app.anyone().post(&path, by_mail("olena@example.org")).await.expect(202);
    assert_snapshot!(heard.json().to_string(), @r#"{"expires_at":"2026-11-30T09:30:00.000Z"}"#);
    assert_eq!(
        app.count("SELECT count(*) AS count FROM issue").await + app.count("SELECT count(*) AS count FROM event").await,
        0
    );
    let mails = app.mails().await;
    assert_eq!(
        (mails.len(), mails[0].to.as_str(), mails[0].subject.as_str()),
        (1, "olena@example.org", "Підтвердьте звернення «Яма на дорозі»")
    );
    assert!(mails[0].link.contains("/m#report."));

    let arrived = app.anyone().post("/reports/confirm", token(&mails[0].link)).await.expect(200);
    assert_eq!(arrived.json()["issue"]["number"], json!(1));
    assert!(arrived.header("set-cookie").unwrap().starts_with("__Host-spilno="));
    assert_eq!(arrived.json()["session"]["account"]["has_password"], json!(false));
    assert_snapshot!(app.anyone().post("/reports/confirm", token(&mails[0].link)).await.problem(), @"410 link_expired");
    assert_eq!(app.moderator().await.get(&format!("{path}/1")).await.expect(200).text("/state"), "reported");
    app.stop().await;
}

#[actix_web::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let app = TestApp::start().await;
    app.community().await;
    let known = app.citizen().await;
    let path = format!("/communities/{COMMUNITY}/issues");

    let answers = [
        app.anyone().post(&path, by_mail(&format!("{}@example.org", known.id()))).await,
        app.anyone().post(&path, by_mail("nobody@example.org")).await,
    ];
    assert_eq!((answers[0].status, &answers[0].bytes), (answers[1].status, &answers[1].bytes));
    let mails = app.mails().await;
    let link = &mails.iter().find(|mail| mail.to.starts_with(&known.id().to_string())).unwrap().link;
    assert_snapshot!(app.citizen().await.post("/reports/confirm", token(link)).await.problem(), @"403 forbidden");
    let arrived = known.post("/reports/confirm", token(link)).await.expect(200);
    assert_eq!(
        known.get(&format!("/issues/{}", arrived.text("/issue/id"))).await.json()["mine"]["reported"],
        json!(true)
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_pending_report_is_reminded_of_once_and_deleted_after_a_week() {
    let app = TestApp::start().await;
    app.community().await;
    app.anyone().post(&format!("/communities/{COMMUNITY}/issues"), by_mail("olena@example.org")).await.expect(202);
    app.mails().await;

    app.wait(TimeDelta::hours(19));
    assert!(app.mails().await.is_empty());
    app.wait(TimeDelta::hours(2));
    let reminder = app.mails().await;
    assert_eq!(reminder[0].subject, "Нагадуємо: підтвердьте звернення «Яма на дорозі»");
    app.wait(TimeDelta::days(2));
    assert!(app.mails().await.is_empty());
    app.wait(TimeDelta::days(5));
    app.run_due().await;
    assert_eq!(app.count("SELECT count(*) AS count FROM pending_report").await, 0);
    assert_snapshot!(app.anyone().post("/reports/confirm", token(&reminder[0].link)).await.problem(), @"410 link_expired");
    app.stop().await;
}

#[actix_web::test]
async fn whoever_is_not_signed_in_supports_and_follows_by_mail() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    app.mails().await;

    assert_snapshot!(app.anyone().does(format!("{issue}/support")).await.problem(), @"401 unauthenticated");
    let heard =
        app.anyone().post(&format!("{issue}/support"), json!({ "email": "ivan@example.org" })).await.expect(202);
    assert_eq!(heard.json()["supporters"], json!(0));
    app.anyone().post("/issues/join", token(&app.mails().await[0].link)).await.expect(200);
    app.anyone().post(&format!("{issue}/follow"), json!({ "email": "ivan@example.org" })).await.expect(202);
    app.anyone().post("/issues/join", token(&app.mails().await[0].link)).await.expect(200);
    let shown = app.anyone().get(&issue).await.json();
    assert_eq!((shown["supporters"].clone(), shown["followers"].clone()), (json!(1), json!(1)));
    app.stop().await;
}

#[actix_web::test]
async fn a_report_by_a_program_is_answered_alike_and_not_kept() {
    let app = TestApp::start().await;
    app.community().await;
    let path = format!("/communities/{COMMUNITY}/issues");
    let mut program = by_mail("olena@example.org");
    program["homepage"] = json!("https://example.com");

    let (refused, heard) = (
        app.anyone().post(&path, program).await.expect(202),
        app.anyone().post(&path, by_mail("olena@example.org")).await.expect(202),
    );
    assert_eq!(refused.bytes, heard.bytes);
    assert_eq!(app.mails().await.len(), 1);
    assert_eq!(app.count("SELECT count(*) AS count FROM pending_report").await, 1);
    app.stop().await;
}
