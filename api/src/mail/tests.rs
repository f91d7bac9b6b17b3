use crate::{
    jobs,
    mail::{self, Mail},
    testing::{Smtp, TestApp},
};
use mail_parser::MessageParser;
use sea_orm::{FromQueryResult, Statement};
use shared::text::{Key, Lang};

/// A mail whose texts come from the catalogue; the argument is what people may have typed.
fn footer(address: &str) -> Mail {
    Mail::new(Key::MailName, Key::MailFooter, &[("address", address)])
        .button(Key::MailUnsubscribe, "https://spilno.example/m#abc?a=1&b=2")
}

#[actix_web::test]
async fn a_mail_goes_in_its_readers_language_when_the_write_is_committed() {
    let app = TestApp::start().await;
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("Калинова")).await.unwrap();
    mail::put(&tx, "tom@example.org", Lang::En, &footer("Kalynova")).await.unwrap();
    tx.commit().await.unwrap();

    let mails = app.mails().await;

    assert_eq!(
        mails.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str(), mail.link.as_str())).collect::<Vec<_>>(),
        [
            ("olena@example.org", "Спільно", "https://spilno.example/m#abc?a=1&b=2"),
            ("tom@example.org", "Spilno", "https://spilno.example/m#abc?a=1&b=2"),
        ]
    );
    insta::assert_snapshot!(mails[0].text, @r"
    Цей лист надійшов зі Спільно, Калинова. Відповідати на нього не потрібно.

    Не надсилати мені таких листів:
    https://spilno.example/m#abc?a=1&b=2

    Цей лист надійшов зі Спільно, http://localhost:8080. Відповідати на нього не потрібно.
    ");
    assert!(app.mails().await.is_empty(), "each mail is handed out once");
    app.stop().await;
}

#[actix_web::test]
async fn a_write_that_is_dropped_mails_nobody() {
    let app = TestApp::start().await;
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("Калинова")).await.unwrap();
    drop(tx);

    jobs::run_due(&app.state).await.unwrap();

    assert!(app.mails().await.is_empty());
    app.stop().await;
}

#[actix_web::test]
async fn a_mail_server_gets_both_versions_with_what_people_typed_made_harmless() {
    let server = Smtp::start().await;
    let app = TestApp::start_with(|config| config.smtp_url = Some(server.url.clone())).await;
    let tx = app.state.write_as_system().await.unwrap();
    let mail = footer("<script>alert('1')</script>").unsubscribe("https://spilno.example/u?t=1");
    mail::put(&tx, "olena@example.org", Lang::En, &mail).await.unwrap();
    tx.commit().await.unwrap();

    app.run_due().await;

    let taken = server.taken();
    let message = MessageParser::default().parse(&taken[0]).unwrap();
    assert_eq!(message.subject(), Some("Spilno"));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some("olena@example.org"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2026-11-23T09:30:00Z");
    assert!(message.message_id().unwrap().ends_with("@localhost"));
    assert_eq!(message.header_raw("List-Unsubscribe").unwrap().trim(), "<https://spilno.example/u?t=1>");
    assert!(message.body_text(0).unwrap().contains("<script>alert('1')</script>"));
    let html = message.body_html(0).unwrap();
    assert!(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;") && !html.contains("<script"), "{html}");
    assert!(
        html.contains("<html lang=\"en\">") && html.contains("href=\"https://spilno.example/m#abc?a=1&amp;b=2\""),
        "{html}"
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_refused_mail_comes_later_with_the_same_message_id_and_its_address_is_in_no_error() {
    let server = Smtp::start().await;
    let app = TestApp::start_with(|config| config.smtp_url = Some(server.url.clone())).await;
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("Калинова")).await.unwrap();
    tx.commit().await.unwrap();

    server.refuse(Some("450 olena@example.org is busy"));
    app.run_due().await;
    let job = Waiting::one(&app).await;
    assert_eq!((job.attempts, job.last_error.as_deref()), (1, Some("the mail server refused with 450")));
    assert!(server.taken().is_empty());

    server.refuse(None);
    app.wait(chrono::TimeDelta::minutes(1));
    app.run_due().await;
    assert!(server.taken()[0].contains(&format!("<{}@localhost>", job.id)));
    app.stop().await;
}

#[actix_web::test]
async fn while_the_mail_server_is_away_mails_wait() {
    let app = TestApp::start_with(|config| config.smtp_url = Some("smtp://127.0.0.1:1".parse().unwrap())).await;
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("Калинова")).await.unwrap();
    tx.commit().await.unwrap();

    app.run_due().await;

    assert_eq!(Waiting::one(&app).await.last_error.as_deref(), Some("the mail server cannot be reached"));
    app.stop().await;
}

#[derive(Debug, FromQueryResult)]
struct Waiting {
    id: uuid::Uuid,
    attempts: i64,
    last_error: Option<String>,
}

impl Waiting {
    async fn one(app: &TestApp) -> Waiting {
        let sql = "SELECT id, attempts, last_error FROM job WHERE state = 'ready'";
        Waiting::find_by_statement(Statement::from_string(app.state.db.backend(), sql))
            .one(app.state.db.read())
            .await
            .unwrap()
            .unwrap()
    }
}

#[actix_web::test]
async fn the_demo_shows_its_letters_and_nobody_else_does() {
    let app = TestApp::start_with(|config| {
        config.demo = true;
        config.demo_password = Some("demo-spilno-2026".to_owned());
    })
    .await;
    let empty = app.anyone().with("Accept-Language", "en").fetch("/demo/mail").await.expect(200);
    assert!(String::from_utf8_lossy(&empty.bytes).contains("There are no letters yet"));
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("<b>")).await.unwrap();
    tx.commit().await.unwrap();
    app.run_due().await;

    let list = app.anyone().fetch("/demo/mail").await.expect(200);
    let list = String::from_utf8_lossy(&list.bytes);
    assert!(list.contains("olena@example.org"), "{list}");
    let address = list.split('"').find(|part| part.starts_with("/demo/mail/")).unwrap();
    let letter = app.anyone().fetch(address).await.expect(200);
    assert!(String::from_utf8_lossy(&letter.bytes).contains("href=\"https://spilno.example/m#abc?a=1&amp;b=2\""));

    // Nor does a demo whose password was chosen: strangers may come to it.
    let open = TestApp::start_with(|config| config.demo = true).await;
    let elsewhere = TestApp::start().await;
    for path in ["/demo/mail", address] {
        open.anyone().fetch(path).await.expect(404);
        elsewhere.anyone().fetch(path).await.expect(404);
    }
    open.stop().await;
    elsewhere.stop().await;
    app.stop().await;
}
