//! With which password one signs in.

use crate::{
    account::admin,
    auth::{keys::Keys, password::PasswordHash},
    clock::Clock,
    config::Config,
    db::{Database, sql},
    demo::content::{self, Person},
    state::AppState,
};
use anyhow::{Result, anyhow};
use sea_orm::FromQueryResult;
use shared::{
    account::{Email, Password, Secret},
    demo::DemoRole,
};

/// The password, where it can be one.
pub(super) fn parse(password: &str) -> Result<Password> {
    Password::parse(&Secret(password.to_owned())).map_err(told)
}

/// A fault of what the demo is made with.
pub(super) fn told(fault: shared::problem::FieldError) -> anyhow::Error {
    anyhow!("the demo's password is {}", fault.code.as_str())
}

/// The main coordinator comes last: with their password everything is there.
async fn give_passwords(app: &AppState, people: &[Person], password: &Password) -> Result<()> {
    let (main, others): (Vec<_>, Vec<_>) = people.iter().partition(|one| one.sign_in == Some(DemoRole::Main));
    for person in others.into_iter().chain(main) {
        let email = Email::parse(&content::address(&person.key)).map_err(told)?;
        admin::set_password(app, &email, password).await?;
    }
    Ok(())
}

/// Whoever starts the demo says with which password one signs in, also the second time: else one
/// that was filled with the password everybody knows would keep it when it is opened to others.
pub(super) async fn keep_passwords(config: &Config, database: Database, password: &str) -> Result<()> {
    let keys = Keys::load(&config.secret_file(), config.secret_file.is_none())?;
    let state = AppState::new(config.clone(), Clock::system(), database, keys)?;
    let secret = Secret(password.to_owned());
    let mut changed = Vec::new();
    for person in content::people()?.into_iter().filter(|person| person.sign_in.is_some()) {
        let found: Option<Account> = sql::one(
            state.db.read(),
            "SELECT password_hash FROM account WHERE email = $1",
            [content::address(&person.key).into()],
        )
        .await?;
        if let Some(account) = found
            && !state.passwords.verify(&secret, account.password_hash.as_ref()).await?
        {
            changed.push(person);
        }
    }
    if !changed.is_empty() {
        give_passwords(&state, &changed, &parse(password)?).await?;
    }
    state.db.clone().close().await;
    Ok(())
}

/// Whether somebody can sign in to an account of a demo with the password that everybody knows.
pub async fn is_open_to_all(app: &AppState, password: &str) -> Result<bool> {
    let secret = Secret(password.to_owned());
    for person in content::people()?.into_iter().filter(|person| person.sign_in.is_some()) {
        let address = content::address(&person.key);
        let found: Option<Account> =
            sql::one(app.db.read(), "SELECT password_hash FROM account WHERE email = $1", [address.into()]).await?;
        if let Some(account) = found
            && app.passwords.verify(&secret, account.password_hash.as_ref()).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Debug, FromQueryResult)]
struct Account {
    password_hash: Option<PasswordHash>,
}
