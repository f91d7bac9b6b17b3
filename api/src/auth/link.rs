//! Links that are mailed: for one purpose, once, until they expire. The table knows only hashes.

use crate::{
    auth::keys,
    db::Write,
    http::error::{Error, Result},
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use shared::{
    account::{Email, Secret},
    ids::AccountId,
    mailed_link::LinkPurpose,
    problem::Code,
    time::Timestamp,
};
use uuid::Uuid;

/// A link before it is mailed.
#[derive(Debug)]
pub struct NewLink<'a> {
    purpose: LinkPurpose,
    email: &'a Email,
    account: Option<AccountId>,
    subject: Option<Uuid>,
    payload: Option<String>,
}

impl<'a> NewLink<'a> {
    /// For one purpose, to one address.
    pub fn new(purpose: LinkPurpose, email: &'a Email) -> Self {
        Self { purpose, email, account: None, subject: None, payload: None }
    }

    /// Whose account it is about.
    pub fn account(mut self, id: AccountId) -> Self {
        self.account = Some(id);
        self
    }

    /// What it is about, where that is not the account: a report, an invitation.
    pub fn subject(mut self, id: Uuid) -> Self {
        self.subject = Some(id);
        self
    }

    /// What was asked for, where that is not yet anything: JSON.
    pub fn payload(mut self, json: String) -> Self {
        self.payload = Some(json);
        self
    }

    /// Keeps the link's hash, and tells its whole address, for the mail.
    pub async fn make(self, tx: &Write<'_>) -> Result<String> {
        let token = Secret(URL_SAFE_NO_PAD.encode(keys::random::<32>()));
        let end = tx.at() + life(self.purpose);
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO mailed_link (hash, purpose, email, account_id, subject_id, payload, expires_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                hash(&token).into(),
                self.purpose.as_str().into(),
                self.email.as_str().into(),
                self.account.map(|id| id.0).into(),
                self.subject.into(),
                self.payload.into(),
                end.0.into(),
                tx.at().0.into(),
            ],
        ))
        .await?;
        Ok(tx.app().config.link(&self.purpose.path(&token)))
    }
}

/// What the table knows of a link.
#[derive(FromQueryResult)]
pub struct Link {
    /// The address it went to, which whoever has the link can read.
    pub email: Email,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
    pub payload: Option<String>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("account_id", &self.account_id)
            .field("subject_id", &self.subject_id)
            .finish_non_exhaustive()
    }
}

/// Looks at a link without using it; 410 when it was used, is too old, or is not for this.
pub async fn find(db: &impl ConnectionTrait, now: Timestamp, purpose: LinkPurpose, token: &Secret) -> Result<Link> {
    let sql = "SELECT email, account_id, subject_id, payload FROM mailed_link \
               WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3";
    one(db, sql, now, purpose, token).await
}

/// Uses a link; 410 when it was used, is too old, or is not for this.
pub async fn take(tx: &Write<'_>, purpose: LinkPurpose, token: &Secret) -> Result<Link> {
    let sql = "UPDATE mailed_link SET used_at = $3 WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3 \
               RETURNING email, account_id, subject_id, payload";
    one(&**tx, sql, tx.at(), purpose, token).await
}

async fn one(
    db: &impl ConnectionTrait,
    sql: &str,
    now: Timestamp,
    purpose: LinkPurpose,
    token: &Secret,
) -> Result<Link> {
    let values = [hash(token).into(), purpose.as_str().into(), now.0.into()];
    let link =
        Link::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await?;
    link.ok_or_else(|| Error::of(Code::LinkExpired))
}

/// Makes every open link of a purpose to an address useless.
pub async fn void(tx: &Write<'_>, purpose: LinkPurpose, email: &Email) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE mailed_link SET used_at = $1 WHERE purpose = $2 AND email = $3 AND used_at IS NULL",
        [tx.at().0.into(), purpose.as_str().into(), email.as_str().into()],
    ))
    .await?;
    Ok(())
}

fn hash(token: &Secret) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.0.as_bytes()).as_ref().to_vec()
}

/// For how long a link can be used.
fn life(purpose: LinkPurpose) -> TimeDelta {
    match purpose {
        LinkPurpose::SignIn => TimeDelta::minutes(15),
        LinkPurpose::ConfirmAccount
        | LinkPurpose::ChangeEmail
        | LinkPurpose::ResetPassword
        | LinkPurpose::JoinIssue => TimeDelta::hours(24),
        LinkPurpose::ConfirmReport | LinkPurpose::Invitation => TimeDelta::days(7),
    }
}
