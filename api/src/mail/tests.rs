use crate::{jobs, mail::{self, Mail}, testing::TestApp};
use shared::text::{Key, Lang};

/// A mail whose texts come from the catalogue; the argument is what people may have typed.
fn footer(address: &str) -> Mail {
    Mail::new(Key::MailName, Key::MailFooter, &[("address", address)]).button(Key::MailUnsubscribe, "https://spilno.example/m#abc?a=1&b=2")
}

#[actix_web::test]
async fn a_mail_goes_in_its_readers_language_when_the_write_is_committed() {
    let app = TestApp::start().await;
    let tx = app.state.write_as_system().await.unwrap();
    mail::put(&tx, "olena@example.org", Lang::Uk, &footer("Калинова")).await.unwrap();
    mail::put(&tx, "tom@example.org", Lang::En, &footer("Kalynova")).await.unwrap();
    tx.commit().await.unwrap();

    let mails = app.mails().await;

    assert_eq!(mails.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str(), mail.link.as_str())).collect::<Vec<_>>(), [
        ("olena@example.org", "Спільно", "https://spilno.example/m#abc?a=1&b=2"),
        ("tom@example.org", "Spilno", "https://spilno.example/m#abc?a=1&b=2"),
    ]);
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
