//! An offer as the writing operations know it: found with its task and issue locked, changed, saved.

use crate::{
    auth::session::Caller,
    dashboard,
    db::{Sql, Write},
    events::NewEvent,
    http::error::{Error, OnUnique, Result},
    issue::store::Issue,
    local,
    task::store::{self as tasks, Locked, Task},
};
use chrono::{NaiveDate, TimeDelta};
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CommunityId, IssueId, OfferId, OrganisationId, TaskId},
    offer::{Offer as Rules, OfferSide, OfferState, reminders},
    problem::Code,
    time::Timestamp,
    transition::{Refusal, Transition},
};
use uuid::Uuid;

/// The row of an offer.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Offer {
    pub(crate) id: OfferId,
    pub(crate) community_id: CommunityId,
    pub(crate) issue_id: IssueId,
    pub(crate) task_id: TaskId,
    pub(crate) organisation_id: OrganisationId,
    pub(crate) side: OfferSide,
    pub(crate) state: OfferState,
    pub(crate) answer_by: NaiveDate,
    pub(crate) answer_until: Timestamp,
    pub(crate) note_id: Uuid,
    pub(crate) reason_id: Option<Uuid>,
    pub(crate) made_by: Option<AccountId>,
    pub(crate) made_at: Timestamp,
    pub(crate) remind_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) version: i64,
}

const COLUMNS: &str = "offer.id, offer.community_id, offer.issue_id, offer.task_id, offer.organisation_id, offer.side, offer.state, \
    offer.answer_by, offer.answer_until, offer.note_id, offer.reason_id, offer.made_by, offer.made_at, offer.remind_at, offer.ended_at, \
    offer.version";

/// An offer with its task and its issue, which is locked until the write ends.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) issue: Issue,
    pub(crate) task: Task,
    pub(crate) offer: Offer,
}

#[derive(Debug, FromQueryResult)]
struct Of {
    task_id: TaskId,
}

async fn task_of(tx: &Write<'_>, id: OfferId) -> Result<TaskId> {
    let row: Option<Of> = Sql::with("SELECT task_id FROM offer WHERE id = $1", [id.into()]).one(&**tx).await?;
    row.map(|row| row.task_id).ok_or_else(|| Error::of(Code::NotFound))
}

/// The offer, its issue locked; 404 when the caller may not see the issue, 409 while that is hidden.
pub(crate) async fn lock(tx: &Write<'_>, caller: &Caller, id: OfferId) -> Result<Found> {
    let locked = tasks::lock(tx, caller, task_of(tx, id).await?).await?;
    with(tx, locked, id).await
}

/// The offer, its issue locked, for the program itself.
pub(crate) async fn lock_as_system(tx: &Write<'_>, id: OfferId) -> Result<Found> {
    let locked = tasks::lock_as_system(tx, task_of(tx, id).await?).await?;
    with(tx, locked, id).await
}

async fn with(tx: &Write<'_>, Locked { issue, task }: Locked, id: OfferId) -> Result<Found> {
    let offer = Sql::with(&format!("SELECT {COLUMNS} FROM offer WHERE id = $1"), [id.into()]).one(&**tx).await?;
    Ok(Found { issue, task, offer: offer.ok_or_else(|| Error::of(Code::NotFound))? })
}

/// The open offers of a task, whose issue is locked, oldest first.
pub(crate) async fn open_of(tx: &Write<'_>, task: TaskId) -> Result<Vec<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM offer WHERE task_id = $1 AND state = 'open' ORDER BY id");
    Ok(Sql::with(&sql, [task.into()]).all(&**tx).await?)
}

impl Offer {
    /// What the rules need to know of it.
    pub(crate) fn rules(&self) -> Rules {
        Rules { state: self.state, side: self.side, answer_until: self.answer_until }
    }

    /// Becomes what the rules made of it at the moment.
    pub(crate) fn become_as(&mut self, next: Rules, at: Timestamp) {
        self.state = next.state;
        if next.state != OfferState::Open {
            self.ended_at = Some(at);
            self.remind_at = None;
        }
    }

    /// An event of it, concerning its organisation.
    pub(crate) fn event(&self, what: EventKind) -> NewEvent {
        NewEvent::new(what, Thing::Offer, self.id.0)
            .community(self.community_id)
            .issue(self.issue_id)
            .organisation(self.organisation_id)
    }

    /// Writes it: the one door through which an offer comes to be or changes its state. Afterwards
    /// its issue is settled ([`crate::task::settle`]).
    pub(crate) async fn save(&mut self, tx: &Write<'_>) -> Result<()> {
        dashboard::watch(tx, self.issue_id).await?;
        self.version += 1;
        Sql::with(
            "INSERT INTO offer (id, community_id, issue_id, task_id, organisation_id, side, state, answer_by, answer_until, note_id, \
             reason_id, made_by, made_at, remind_at, ended_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason_id = excluded.reason_id, remind_at = excluded.remind_at, \
             ended_at = excluded.ended_at, version = excluded.version",
            [
                self.id.into(),
                self.community_id.into(),
                self.issue_id.into(),
                self.task_id.into(),
                self.organisation_id.into(),
                self.side.into(),
                self.state.into(),
                self.answer_by.into(),
                self.answer_until.into(),
                self.note_id.into(),
                self.reason_id.into(),
                self.made_by.into(),
                self.made_at.into(),
                self.remind_at.into(),
                self.ended_at.into(),
                self.version.into(),
            ],
        )
        .run(&**tx)
        .await
        .on_unique("offer", "task_id", || {
            Transition { state: OfferState::Open.as_str(), why: Refusal::Already }.into()
        })?;
        tasks::touch(tx, self.task_id).await
    }
}

/// The next morning after `now` on which the other side is reminded, if one is to come.
pub(crate) fn next_reminder(time_zone: &str, answer_by: NaiveDate, now: Timestamp) -> Option<Timestamp> {
    let morning = |day| local::start_of_day(time_zone, day) + TimeDelta::hours(8);
    reminders(answer_by).into_iter().map(morning).find(|morning| *morning > now)
}
