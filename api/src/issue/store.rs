//! An issue as the writing operations know it: loaded with a lock, changed, saved.

use crate::{
    auth::session::Caller,
    dashboard,
    db::{Sql, Write},
    events::NewEvent,
    http::error::{Error, Result},
    issue::reader,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CategoryId, CommunityId, IndicatorId, IssueId, OrganisationId},
    issue::{
        AppealState, Claimant, Claiming, Confirmed, ConfirmedBy, Issue as Rules, IssueState, Naming, Standing,
        TaskCounts, Voice,
    },
    names::ActingRole,
    permission::{Permission, Role},
    problem::Code,
    time::Timestamp,
};
use uuid::Uuid;

/// The row of an issue.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Issue {
    pub(crate) id: IssueId,
    pub(crate) community_id: CommunityId,
    pub(crate) number: i64,
    pub(crate) state: IssueState,
    pub(crate) category_id: CategoryId,
    pub(crate) title_id: Uuid,
    pub(crate) description_id: Uuid,
    pub(crate) place_id: Uuid,
    pub(crate) public_place_id: Uuid,
    pub(crate) reporter_id: Option<AccountId>,
    pub(crate) reported_for: Option<OrganisationId>,
    pub(crate) naming: Naming,
    pub(crate) private: bool,
    pub(crate) blurred: bool,
    pub(crate) at_once: bool,
    pub(crate) listed: bool,
    pub(crate) hidden_at: Option<Timestamp>,
    pub(crate) duplicate_of: Option<IssueId>,
    was: Option<IssueState>,
    duplicates: i64,
    pub(crate) indicator_id: Option<IndicatorId>,
    pub(crate) supporters: i64,
    pub(crate) followers: i64,
    pub(crate) comments: i64,
    pub(crate) photos: i64,
    tasks_draft: i64,
    tasks_offered: i64,
    tasks_accepted: i64,
    tasks_in_progress: i64,
    tasks_done: i64,
    tasks_verified: i64,
    tasks_cancelled: i64,
    resolved_at: Option<Timestamp>,
    claimed_by: Option<OrganisationId>,
    confirmations: i64,
    pub(crate) confirmed_by: Option<ConfirmedBy>,
    pub(crate) confirmed_at: Option<Timestamp>,
    objections: i64,
    objection_waits: bool,
    appeal: String,
    pub(crate) reported_at: Timestamp,
    pub(crate) accepted_at: Option<Timestamp>,
    pub(crate) changed_at: Timestamp,
    pub(crate) answer_by: Option<Timestamp>,
    pub(crate) version: i64,
}

/// The columns of [`Issue`].
pub(crate) const COLUMNS: &str = "issue.id, issue.community_id, issue.number, issue.state, issue.category_id, issue.title_id, \
    issue.description_id, issue.place_id, issue.public_place_id, issue.reporter_id, issue.reported_for, issue.naming, issue.private, \
    issue.blurred, issue.at_once, issue.listed, issue.hidden_at, issue.duplicate_of, issue.was, issue.duplicates, issue.indicator_id, \
    issue.supporters, issue.followers, issue.comments, issue.photos, issue.tasks_draft, issue.tasks_offered, issue.tasks_accepted, \
    issue.tasks_in_progress, issue.tasks_done, issue.tasks_verified, issue.tasks_cancelled, issue.resolved_at, issue.claimed_by, \
    issue.confirmations, issue.confirmed_by, issue.confirmed_at, issue.objections, issue.objection_waits, issue.appeal, \
    issue.reported_at, issue.accepted_at, issue.changed_at, issue.answer_by, issue.version";

/// Whether there is a task of an issue, as a condition.
pub(crate) const HAS_TASKS: &str = "(issue.tasks_draft + issue.tasks_offered + issue.tasks_accepted + issue.tasks_in_progress + \
    issue.tasks_done + issue.tasks_verified + issue.tasks_cancelled > 0)";

/// The issue, locked until the write ends; 404 when the caller may not see it.
pub(crate) async fn lock(tx: &Write<'_>, caller: &Caller, id: IssueId) -> Result<Issue> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM issue WHERE issue.id = "));
    sql.bind(id).push(" AND ");
    reader::push_visible(&mut sql, caller);
    locked(tx, sql).await?.ok_or_else(|| Error::of(Code::NotFound))
}

/// The issue, locked, for the program itself.
pub(crate) async fn lock_as_system(tx: &Write<'_>, id: IssueId) -> Result<Issue> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM issue WHERE issue.id = "));
    sql.bind(id);
    locked(tx, sql).await?.ok_or_else(|| Error::of(Code::NotFound))
}

async fn locked(tx: &Write<'_>, mut sql: Sql) -> Result<Option<Issue>> {
    if tx.get_database_backend() == DbBackend::Postgres {
        sql.push(" FOR UPDATE");
    }
    Ok(sql.one(&**tx).await?)
}

impl Issue {
    /// Whether everybody may see it.
    pub(crate) fn is_listed(&self) -> bool {
        !self.private && self.hidden_at.is_none() && (self.state != IssueState::Reported || self.at_once)
    }

    /// Whether there is more to tell of it than its own row does.
    pub(crate) fn has_story(&self) -> bool {
        self.hidden_at.is_some()
            || self.objections > 0
            || self.duplicates > 0
            || self.appeal != "none"
            || matches!(
                self.state,
                IssueState::Declined | IssueState::Duplicate | IssueState::Resolved | IssueState::Confirmed
            )
    }

    /// Whether its photos are public where it is: once it was triaged, or when an organisation
    /// reported it, unless its place is blurred.
    pub(crate) fn shows_photos(&self) -> bool {
        !self.blurred && (self.state != IssueState::Reported || self.reported_for.is_some())
    }

    /// Whether the caller reported it.
    pub(crate) fn is_reporter(&self, caller: &Caller) -> bool {
        caller.actor().is_some_and(|actor| self.reporter_id == Some(actor.account_id))
    }

    /// 409 while it is hidden: first it is shown again.
    pub(crate) fn needs_shown(&self) -> Result<()> {
        if self.hidden_at.is_none() { Ok(()) } else { Err(Error::conflict("hidden")) }
    }

    /// What the rules need to know of it.
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            state: self.state,
            tasks: TaskCounts {
                draft: small(self.tasks_draft),
                offered: small(self.tasks_offered),
                accepted: small(self.tasks_accepted),
                in_progress: small(self.tasks_in_progress),
                done: small(self.tasks_done),
                verified: small(self.tasks_verified),
                cancelled: small(self.tasks_cancelled),
            },
            claim: self
                .resolved_at
                .map(|at| Claiming { by: self.claimed_by.map_or(Claimant::Coordinator, Claimant::Holder), at }),
            confirmed: self.confirmed_by.zip(self.confirmed_at).map(|(by, at)| Confirmed { by, at }),
            confirmations: small(self.confirmations),
            objections: small(self.objections),
            objection_waits: self.objection_waits,
            appeal: match self.appeal.as_str() {
                "waits" => AppealState::Waits,
                "decided" => AppealState::Decided,
                _ => AppealState::None,
            },
            was: self.was,
            duplicates: small(self.duplicates),
            private: self.private,
            hidden: self.hidden_at.is_some(),
        }
    }

    /// Becomes what the rules made of it.
    pub(crate) fn become_as(&mut self, next: Rules) {
        self.state = next.state;
        self.tasks_draft = next.tasks.draft.into();
        self.tasks_offered = next.tasks.offered.into();
        self.tasks_accepted = next.tasks.accepted.into();
        self.tasks_in_progress = next.tasks.in_progress.into();
        self.tasks_done = next.tasks.done.into();
        self.tasks_verified = next.tasks.verified.into();
        self.tasks_cancelled = next.tasks.cancelled.into();
        self.resolved_at = next.claim.map(|claim| claim.at);
        self.claimed_by = match next.claim.map(|claim| claim.by) {
            Some(Claimant::Holder(organisation)) => Some(organisation),
            _ => None,
        };
        self.confirmed_by = next.confirmed.map(|confirmed| confirmed.by);
        self.confirmed_at = next.confirmed.map(|confirmed| confirmed.at);
        self.confirmations = next.confirmations.into();
        self.objections = next.objections.into();
        self.objection_waits = next.objection_waits;
        self.appeal = match next.appeal {
            AppealState::None => "none",
            AppealState::Waits => "waits",
            AppealState::Decided => "decided",
        }
        .to_owned();
        self.was = next.was;
    }

    /// What the caller is to it, where `supported_at` is when they supported it.
    pub(crate) fn voice(&self, caller: &Caller, supported_at: Option<Timestamp>) -> Voice {
        let standing = match supported_at {
            _ if self.is_reporter(caller) => Standing::Reporter,
            Some(since) => Standing::Supporter { since },
            None => Standing::Neither,
        };
        let actor = caller.actor();
        Voice {
            standing,
            coordinator: actor.is_some_and(|actor| actor.may_in(Permission::CoordinateTasks, self.community_id)),
            of_claimant: actor
                .zip(self.claimed_by)
                .is_some_and(|(actor, organisation)| actor.is_member_of(organisation)),
        }
    }

    /// An event of it.
    pub(crate) fn event(&self, what: EventKind) -> NewEvent {
        NewEvent::new(what, Thing::Issue, self.id.0).community(self.community_id).issue(self.id)
    }

    /// Writes its own fields; the counters are kept by those who count.
    pub(crate) async fn save(&mut self, tx: &Write<'_>) -> Result<()> {
        dashboard::watch(tx, self.id).await?;
        self.listed = self.is_listed();
        self.changed_at = tx.at();
        self.version += 1;
        Sql::with(
            "UPDATE issue SET state = $1, category_id = $2, title_id = $3, description_id = $4, place_id = $5, public_place_id = $6, \
             naming = $7, private = $8, blurred = $9, listed = $10, was_listed = (was_listed OR $10), hidden_at = $11, duplicate_of = $12, was = $13, indicator_id = $14, \
             tasks_draft = $15, tasks_offered = $16, tasks_accepted = $17, tasks_in_progress = $18, tasks_done = $19, tasks_verified = $20, \
             tasks_cancelled = $21, resolved_at = $22, claimed_by = $23, confirmations = $24, confirmed_by = $25, confirmed_at = $26, \
             objections = $27, objection_waits = $28, appeal = $29, accepted_at = $30, changed_at = $31, answer_by = $32, version = $33 \
             WHERE id = $34",
            [
                self.state.into(),
                self.category_id.into(),
                self.title_id.into(),
                self.description_id.into(),
                self.place_id.into(),
                self.public_place_id.into(),
                self.naming.into(),
                self.private.into(),
                self.blurred.into(),
                self.listed.into(),
                self.hidden_at.into(),
                self.duplicate_of.into(),
                self.was.into(),
                self.indicator_id.into(),
                self.tasks_draft.into(),
                self.tasks_offered.into(),
                self.tasks_accepted.into(),
                self.tasks_in_progress.into(),
                self.tasks_done.into(),
                self.tasks_verified.into(),
                self.tasks_cancelled.into(),
                self.resolved_at.into(),
                self.claimed_by.into(),
                self.confirmations.into(),
                self.confirmed_by.into(),
                self.confirmed_at.into(),
                self.objections.into(),
                self.objection_waits.into(),
                self.appeal.clone().into(),
                self.accepted_at.into(),
                self.changed_at.into(),
                self.answer_by.into(),
                self.version.into(),
                self.id.into(),
            ],
        )
        .run(&**tx)
        .await?;
        Ok(())
    }
}

/// Says that something shown inside the issue has changed.
pub(crate) async fn touch(tx: &Write<'_>, id: IssueId) -> Result<()> {
    Sql::with("UPDATE issue SET touched = touched + 1 WHERE id = $1", [id.into()]).run(&**tx).await?;
    Ok(())
}

/// A count that was stored and so fits.
fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

#[derive(Debug, FromQueryResult)]
struct Joined {
    joined_at: Timestamp,
}

/// What the caller is to the issue, asked of the database.
pub(crate) async fn voice(tx: &Write<'_>, caller: &Caller, issue: &Issue) -> Result<Voice> {
    let account = caller.actor().map(|actor| actor.account_id);
    let joined: Option<Joined> = Sql::with(
        "SELECT joined_at FROM support WHERE issue_id = $1 AND account_id = $2",
        [issue.id.into(), account.into()],
    )
    .one(&**tx)
    .await?;
    Ok(issue.voice(caller, joined.map(|support| support.joined_at)))
}

/// The role in a community by which the caller acts for nobody but themself.
pub(crate) fn acting_role(caller: &Caller, community: CommunityId) -> Option<ActingRole> {
    let actor = caller.actor()?;
    let held = actor.communities.iter().find(|(id, _)| *id == community).map(|(_, role)| *role);
    match held {
        Some(Role::Moderator) => Some(ActingRole::Moderator),
        Some(Role::Coordinator) => Some(ActingRole::Coordinator),
        Some(Role::Facilitator) => Some(ActingRole::Facilitator),
        _ if actor.main_coordinator => Some(ActingRole::MainCoordinator),
        _ => None,
    }
}
