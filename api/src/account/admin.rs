//! What the commands do to accounts.

use crate::{
    account::store::{self, NewAccount, Which},
    events::NewEvent,
    http::error::{Error, Result},
    state::AppState,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use shared::{
    account::{Email, Password, TimeZone},
    change::{EventKind, Thing},
    ids::AccountId,
    problem::Fault,
    text::Lang,
    time::Timestamp,
};

/// An account that is made without a mail.
#[derive(Debug)]
pub(crate) struct NewUser<'a> {
    pub(crate) email: &'a Email,
    pub(crate) name: &'a str,
    pub(crate) password: Option<&'a Password>,
    pub(crate) language: Lang,
    pub(crate) main_coordinator: bool,
}

/// Makes an account; a fault of the field `email` when the address has one.
pub(crate) async fn create(app: &AppState, user: NewUser<'_>) -> Result<AccountId> {
    let hash = match user.password {
        Some(password) => Some(app.passwords.hash(password).await?),
        None => None,
    };
    let mut tx = app.write_as_system().await?;
    let account = NewAccount {
        email: user.email,
        name: user.name,
        password_hash: hash.as_ref(),
        language: user.language,
        time_zone: &TimeZone::default(),
        main_coordinator: user.main_coordinator,
    };
    let id = store::create(&mut tx, account, || Error::field("email", Fault::Taken)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Sets a password and ends every session; nothing when there is no such account.
pub(crate) async fn set_password(app: &AppState, email: &Email, password: &Password) -> Result<Option<()>> {
    let hash = app.passwords.hash(password).await?;
    let mut tx = app.write_as_system().await?;
    let Some(account) = store::by_email(&*tx, email).await? else { return Ok(None) };
    store::set_password(&mut tx, account.id, &hash).await?;
    store::end_sessions(&mut tx, account.id, Which::All).await?;
    tx.commit().await?;
    Ok(Some(()))
}

/// Makes somebody a main coordinator or not; nothing when there is no such account.
pub(crate) async fn set_main_coordinator(app: &AppState, email: &Email, on: bool) -> Result<Option<()>> {
    let mut tx = app.write_as_system().await?;
    let Some(account) = store::by_email(&*tx, email).await? else { return Ok(None) };
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE account SET main_coordinator = $1, version = version + 1, updated_at = $2 WHERE id = $3",
        [on.into(), tx.at().0.into(), account.id.0.into()],
    ))
    .await?;
    tx.record(NewEvent::new(EventKind::AccountChanged, Thing::Account, account.id.0).account(account.id));
    tx.commit().await?;
    Ok(Some(()))
}

/// An account on the list.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Listed {
    pub(crate) email: Email,
    pub(crate) name: String,
    pub(crate) has_password: bool,
    pub(crate) main_coordinator: bool,
    pub(crate) disabled_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

/// Every account that was not erased, by address.
pub(crate) async fn list(app: &AppState) -> Result<Vec<Listed>> {
    let sql = "SELECT email, name, password_hash IS NOT NULL AS has_password, main_coordinator, disabled_at, created_at \
               FROM account WHERE email IS NOT NULL ORDER BY email";
    Ok(Listed::find_by_statement(Statement::from_string(app.db.backend(), sql)).all(app.db.read()).await?)
}
