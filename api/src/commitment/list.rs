//! Reading commitments.

use crate::{
    auth::{needs::Anyone, session::Caller},
    commitment::{
        totals,
        view::{self, Row},
    },
    db::Sql,
    http::{
        answer::Answer,
        error::{Error, Result},
        page::{self, Listed},
    },
    issue::reader,
    state::AppState,
    task,
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    commitment::{CommitmentPage, CommitmentSummary, CommitmentTotal, ListCommitments},
    ids::{CommitmentId, IssueId, TaskId},
    problem::Code,
};
use uuid::Uuid;

/// What is put into an issue and its tasks, oldest first, and what it sums up to.
#[utoipa::path(tag = "commitments", params(("id" = IssueId, Path), ListCommitments), responses((status = OK, body = CommitmentPage)))]
#[get("/issues/{id}/commitments")]
pub(super) async fn list_issue_commitments(
    anyone: Anyone,
    id: Path<IssueId>,
    Query(list): Query<ListCommitments>,
    app: Data<AppState>,
) -> Result<Listed<CommitmentPage>> {
    let db = app.db.read();
    let mut sql = Sql::new("SELECT issue.id FROM issue WHERE issue.id = ");
    sql.bind(*id);
    visible(db, &anyone, sql).await?;
    page(db, &anyone, "commitment.issue_id", id.0, &list, totals::of_issue(db, *id).await?).await
}

/// What is put into one task, oldest first, and what it sums up to.
#[utoipa::path(tag = "commitments", params(("id" = TaskId, Path), ListCommitments), responses((status = OK, body = CommitmentPage)))]
#[get("/tasks/{id}/commitments")]
pub(super) async fn list_task_commitments(
    anyone: Anyone,
    id: Path<TaskId>,
    Query(list): Query<ListCommitments>,
    app: Data<AppState>,
) -> Result<Listed<CommitmentPage>> {
    let db = app.db.read();
    let mut sql = Sql::new("SELECT issue.id FROM task JOIN issue ON issue.id = task.issue_id WHERE task.id = ");
    sql.bind(*id).push(" AND ");
    task::reader::push_visible(&mut sql, &anyone);
    visible(db, &anyone, sql).await?;
    page(db, &anyone, "commitment.task_id", id.0, &list, totals::of_task(db, *id).await?).await
}

/// One commitment.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), responses((status = OK, body = CommitmentSummary)))]
#[get("/commitments/{id}")]
pub(super) async fn find_commitment(
    anyone: Anyone,
    id: Path<CommitmentId>,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let (summary, (version, touched)) = view::one(app.db.read(), &anyone, *id).await?;
    Ok(Answer::ok(summary).version(version, touched))
}

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "that there is a row says it all")]
    id: IssueId,
}

async fn visible(db: &impl ConnectionTrait, caller: &Caller, mut sql: Sql) -> Result<()> {
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    let found: Option<Found> = sql.one(db).await?;
    found.map(drop).ok_or_else(|| Error::of(Code::NotFound))
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
struct Key(i64, CommitmentId);

async fn page(
    db: &impl ConnectionTrait,
    caller: &Caller,
    column: &str,
    id: Uuid,
    list: &ListCommitments,
    totals: Vec<CommitmentTotal>,
) -> Result<Listed<CommitmentPage>> {
    let mut sql = view::select(caller, "");
    sql.push(&format!(" AND {column} = ")).bind(id);
    if !list.state.is_empty() {
        sql.push(" AND commitment.state IN ").bind_all(list.state.0.iter().copied());
    }
    if let Some(after) = &list.after {
        let Key(at, id) = page::key(after)?;
        sql.push(" AND (commitment.offered_at, commitment.id) > (").bind(at).push(", ").bind(id).push(")");
    }
    let limit = list.limit.unwrap_or_default();
    sql.push(" ORDER BY commitment.offered_at, commitment.id LIMIT ")
        .bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    let key = |row: &Row| Key(row.commitment.offered_at.0, row.commitment.id);
    let rows = page::page(rows, limit, key, |row| (row, caller.acting_for()))?;
    let items = view::summaries(db, caller, rows.items).await?;
    Ok(Listed { body: CommitmentPage { items, next: rows.next.clone(), totals }, next: rows.next })
}
