//! Making, listing and withdrawing invitations.

use crate::{
    auth::link::NewLink,
    db::{Write, sql},
    http::error::{Error, Result},
    mail::{self, Mail},
};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use shared::{
    account::Email,
    ids::{AccountId, CommunityId, InvitationId, OrganisationId},
    mailed_link::LinkPurpose,
    problem::Code,
    text::Lang,
    time::Timestamp,
};

/// For how long an invitation can be accepted, as its link.
const LIFE: TimeDelta = TimeDelta::days(7);

/// What one is invited into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Into {
    Organisation(OrganisationId),
    Community(CommunityId),
}

impl Into {
    /// The columns `organisation_id` and `community_id`.
    fn columns(self) -> [Value; 2] {
        match self {
            Into::Organisation(id) => [Some(id.0).into(), None::<uuid::Uuid>.into()],
            Into::Community(id) => [None::<uuid::Uuid>.into(), Some(id.0).into()],
        }
    }

    /// A condition on both columns, and its value as `$1`.
    fn condition(self) -> (&'static str, Value) {
        match self {
            Into::Organisation(id) => ("organisation_id = $1", id.0.into()),
            Into::Community(id) => ("community_id = $1", id.0.into()),
        }
    }
}

/// A person to be invited.
#[derive(Debug)]
pub(crate) struct NewInvitation<'a> {
    pub(crate) into: Into,
    pub(crate) email: &'a Email,
    /// What they are called, where that is known.
    pub(crate) name: Option<&'a str>,
    /// The word of the role.
    pub(crate) role: &'static str,
    pub(crate) invited_by: AccountId,
}

impl NewInvitation<'_> {
    /// Keeps the invitation and puts its mail, made from its link; one still open to the same
    /// address is withdrawn, so that the latest link is the one that works.
    pub(crate) async fn make(self, tx: &Write<'_>, lang: Lang, mail: impl FnOnce(String) -> Mail) -> Result<Open> {
        let (condition, into) = self.into.condition();
        let close =
            format!("UPDATE invitation SET closed_at = $2 WHERE {condition} AND email = $3 AND closed_at IS NULL");
        sql::execute(&**tx, &close, [into, tx.at().0.into(), self.email.as_str().into()]).await?;
        let id = InvitationId(tx.id());
        let expires_at = tx.at() + LIFE;
        let [organisation, community] = self.into.columns();
        sql::execute(
            &**tx,
            "INSERT INTO invitation (id, organisation_id, community_id, email, name, role, invited_by, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [
                id.0.into(),
                organisation,
                community,
                self.email.as_str().into(),
                self.name.map(str::to_owned).into(),
                self.role.into(),
                self.invited_by.0.into(),
                tx.at().0.into(),
                expires_at.0.into(),
            ],
        )
        .await?;
        let link = NewLink::new(LinkPurpose::Invitation, self.email).subject(id.0).make(tx).await?;
        mail::put(tx, self.email.as_str(), lang, &mail(link)).await?;
        Ok(Open {
            id,
            email: self.email.clone(),
            name: self.name.map(str::to_owned),
            role: self.role.to_owned(),
            created_at: tx.at(),
            expires_at,
        })
    }
}

/// An invitation that waits for an answer.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Open {
    pub(crate) id: InvitationId,
    pub(crate) email: Email,
    pub(crate) name: Option<String>,
    /// The word of the role.
    pub(crate) role: String,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Those that wait for an answer and can still be answered, oldest first.
pub(crate) async fn open(db: &impl ConnectionTrait, into: Into, now: Timestamp) -> Result<Vec<Open>> {
    let (condition, into) = into.condition();
    let select = format!(
        "SELECT id, email, name, role, created_at, expires_at FROM invitation \
         WHERE {condition} AND closed_at IS NULL AND expires_at > $2 ORDER BY created_at, id"
    );
    Ok(sql::all(db, &select, [into, now.0.into()]).await?)
}

/// Takes an invitation back and tells its role; 404 when it waits no longer.
pub(crate) async fn withdraw(tx: &Write<'_>, into: Into, id: InvitationId) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Row {
        role: String,
    }
    let (condition, into) = into.condition();
    let close = format!(
        "UPDATE invitation SET closed_at = $2 WHERE {condition} AND id = $3 AND closed_at IS NULL AND expires_at > $2 RETURNING role"
    );
    let closed: Option<Row> = sql::one(&**tx, &close, [into, tx.at().0.into(), id.0.into()]).await?;
    closed.map(|row| row.role).ok_or_else(|| Error::of(Code::NotFound))
}
