//! Accounts and sessions through HTTP.

mod commands;
mod guessing;
mod limits;
mod links;
mod me;
mod refreshing;
mod sessions;
mod tokens;

use crate::testing::{Answered, Client, Mailed, TestApp};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

pub(super) const PASSWORD: &str = "тихий яблуневий сад";

impl TestApp {
    /// The mail that has come to an address since mails were looked at last.
    pub(super) async fn mail_to(&self, to: &str) -> Mailed {
        let mails = self.mails().await;
        mails.into_iter().find(|mail| mail.to == to).unwrap_or_else(|| panic!("no mail to {to}"))
    }

    /// The token in that mail.
    pub(super) async fn token_mailed_to(&self, to: &str) -> String {
        token(&self.mail_to(to).await)
    }

    /// Signs up and confirms; the answer has signed in.
    pub(super) async fn signs_up(&self, email: &str) -> Answered {
        self.anyone().post("/accounts", sign_up(email)).await.expect(202);
        let token = self.token_mailed_to(email).await;
        self.anyone().post("/accounts/confirm", json!({ "token": token })).await.expect(200)
    }

    /// A number out of the database.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        let row =
            self.state.db.read().query_one_raw(Statement::from_string(self.state.db.backend(), sql)).await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    }
}

/// The token of a mailed link.
pub(super) fn token(mail: &Mailed) -> String {
    let (address, fragment) = mail.link.split_once("/m#").unwrap();
    assert_eq!(address, "http://localhost:8080");
    fragment.split_once('.').unwrap().1.to_owned()
}

pub(super) fn sign_up(email: &str) -> Value {
    json!({ "name": "Марія Бондар", "email": email, "password": PASSWORD, "language": "uk" })
}

/// Whoever was signed in by an answer, with its bearer token.
pub(super) fn bearer<'a>(app: &'a TestApp, signed_in: &Answered) -> Client<'a> {
    app.anyone().with("Authorization", format!("Bearer {}", signed_in.text("/access_token")))
}

/// The cookie that an answer has set, as a browser would send it.
pub(super) fn cookie(answered: &Answered) -> String {
    let set = answered.header("set-cookie").expect("a cookie");
    set.split(';').next().unwrap().to_owned()
}

/// A page of ours with a cookie.
pub(super) fn browser<'a>(app: &'a TestApp, cookie: &str) -> Client<'a> {
    app.anyone().with("Sec-Fetch-Site", "same-origin").with("Cookie", cookie)
}
