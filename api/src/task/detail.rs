//! One task with its offers, its commitments and its evidence.

use crate::{
    auth::{needs::Anyone, session::Caller},
    commitment,
    db::{Sql, Write},
    file,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    issue::{self, list as issues},
    offer,
    state::AppState,
    task::{
        list::{self, Row},
        reader,
    },
};
use actix_web::{
    get,
    web::{Data, Path},
};
use chrono::Datelike;
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    change::Thing,
    ids::{IndicatorId, TaskId},
    names::{IndicatorLink, Names},
    problem::Code,
    task::{Assignee, DoneNote, TaskDetail},
    time::Timestamp,
    upload::FileLink,
};
use uuid::Uuid;

/// One task.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), responses((status = OK, body = TaskDetail)))]
#[get("/tasks/{id}")]
pub(crate) async fn find_task(anyone: Anyone, id: Path<TaskId>, app: Data<AppState>) -> Result<Answer<TaskDetail>> {
    Ok(load(app.db.read(), &anyone, app.clock.now(), *id).await?.answer())
}

/// A task as one reader sees it, and its version.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) body: TaskDetail,
    /// The version of its own fields, and a number that grows with anything shown inside it.
    pub(crate) version: (i64, i64),
}

impl Loaded {
    pub(crate) fn answer(self) -> Answer<TaskDetail> {
        let (version, touched) = self.version;
        Answer::ok(self.body).version(version, touched)
    }
}

/// Ends a write with the task as it is now. That the caller may see it was checked before; who gives
/// up a task of a private issue sees it this last time.
pub(crate) async fn answer(tx: Write<'_>, caller: &Caller, id: TaskId) -> Result<Answer<TaskDetail>> {
    let mut sql = select(caller);
    sql.push("task.id = ").bind(id);
    let answer = loaded(&*tx, caller, tx.at(), sql).await?.answer();
    tx.answer(answer).await
}

#[derive(Debug, FromQueryResult)]
struct Whole {
    #[sea_orm(nested)]
    row: Row,
    result: Option<String>,
    assignee_name: Option<String>,
    blocked_by: Option<String>,
    #[sea_orm(nested)]
    indicator: Option<IndicatorRow>,
    note_id: Option<Uuid>,
    note: Option<String>,
    reason: Option<String>,
    verified_at: Option<Timestamp>,
    created_at: Timestamp,
    shows_files: bool,
    has_commitments: bool,
    around: i64,
}

#[derive(Debug, FromQueryResult)]
struct IndicatorRow {
    indicator_id: IndicatorId,
    indicator_name_uk: String,
    indicator_name_en: Option<String>,
}

const MORE: &str = ", result.body AS result, assignee.name AS assignee_name, blocked.body AS blocked_by, indicator.id AS indicator_id, \
    indicator.name_uk AS indicator_name_uk, indicator.name_en AS indicator_name_en, task.note_id, note.body AS note, reason.body AS reason, \
    task.verified_at, task.created_at, task.touched + issue.version + issue.touched + community.version + COALESCE(organisation.version, 0) \
    + COALESCE(indicator.version, 0) AS around, EXISTS (SELECT 1 FROM commitment WHERE commitment.task_id = task.id) AS has_commitments";

const TABLES: &str = " JOIN wording result ON result.id = task.result_id LEFT JOIN account assignee ON assignee.id = task.assignee_id \
    LEFT JOIN wording blocked ON blocked.id = task.blocked_id LEFT JOIN indicator ON indicator.id = task.indicator_id \
    LEFT JOIN wording note ON note.id = task.note_id LEFT JOIN wording reason ON reason.id = task.reason_id";

/// The task, or 404 when the caller may not see it or its issue.
pub(crate) async fn load(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp, id: TaskId) -> Result<Loaded> {
    let mut sql = select(caller);
    sql.push("task.id = ").bind(id).push(" AND ");
    issue::reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    loaded(db, caller, now, sql).await
}

/// As [`list::select`], in the shape of [`Whole`], up to `WHERE`.
fn select(caller: &Caller) -> Sql {
    let mut shown = Sql::default();
    issues::push_photos_shown(&mut shown, caller);
    list::select_any(caller, MORE, Some(("shows_files", shown)), TABLES)
}

async fn loaded(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp, sql: Sql) -> Result<Loaded> {
    let whole: Whole = sql.one(db).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let evidence = match whole.note_id.filter(|_| whole.row.done_at.is_some() && whole.shows_files) {
        Some(note) => file::links(db, Thing::Task, [note]).await?.remove(&note).unwrap_or_default(),
        None => Vec::new(),
    };
    let offers = offer::of_task(db, caller, now, whole.row.id).await?;
    let (touched, version) = (whole.around + i64::from(whole.row.today(now).num_days_from_ce()), whole.row.version);
    let commitments = match whole.has_commitments {
        true => commitment::of_task(db, caller, whole.row.id).await?,
        false => Vec::new(),
    };
    let body = TaskDetail { offers, commitments, ..whole.view(caller, evidence, now) };
    Ok(Loaded { body, version: (version, touched) })
}

impl Whole {
    fn view(self, caller: &Caller, evidence: Vec<FileLink>, now: Timestamp) -> TaskDetail {
        let Whole { row, .. } = self;
        let holder = row.holder.as_ref().map(|holder| holder.organisation_id);
        let knows_assignee =
            caller.actor().zip(holder).is_some_and(|(actor, organisation)| actor.is_member_of(organisation));
        let assignee = row.assignee_id.zip(self.assignee_name).filter(|_| knows_assignee);
        let (done_at, verified_by, hidden) = (row.done_at, row.verified_by, row.is_hidden);
        let task = row.summary(caller, caller.acting_for(), now);
        TaskDetail {
            id: task.id,
            issue: task.issue,
            title: task.title,
            hidden,
            result: self.result.unwrap_or_default(),
            state: task.state,
            sector: task.sector,
            holder: task.holder,
            assignee: assignee.map(|(account, name)| Assignee { account, name }),
            due: task.due,
            overdue: task.overdue,
            blocked: self.blocked_by,
            indicator: self.indicator.map(|indicator| IndicatorLink {
                id: indicator.indicator_id,
                name: Names { uk: indicator.indicator_name_uk, en: indicator.indicator_name_en },
            }),
            offers: Vec::new(),
            commitments: Vec::new(),
            done: done_at.map(|at| DoneNote { at, note: self.note.unwrap_or_default(), evidence }),
            verified_by,
            verified_at: self.verified_at,
            reason: self.reason,
            created_at: self.created_at,
            changed_at: task.changed_at,
            actions: task.actions,
            version: task.version,
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "that there is a row says it all")]
    id: TaskId,
}

/// Whether the caller may see the files that came with the note of a task that is done.
pub(crate) async fn shows_files(db: &impl ConnectionTrait, caller: &Caller, note: Uuid) -> Result<bool> {
    let mut sql = Sql::new("SELECT task.id FROM task JOIN issue ON issue.id = task.issue_id WHERE task.note_id = ");
    sql.bind(note).push(" AND task.done_at IS NOT NULL AND ");
    issue::reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    issues::push_photos_shown(&mut sql, caller);
    let found: Option<Found> = sql.one(db).await?;
    Ok(found.is_some())
}
