//! A task as the writing operations know it: found with its issue locked, changed, saved.

use crate::{
    auth::session::Caller,
    community, dashboard,
    db::{Sql, Write},
    events::{NewEvent, Told},
    http::error::{Error, Result},
    issue::store::{self as issues, Issue},
    task::check_visible,
    wording::{self, Wording},
};
use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CommunityId, IndicatorId, IssueId, OrganisationId, TaskId},
    organisation::Sector,
    permission::{Permission, Permit},
    problem::{Code, Fault},
    task::{Task as Rules, TaskState, VerifiedBy},
    time::Timestamp,
};
use uuid::Uuid;

/// The row of a task.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    pub(crate) community_id: CommunityId,
    pub(crate) issue_id: IssueId,
    pub(crate) state: TaskState,
    pub(crate) title_id: Uuid,
    pub(crate) result_id: Uuid,
    /// The one wanted.
    pub(crate) sector: Option<Sector>,
    pub(crate) holder_id: Option<OrganisationId>,
    pub(crate) assignee_id: Option<AccountId>,
    pub(crate) due: Option<NaiveDate>,
    pub(crate) indicator_id: Option<IndicatorId>,
    pub(crate) blocked_id: Option<Uuid>,
    open_offers: i64,
    pub(crate) note_id: Option<Uuid>,
    done_at: Option<Timestamp>,
    verified_by: Option<VerifiedBy>,
    verified_at: Option<Timestamp>,
    pub(crate) reason_id: Option<Uuid>,
    pub(crate) created_by: Option<AccountId>,
    pub(crate) proposed_by: Option<OrganisationId>,
    /// Whether everybody may read it, as soon as it is not hidden.
    pub(crate) vetted: bool,
    pub(crate) hidden_at: Option<Timestamp>,
    created_at: Timestamp,
    pub(crate) version: i64,
}

const COLUMNS: &str = "task.id, task.community_id, task.issue_id, task.state, task.title_id, task.result_id, task.sector, task.holder_id, \
    task.assignee_id, task.due, task.indicator_id, task.blocked_id, task.open_offers, task.note_id, task.done_at, task.verified_by, \
    task.verified_at, task.reason_id, task.created_by, task.proposed_by, task.vetted, task.hidden_at, task.created_at, task.version";

/// A task and its issue, which is locked until the write ends: whoever changes a task, an offer of
/// it or another task of the issue waits.
#[derive(Debug)]
pub(crate) struct Locked {
    pub(crate) issue: Issue,
    pub(crate) task: Task,
}

#[derive(Debug, FromQueryResult)]
struct Of {
    issue_id: IssueId,
}

async fn issue_of(tx: &Write<'_>, id: TaskId) -> Result<IssueId> {
    let row: Option<Of> = Sql::with("SELECT issue_id FROM task WHERE id = $1", [id.into()]).one(&**tx).await?;
    row.map(|row| row.issue_id).ok_or_else(|| Error::of(Code::NotFound))
}

/// The task, its issue locked; 404 when the caller may not see it or the issue, 409 while that is hidden.
pub(crate) async fn lock(tx: &Write<'_>, caller: &Caller, id: TaskId) -> Result<Locked> {
    let issue = issues::lock(tx, caller, issue_of(tx, id).await?).await?;
    issue.needs_shown()?;
    check_visible(&**tx, caller, id).await?;
    Ok(Locked { task: find(tx, id).await?, issue })
}

/// The task, its issue locked, for the program itself.
pub(crate) async fn lock_as_system(tx: &Write<'_>, id: TaskId) -> Result<Locked> {
    let issue = issues::lock_as_system(tx, issue_of(tx, id).await?).await?;
    Ok(Locked { task: find(tx, id).await?, issue })
}

/// The task; its issue is locked already.
pub(crate) async fn find(tx: &Write<'_>, id: TaskId) -> Result<Task> {
    let task = Sql::with(&format!("SELECT {COLUMNS} FROM task WHERE id = $1"), [id.into()]).one(&**tx).await?;
    task.ok_or_else(|| Error::of(Code::NotFound))
}

/// The tasks of an issue, which is locked already, oldest first.
pub(crate) async fn of_issue(tx: &Write<'_>, issue: IssueId) -> Result<Vec<Task>> {
    let sql = Sql::with(&format!("SELECT {COLUMNS} FROM task WHERE issue_id = $1 ORDER BY id"), [issue.into()]);
    Ok(sql.all(&**tx).await?)
}

#[derive(Debug, FromQueryResult)]
struct Found {
    id: TaskId,
}

/// The tasks of a holder that are assigned to somebody, in the order of their issues, so that two
/// writes never wait for each other.
pub(crate) async fn assigned(tx: &Write<'_>, holder: OrganisationId, account: AccountId) -> Result<Vec<TaskId>> {
    let rows: Vec<Found> = Sql::with(
        "SELECT id FROM task WHERE assignee_id = $1 AND holder_id = $2 ORDER BY issue_id, id",
        [account.into(), holder.into()],
    )
    .all(&**tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

impl Task {
    /// A draft of an issue, not stored yet.
    pub(crate) fn draft(
        tx: &Write<'_>,
        issue: &Issue,
        title: &Wording,
        result: &Wording,
        due: Option<NaiveDate>,
    ) -> Task {
        let draft = Rules::draft(due);
        Task {
            id: TaskId(tx.id()),
            community_id: issue.community_id,
            issue_id: issue.id,
            state: draft.state,
            title_id: title.id,
            result_id: result.id,
            sector: None,
            holder_id: draft.holder,
            assignee_id: None,
            due: draft.due,
            indicator_id: None,
            blocked_id: None,
            open_offers: draft.open_offers.into(),
            note_id: None,
            done_at: draft.done_at,
            verified_by: draft.verified_by,
            verified_at: None,
            reason_id: None,
            created_by: None,
            proposed_by: None,
            vetted: true,
            hidden_at: None,
            created_at: tx.at(),
            version: 0,
        }
    }

    /// What the rules need to know of it.
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            state: self.state,
            holder: self.holder_id,
            open_offers: u32::try_from(self.open_offers).unwrap_or_default(),
            due: self.due,
            done_at: self.done_at,
            verified_by: self.verified_by,
        }
    }

    /// Becomes what the rules made of it at the moment.
    pub(crate) fn become_as(&mut self, next: Rules, at: Timestamp) {
        self.state = next.state;
        self.holder_id = next.holder;
        self.open_offers = next.open_offers.into();
        self.done_at = next.done_at;
        self.verified_by = next.verified_by;
        self.verified_at = next.verified_by.map(|_| at);
        if next.holder.is_none() {
            self.assignee_id = None;
        }
        if !matches!(next.state, TaskState::Accepted | TaskState::InProgress) {
            self.blocked_id = None;
        }
    }

    /// Is sent back, given back or given up for the reason.
    pub(crate) async fn because(&mut self, tx: &Write<'_>, reason: &str) -> Result<Wording> {
        let words = wording::put(tx, self.community_id, reason).await?;
        self.reason_id = Some(words.id);
        Ok(words)
    }

    /// An event of it, concerning its holder.
    pub(crate) fn event(&self, what: EventKind) -> NewEvent {
        let event = NewEvent::new(what, Thing::Task, self.id.0).community(self.community_id).issue(self.issue_id);
        match self.holder_id {
            Some(holder) => event.organisation(holder),
            None => event,
        }
    }

    /// Writes it: the one door through which a task comes to be or changes its state. Afterwards
    /// its issue is settled ([`super::settle()`]).
    pub(crate) async fn save(&mut self, tx: &Write<'_>) -> Result<()> {
        dashboard::watch(tx, self.issue_id).await?;
        self.version += 1;
        Sql::with(
            "INSERT INTO task (id, community_id, issue_id, state, title_id, result_id, sector, shown_sector, holder_id, assignee_id, due, \
             indicator_id, blocked_id, open_offers, note_id, done_at, verified_by, verified_at, reason_id, created_by, proposed_by, \
             created_at, changed_at, version, vetted, hidden_at, touched) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, COALESCE((SELECT sector FROM organisation WHERE id = $8), $9), $10, $11, $12, $13, $14, \
             $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, 0) \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, title_id = excluded.title_id, result_id = excluded.result_id, \
             sector = excluded.sector, shown_sector = excluded.shown_sector, holder_id = excluded.holder_id, \
             assignee_id = excluded.assignee_id, due = excluded.due, indicator_id = excluded.indicator_id, \
             blocked_id = excluded.blocked_id, open_offers = excluded.open_offers, note_id = excluded.note_id, \
             done_at = excluded.done_at, verified_by = excluded.verified_by, verified_at = excluded.verified_at, \
             reason_id = excluded.reason_id, changed_at = excluded.changed_at, version = excluded.version, vetted = excluded.vetted, \
             hidden_at = excluded.hidden_at",
            [
                self.id.into(),
                self.community_id.into(),
                self.issue_id.into(),
                self.state.into(),
                self.title_id.into(),
                self.result_id.into(),
                self.sector.into(),
                self.holder_id.into(),
                self.sector.into(),
                self.holder_id.into(),
                self.assignee_id.into(),
                self.due.into(),
                self.indicator_id.into(),
                self.blocked_id.into(),
                self.open_offers.into(),
                self.note_id.into(),
                self.done_at.into(),
                self.verified_by.into(),
                self.verified_at.into(),
                self.reason_id.into(),
                self.created_by.into(),
                self.proposed_by.into(),
                self.created_at.into(),
                tx.at().into(),
                self.version.into(),
                self.vetted.into(),
                self.hidden_at.into(),
            ],
        )
        .run(&**tx)
        .await?;
        Ok(())
    }
}

/// Says that something shown inside the task has changed.
pub(crate) async fn touch(tx: &Write<'_>, id: TaskId) -> Result<()> {
    Sql::with("UPDATE task SET touched = touched + 1 WHERE id = $1", [id.into()]).run(&**tx).await?;
    Ok(())
}

/// An event of somebody who acts by their role in the community, whatever organisation they have
/// chosen to act for.
pub(crate) fn by_role(event: NewEvent, caller: &Caller, community: CommunityId, told: Told) -> NewEvent {
    let event = event.data(Told { role: issues::acting_role(caller, community), ..told });
    match caller.actor() {
        Some(actor) => event.actor(actor.account_id, None),
        None => event,
    }
}

/// 403 unless the caller, who acts for the organisation, holds the permission there.
pub(crate) fn acts_for<P: Permit>(
    needs: &crate::auth::needs::Needs<P>,
    permission: Permission,
) -> Result<OrganisationId> {
    let organisation = needs.acting_for().ok_or_else(|| Error::of(Code::ActingForRequired))?;
    if needs.actor().may_for(permission, organisation) { Ok(organisation) } else { Err(Error::of(Code::Forbidden)) }
}

#[derive(Debug, FromQueryResult)]
struct Count {
    count: i64,
}

/// 422 on `due` where the day is over in the community.
pub(crate) async fn check_due(tx: &Write<'_>, community: CommunityId, due: NaiveDate) -> Result<()> {
    if due < community::today(tx, community).await? { Err(Error::field("due", Fault::InThePast)) } else { Ok(()) }
}

/// 422 on `indicator` unless it is one of the community.
pub(crate) async fn check_indicator(tx: &Write<'_>, community: CommunityId, indicator: IndicatorId) -> Result<()> {
    let found: Option<Count> = Sql::with(
        "SELECT count(*) AS count FROM indicator WHERE id = $1 AND community_id = $2",
        [indicator.into(), community.into()],
    )
    .one(&**tx)
    .await?;
    if found.is_some_and(|found| found.count > 0) { Ok(()) } else { Err(Error::field("indicator", Fault::Unknown)) }
}

/// Whether somebody is a member of the organisation.
pub(crate) async fn is_member(tx: &Write<'_>, organisation: OrganisationId, account: AccountId) -> Result<bool> {
    let found: Option<Count> = Sql::with(
        "SELECT count(*) AS count FROM member WHERE organisation_id = $1 AND account_id = $2",
        [organisation.into(), account.into()],
    )
    .one(&**tx)
    .await?;
    Ok(found.is_some_and(|found| found.count > 0))
}
