//! A commitment as the writing operations know it. [`Commitment::insert`] and [`Commitment::save`]
//! are the only statements that make or change one.

use crate::{
    auth::session::Caller,
    dashboard,
    db::{Sql, Write},
    events::NewEvent,
    http::error::{Error, Result},
    issue::store::{self as issues, Issue},
    wording::{self, Wording},
};
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    commitment::{Commitment as Rules, CommitmentKind, CommitmentState, Confirmation, Currency, Delivery},
    ids::{AccountId, CommitmentId, CommunityId, IssueId, OrganisationId, TaskId},
    organisation::Sector,
    problem::Code,
    time::Timestamp,
};
use uuid::Uuid;

/// The row of a commitment, and who holds its task.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Commitment {
    pub(crate) id: CommitmentId,
    pub(crate) community_id: CommunityId,
    pub(crate) issue_id: IssueId,
    pub(crate) task_id: Option<TaskId>,
    pub(crate) organisation_id: Option<OrganisationId>,
    pub(crate) account_id: Option<AccountId>,
    pub(crate) sector: Sector,
    pub(crate) kind: CommitmentKind,
    pub(crate) state: CommitmentState,
    pub(crate) planned: i64,
    pub(crate) delivered: Option<i64>,
    pub(crate) currency: Option<Currency>,
    pub(crate) unit: Option<String>,
    /// Whether its words may be public before it is accepted.
    pub(crate) at_once: bool,
    pub(crate) words_id: Uuid,
    pub(crate) reason_id: Option<Uuid>,
    pub(crate) note_id: Option<Uuid>,
    pub(crate) confirmation: Option<Confirmation>,
    pub(crate) offered_at: Timestamp,
    pub(crate) accepted_at: Option<Timestamp>,
    pub(crate) delivered_at: Option<Timestamp>,
    pub(crate) version: i64,
    /// Who holds the task it is for.
    pub(crate) holder_id: Option<OrganisationId>,
}

/// The columns of [`Commitment`], of `commitment` and its `task`.
pub(crate) const COLUMNS: &str = "commitment.id, commitment.community_id, commitment.issue_id, commitment.task_id, commitment.organisation_id, \
    commitment.account_id, commitment.sector, commitment.kind, commitment.state, commitment.planned, commitment.delivered, commitment.currency, \
    commitment.unit, commitment.at_once, commitment.words_id, commitment.reason_id, commitment.note_id, commitment.confirmation, \
    commitment.offered_at, commitment.accepted_at, commitment.delivered_at, commitment.version, task.holder_id";

/// The condition that a commitment counts: nobody has hidden what was written of it, its unit too.
pub(crate) const SHOWN: &str =
    "NOT EXISTS (SELECT 1 FROM wording WHERE wording.id = commitment.words_id AND wording.hidden_at IS NOT NULL)";

#[derive(Debug, FromQueryResult)]
struct Belongs {
    issue_id: IssueId,
}

/// The commitment with its issue, both locked; 404 when the caller may not see the issue.
pub(crate) async fn lock(tx: &Write<'_>, caller: &Caller, id: CommitmentId) -> Result<(Commitment, Issue)> {
    let issue = issues::lock(tx, caller, issue_of(tx, id).await?).await?;
    issue.needs_shown()?;
    Ok((load(tx, id).await?, issue))
}

/// The same for the program itself, hidden or not.
pub(crate) async fn lock_as_system(tx: &Write<'_>, id: CommitmentId) -> Result<Commitment> {
    issues::lock_as_system(tx, issue_of(tx, id).await?).await?;
    load(tx, id).await
}

async fn issue_of(tx: &Write<'_>, id: CommitmentId) -> Result<IssueId> {
    let row: Option<Belongs> =
        Sql::with("SELECT issue_id FROM commitment WHERE id = $1", [id.into()]).one(&**tx).await?;
    row.map(|row| row.issue_id).ok_or_else(|| Error::of(Code::NotFound))
}

pub(crate) async fn load(tx: &Write<'_>, id: CommitmentId) -> Result<Commitment> {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM commitment LEFT JOIN task ON task.id = commitment.task_id WHERE commitment.id = "
    ));
    sql.bind(id);
    sql.one(&**tx).await?.ok_or_else(|| Error::of(Code::NotFound))
}

impl Commitment {
    /// What the rules need to know of it.
    pub(crate) fn rules(&self) -> Rules {
        let delivery = match (self.delivered, self.delivered_at, self.confirmation) {
            (Some(amount), Some(at), Some(confirmation)) => Some(Delivery { amount, at, confirmation }),
            _ => None,
        };
        Rules { state: self.state, planned: self.planned, delivery }
    }

    /// Becomes what the rules made of it.
    pub(crate) fn become_as(&mut self, next: Rules) {
        self.state = next.state;
        self.delivered = next.delivery.map(|delivery| delivery.amount);
        self.delivered_at = next.delivery.map(|delivery| delivery.at);
        self.confirmation = next.delivery.map(|delivery| delivery.confirmation);
    }

    /// Is declined or withdrawn for the reason.
    pub(crate) async fn because(&mut self, tx: &Write<'_>, reason: &str) -> Result<Wording> {
        let words = wording::put(tx, self.community_id, reason).await?;
        self.reason_id = Some(words.id);
        Ok(words)
    }

    /// An event of it.
    pub(crate) fn event(&self, what: EventKind) -> NewEvent {
        let event = NewEvent::new(what, Thing::Commitment, self.id.0).community(self.community_id).issue(self.issue_id);
        match self.organisation_id {
            Some(organisation) => event.organisation(organisation),
            None => event,
        }
    }

    /// Writes a new one.
    pub(crate) async fn insert(&self, tx: &Write<'_>) -> Result<()> {
        dashboard::watch(tx, self.issue_id).await?;
        Sql::with(
            "INSERT INTO commitment (id, community_id, issue_id, task_id, organisation_id, account_id, sector, kind, state, planned, \
             currency, unit, at_once, words_id, offered_at, changed_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            [
                self.id.into(),
                self.community_id.into(),
                self.issue_id.into(),
                self.task_id.into(),
                self.organisation_id.into(),
                self.account_id.into(),
                self.sector.into(),
                self.kind.into(),
                self.state.into(),
                self.planned.into(),
                self.currency.clone().into(),
                self.unit.clone().into(),
                self.at_once.into(),
                self.words_id.into(),
                self.offered_at.into(),
                tx.at().into(),
                self.version.into(),
            ],
        )
        .run(&**tx)
        .await?;
        self.touch(tx).await
    }

    /// Writes what can change of it.
    pub(crate) async fn save(&mut self, tx: &Write<'_>) -> Result<()> {
        dashboard::watch(tx, self.issue_id).await?;
        self.version += 1;
        Sql::with(
            "UPDATE commitment SET state = $1, delivered = $2, reason_id = $3, note_id = $4, confirmation = $5, accepted_at = $6, \
             delivered_at = $7, changed_at = $8, version = $9 WHERE id = $10",
            [
                self.state.into(),
                self.delivered.into(),
                self.reason_id.into(),
                self.note_id.into(),
                self.confirmation.into(),
                self.accepted_at.into(),
                self.delivered_at.into(),
                tx.at().into(),
                self.version.into(),
                self.id.into(),
            ],
        )
        .run(&**tx)
        .await?;
        self.touch(tx).await
    }

    /// It is shown with its issue, and with its task.
    async fn touch(&self, tx: &Write<'_>) -> Result<()> {
        issues::touch(tx, self.issue_id).await?;
        if let Some(task) = self.task_id {
            Sql::with("UPDATE task SET touched = touched + 1 WHERE id = $1", [task.into()]).run(&**tx).await?;
        }
        Ok(())
    }
}
