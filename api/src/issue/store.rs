//! An issue as the writing operations know it: loaded with a lock, changed, saved.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    events::NewEvent,
    http::error::{Error, Result},
    issue::reader,
    wording::Wording,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use serde::Serialize;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CategoryId, CommunityId, IndicatorId, IssueId, OrganisationId},
    issue::{ConfirmedBy, IssueState, Naming},
    names::ActingRole,
    permission::Role,
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
    pub(crate) indicator_id: Option<IndicatorId>,
    pub(crate) supporters: i64,
    pub(crate) followers: i64,
    pub(crate) comments: i64,
    pub(crate) photos: i64,
    pub(crate) objections: i64,
    pub(crate) confirmed_by: Option<ConfirmedBy>,
    pub(crate) reported_at: Timestamp,
    pub(crate) accepted_at: Option<Timestamp>,
    pub(crate) resolved_at: Option<Timestamp>,
    pub(crate) confirmed_at: Option<Timestamp>,
    pub(crate) changed_at: Timestamp,
    pub(crate) answer_by: Option<Timestamp>,
    pub(crate) version: i64,
    pub(crate) touched: i64,
}

#[derive(Debug, FromQueryResult)]
struct Count {
    count: i64,
}

/// The columns of [`Issue`].
pub(crate) const COLUMNS: &str = "issue.id, issue.community_id, issue.number, issue.state, issue.category_id, issue.title_id, \
    issue.description_id, issue.place_id, issue.public_place_id, issue.reporter_id, issue.reported_for, issue.naming, issue.private, \
    issue.blurred, issue.at_once, issue.listed, issue.hidden_at, issue.duplicate_of, issue.indicator_id, issue.supporters, \
    issue.followers, issue.comments, issue.photos, issue.objections, issue.confirmed_by, issue.reported_at, issue.accepted_at, \
    issue.resolved_at, issue.confirmed_at, issue.changed_at, issue.answer_by, issue.version, issue.touched";

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
    sql.one(&**tx).await
}

impl Issue {
    /// Whether everybody may see it.
    pub(crate) fn is_listed(&self) -> bool {
        !self.private && self.hidden_at.is_none() && (self.state != IssueState::Reported || self.at_once)
    }

    /// 403 unless the caller triages in its community.
    pub(crate) fn needs_triage_right(&self, caller: &Caller) -> Result<()> {
        if reader::triages(caller, self.community_id) { Ok(()) } else { Err(Error::of(Code::Forbidden)) }
    }

    /// Whether the caller reported it.
    pub(crate) fn is_reporter(&self, caller: &Caller) -> bool {
        caller.actor().is_some_and(|actor| self.reporter_id == Some(actor.account_id))
    }

    /// 409 with the present state, unless it is one of `states`.
    pub(crate) fn needs_state(&self, states: &[IssueState]) -> Result<()> {
        if states.contains(&self.state) { Ok(()) } else { Err(Error::conflict(self.state.as_str())) }
    }

    /// 409 while it is hidden: first it is shown again.
    pub(crate) fn needs_shown(&self) -> Result<()> {
        if self.hidden_at.is_none() { Ok(()) } else { Err(Error::conflict("hidden")) }
    }

    /// Whether an organisation has taken a task of it.
    pub(crate) async fn is_worked_on(&self, tx: &Write<'_>) -> Result<bool> {
        let count: Option<Count> = Sql::with("SELECT count(*) AS count FROM issue_organisation WHERE issue_id = $1 AND taken", [self.id.into()]).one(&**tx).await?;
        Ok(count.is_some_and(|row| row.count > 0))
    }

    /// An event of it.
    pub(crate) fn event(&self, what: EventKind) -> NewEvent {
        NewEvent::new(what, Thing::Issue, self.id.0).community(self.community_id).issue(self.id)
    }

    /// Writes its own fields; the counters are kept by those who count.
    pub(crate) async fn save(&mut self, tx: &Write<'_>) -> Result<()> {
        self.listed = self.is_listed();
        self.changed_at = tx.at();
        self.version += 1;
        Sql::with(
            "UPDATE issue SET state = $1, category_id = $2, title_id = $3, description_id = $4, place_id = $5, public_place_id = $6, \
             naming = $7, private = $8, blurred = $9, at_once = $10, listed = $11, hidden_at = $12, duplicate_of = $13, indicator_id = $14, \
             objections = $15, confirmed_by = $16, accepted_at = $17, resolved_at = $18, confirmed_at = $19, changed_at = $20, \
             answer_by = $21, version = $22 WHERE id = $23",
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
                self.at_once.into(),
                self.listed.into(),
                self.hidden_at.into(),
                self.duplicate_of.into(),
                self.indicator_id.into(),
                self.objections.into(),
                self.confirmed_by.into(),
                self.accepted_at.into(),
                self.resolved_at.into(),
                self.confirmed_at.into(),
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

/// What an event of an issue tells beside its subject.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Told {
    /// The state after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<IssueState>,
    /// The role in which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<ActingRole>,
    /// The reason or statement given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<Wording>,
    /// Other texts that came with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) texts: Vec<Wording>,
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
