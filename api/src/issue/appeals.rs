//! What somebody asks to be decided: an appeal against a decline or a hiding, an objection to a claim.

use crate::{
    db::{Sql, Write},
    http::error::{Error, Result},
    issue::store::Issue,
    wording::{self, Wording},
};
use sea_orm::FromQueryResult;
use shared::{ids::AccountId, names::ActingRole, reason::Decision, time::Timestamp};
use uuid::Uuid;

/// What is asked, and by whom.
#[derive(Debug)]
pub(crate) struct Appeal {
    /// `decline`, `hiding` or `claim`.
    pub(crate) about: &'static str,
    pub(crate) about_id: Uuid,
    pub(crate) wording: Uuid,
    pub(crate) account: AccountId,
    pub(crate) decide_by: Option<Timestamp>,
    /// Whether somebody has to decide it.
    pub(crate) waiting: bool,
}

/// Stores an appeal.
pub(crate) async fn put(tx: &Write<'_>, issue: &Issue, appeal: &Appeal) -> Result<Uuid> {
    let id = tx.id();
    Sql::with(
        "INSERT INTO appeal (id, community_id, issue_id, about, about_id, wording_id, account_id, appealed_at, waiting, decide_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            id.into(),
            issue.community_id.into(),
            issue.id.into(),
            appeal.about.into(),
            appeal.about_id.into(),
            appeal.wording.into(),
            appeal.account.into(),
            tx.at().into(),
            appeal.waiting.into(),
            appeal.decide_by.into(),
        ],
    )
    .run(&**tx)
    .await?;
    Ok(id)
}

/// An appeal that waits for its decision.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Waiting {
    pub(crate) id: Uuid,
    pub(crate) about: String,
    pub(crate) about_id: Uuid,
    pub(crate) account_id: Option<AccountId>,
}

/// The appeal about a thing that waits; 409 with the issue's state when none does.
pub(crate) async fn waiting(tx: &Write<'_>, issue: &Issue, about: &[&str]) -> Result<Waiting> {
    let mut sql = Sql::new("SELECT id, about, about_id, account_id FROM appeal WHERE waiting AND issue_id = ");
    sql.bind(issue.id).push(" AND about IN ").bind_all(about.iter().copied()).push(" ORDER BY appealed_at LIMIT 1");
    sql.one(&**tx).await?.ok_or_else(|| Error::conflict(issue.state.as_str()))
}

/// Stores the decision.
pub(crate) async fn decide(
    tx: &Write<'_>,
    issue: &Issue,
    appeal: &Waiting,
    decision: &Decision,
    by: AccountId,
    role: Option<ActingRole>,
) -> Result<Wording> {
    let words = wording::put(tx, issue.community_id, decision.reason.as_str()).await?;
    Sql::with(
        "UPDATE appeal SET waiting = (1 = 0), decided_at = $1, decided_by = $2, decided_role = $3, upheld = $4, decision_id = $5 WHERE id = $6",
        [tx.at().into(), by.into(), role.into(), decision.upheld.into(), words.id.into(), appeal.id.into()],
    )
    .run(&**tx)
    .await?;
    Ok(words)
}
