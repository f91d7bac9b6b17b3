//! Lists of tasks: a community's, and an issue's.

use crate::{
    auth::{needs::Anyone, session::Caller},
    db::Sql,
    http::{
        error::{Error, Result},
        page::{self, List},
    },
    issue::{
        self,
        rows::{self, CommunityRow, OrganisationRow},
    },
    local,
    state::AppState,
    task::{
        actions::{self, Known},
        reader,
    },
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    fields,
    ids::{AccountId, CommunityId, IndicatorId, IssueId, OrganisationId, TaskId},
    issue::{IssueState, MOST_TASKS},
    names::{IssueLink, Slug},
    organisation::{Sector, Verification},
    page::Page,
    problem::Code,
    task::{ListIssueTasks, ListTasks, Task as Rules, TaskSort, TaskState, TaskSummary, VerifiedBy},
    time::Timestamp,
};

/// The tasks of a community that the caller may see.
#[utoipa::path(
    tag = "tasks",
    params(("slug" = String, Path, description = "The community"), ListTasks),
    responses((status = OK, body = Page<TaskSummary>)),
)]
#[get("/communities/{slug}/tasks")]
pub(crate) async fn list_tasks(
    anyone: Anyone,
    slug: Path<Slug>,
    Query(list): Query<ListTasks>,
    app: Data<AppState>,
) -> Result<List<TaskSummary>> {
    let (db, now) = (app.db.read(), app.clock.now());
    let community: Community =
        Sql::with("SELECT id, time_zone FROM community WHERE slug = $1", [slug.into_inner().into()])
            .one(db)
            .await?
            .ok_or_else(|| Error::of(Code::NotFound))?;
    let (sort, limit) = (list.sort.unwrap_or(TaskSort::RecentlyChanged), list.limit.unwrap_or_default());
    let mut sql = select(&anyone, "", "");
    push_filter(&mut sql, &community, &list, now);
    if let Some(after) = &list.after {
        push_after(&mut sql, sort, page::key(after)?)?;
    }
    sql.push(match sort {
        TaskSort::Due => " ORDER BY COALESCE(task.due, '9999-12-31'), task.id",
        TaskSort::Newest => " ORDER BY task.id DESC",
        TaskSort::RecentlyChanged => " ORDER BY task.changed_at DESC, task.id DESC",
    });
    sql.push(" LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    let key = |row: &Row| match sort {
        TaskSort::Due => Key(sort, None, row.due, row.id),
        TaskSort::Newest => Key(sort, None, None, row.id),
        TaskSort::RecentlyChanged => Key(sort, Some(row.changed_at.0), None, row.id),
    };
    Ok(List(page::page(rows, limit, key, |row| row.summary(&anyone, anyone.acting_for(), now))?))
}

/// The tasks of an issue, oldest first.
#[utoipa::path(tag = "tasks", params(("id" = IssueId, Path), ListIssueTasks), responses((status = OK, body = Page<TaskSummary>)))]
#[get("/issues/{id}/tasks")]
pub(crate) async fn list_issue_tasks(
    anyone: Anyone,
    id: Path<IssueId>,
    Query(list): Query<ListIssueTasks>,
    app: Data<AppState>,
) -> Result<List<TaskSummary>> {
    let (db, now) = (app.db.read(), app.clock.now());
    issue::check_visible(db, &anyone, *id).await?;
    let mut sql = select(&anyone, "", "");
    sql.push(" AND task.issue_id = ").bind(*id);
    if let Some(after) = &list.after {
        sql.push(" AND task.id > ").bind(page::key::<TaskId>(after)?);
    }
    let limit = list.limit.unwrap_or_default();
    sql.push(" ORDER BY task.id LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(List(page::page(rows, limit, |row| row.id, |row| row.summary(&anyone, anyone.acting_for(), now))?))
}

/// All tasks of an issue, oldest first; there are never more than [`MOST_TASKS`].
pub(crate) async fn of_issue(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    issue: IssueId,
) -> Result<Vec<TaskSummary>> {
    let mut sql = select(caller, "", "");
    sql.push(" AND task.issue_id = ").bind(issue).push(" ORDER BY task.id LIMIT ").bind(i64::from(MOST_TASKS));
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.summary(caller, caller.acting_for(), now)).collect())
}

/// More tasks of one indicator than these are found in the list of tasks.
const MOST_SERVING: i64 = 50;

/// The tasks that name the indicator and that the caller may see, those changed last first.
pub(crate) async fn serving(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    indicator: IndicatorId,
) -> Result<Vec<TaskSummary>> {
    let mut sql = select(caller, "", "");
    sql.push(" AND task.indicator_id = ").bind(indicator);
    sql.push(" ORDER BY task.changed_at DESC, task.id DESC LIMIT ").bind(MOST_SERVING);
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.summary(caller, caller.acting_for(), now)).collect())
}

#[derive(Debug, FromQueryResult)]
struct Community {
    id: CommunityId,
    time_zone: String,
}

/// Where a page ended: the sort, its value, and the id, which tells equal values apart.
#[derive(Debug, Serialize, Deserialize)]
struct Key(TaskSort, Option<i64>, Option<NaiveDate>, TaskId);

fn push_after(sql: &mut Sql, sort: TaskSort, Key(of, changed_at, due, id): Key) -> Result<()> {
    if of != sort || due.is_some_and(|due| !fields::is_usual(due)) {
        return Err(Error::of(Code::CursorExpired));
    }
    match sort {
        TaskSort::Due => sql
            .push(" AND (COALESCE(task.due, '9999-12-31'), task.id) > (")
            .bind(due.or(NaiveDate::from_ymd_opt(9999, 12, 31)))
            .push(", ")
            .bind(id)
            .push(")"),
        TaskSort::Newest => sql.push(" AND task.id < ").bind(id),
        TaskSort::RecentlyChanged => {
            sql.push(" AND (task.changed_at, task.id) < (").bind(changed_at).push(", ").bind(id).push(")")
        }
    };
    Ok(())
}

fn push_filter(sql: &mut Sql, community: &Community, list: &ListTasks, now: Timestamp) {
    sql.push(" AND task.community_id = ").bind(community.id);
    if !list.state.is_empty() {
        sql.push(" AND task.state IN ").bind_all(list.state.0.iter().copied());
    }
    if !list.sector.is_empty() {
        sql.push(" AND task.shown_sector IN ").bind_all(list.sector.0.iter().copied());
    }
    if let Some(organisation) = &list.organisation {
        sql.push(" AND task.holder_id = (SELECT id FROM organisation WHERE slug = ")
            .bind(organisation.clone())
            .push(")");
    }
    if let Some(overdue) = list.overdue {
        let today = local::day(&community.time_zone, now);
        let unfinished = TaskState::ALL.iter().copied().filter(|state| state.is_unfinished());
        sql.push(if overdue { " AND (" } else { " AND NOT (" })
            .push("task.due IS NOT NULL AND task.due < ")
            .bind(today)
            .push(" AND task.state IN ")
            .bind_all(unfinished)
            .push(")");
    }
}

/// `SELECT … FROM task … WHERE <the caller may see its issue and it>`, in the shape of [`Row`], with more
/// columns (each with a comma before it) and more tables (each with its JOIN).
pub(crate) fn select(caller: &Caller, more: &str, tables: &str) -> Sql {
    let mut sql = select_any(caller, more, None, tables);
    issue::reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    sql
}

/// As [`select`], with a condition as one more column, and up to `WHERE`.
pub(crate) fn select_any(caller: &Caller, more: &str, condition: Option<(&str, Sql)>, tables: &str) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT task.id, task.state, title.body AS title, task.sector, task.assignee_id, task.due, \
         (task.blocked_id IS NOT NULL) AS is_blocked, task.open_offers, task.done_at, task.verified_by, task.changed_at, task.version, \
         issue.id AS issue_id, issue.number AS issue_number, issue_title.body AS issue_title, issue.state AS issue_state, \
         (issue.hidden_at IS NOT NULL) AS hidden, (task.hidden_at IS NOT NULL) AS is_hidden, community.time_zone, area.verification AS holder_verification, {}, {}{more}, ",
        rows::COMMUNITY,
        rows::ORGANISATION,
    ));
    if let Some((name, condition)) = condition {
        // Nothing known is no.
        sql.push("COALESCE(").append(condition).push(&format!(", (1 = 0)) AS {name}, "));
    }
    sql.push("COALESCE(issue.reporter_id = ").bind(caller.actor().map(|actor| actor.account_id));
    sql.push(
        ", (1 = 0)) AS reported, (SELECT mine.verification FROM organisation_area mine \
         WHERE mine.community_id = task.community_id AND mine.organisation_id = ",
    )
    .bind(caller.acting_for());
    sql.push(
        ") AS asker_verification, EXISTS (SELECT 1 FROM offer asked WHERE asked.task_id = task.id AND asked.state = 'open' \
         AND asked.organisation_id = ",
    )
    .bind(caller.acting_for());
    sql.push(
        ") AS has_open FROM task JOIN issue ON issue.id = task.issue_id JOIN community ON community.id = task.community_id \
         JOIN wording title ON title.id = task.title_id JOIN wording issue_title ON issue_title.id = issue.title_id \
         LEFT JOIN organisation ON organisation.id = task.holder_id LEFT JOIN organisation_area area \
         ON area.community_id = task.community_id AND area.organisation_id = task.holder_id",
    );
    sql.push(tables).push(" WHERE ");
    sql
}

/// A task in a list.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Row {
    pub(crate) id: TaskId,
    pub(crate) state: TaskState,
    title: Option<String>,
    sector: Option<Sector>,
    pub(crate) assignee_id: Option<AccountId>,
    due: Option<NaiveDate>,
    is_blocked: bool,
    open_offers: i64,
    pub(crate) done_at: Option<Timestamp>,
    pub(crate) verified_by: Option<VerifiedBy>,
    pub(crate) changed_at: Timestamp,
    pub(crate) version: i64,
    issue_id: IssueId,
    issue_number: i64,
    issue_title: Option<String>,
    issue_state: IssueState,
    /// Whether its issue is.
    hidden: bool,
    pub(crate) is_hidden: bool,
    time_zone: String,
    holder_verification: Option<Verification>,
    asker_verification: Option<Verification>,
    has_open: bool,
    reported: bool,
    #[sea_orm(nested)]
    pub(crate) community: CommunityRow,
    #[sea_orm(nested)]
    pub(crate) holder: Option<OrganisationRow>,
}

impl Row {
    /// Which day it is where the task is.
    pub(crate) fn today(&self, now: Timestamp) -> NaiveDate {
        local::day(&self.time_zone, now)
    }

    /// The day it is due as a moment: the end of it.
    pub(crate) fn due_until(&self) -> Option<Timestamp> {
        self.due.map(|due| local::end_of_day(&self.time_zone, due))
    }

    fn rules(&self) -> Rules {
        Rules {
            state: self.state,
            holder: self.holder.as_ref().map(|holder| holder.organisation_id),
            open_offers: u32::try_from(self.open_offers).unwrap_or_default(),
            due: self.due,
            done_at: self.done_at,
            verified_by: self.verified_by,
        }
    }

    /// As its reader sees it, who acts for the organisation.
    pub(crate) fn summary(self, caller: &Caller, acting_for: Option<OrganisationId>, now: Timestamp) -> TaskSummary {
        let (rules, today) = (self.rules(), self.today(now));
        let community = self.community.link();
        let known = Known {
            rules,
            community: community.id,
            issue_state: self.issue_state,
            hidden: self.hidden,
            assignee: self.assignee_id,
            blocked: self.is_blocked,
            today,
            holder: self.holder_verification,
            asker: self.asker_verification,
            has_open: self.has_open,
            reported: self.reported,
        };
        TaskSummary {
            id: self.id,
            issue: IssueLink {
                id: self.issue_id,
                number: self.issue_number,
                title: self.issue_title.unwrap_or_default(),
                community,
            },
            title: self.title.unwrap_or_default(),
            state: self.state,
            sector: self.sector,
            holder: self.holder.map(OrganisationRow::link),
            due: self.due,
            overdue: rules.is_overdue(today),
            blocked: self.is_blocked,
            open_offers: self.open_offers,
            changed_at: self.changed_at,
            actions: actions::of(&known, caller, acting_for, now),
            version: self.version,
        }
    }
}
