//! What commitments sum up to, by sector and kind. The database adds up what
//! [`shared::commitment::totals`] says; what a moderator has hidden does not count.

use crate::{commitment::store, db::Sql, http::error::Result};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    commitment::{CommitmentKind, CommitmentTotal, Currency},
    ids::{IssueId, TaskId},
    organisation::Sector,
};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Row {
    sector: Sector,
    kind: CommitmentKind,
    currency: Option<Currency>,
    unit: Option<String>,
    promised: i64,
    delivered: i64,
}

/// The totals of an issue, its tasks included.
pub async fn of_issue(db: &impl ConnectionTrait, issue: IssueId) -> Result<Vec<CommitmentTotal>> {
    of(db, "issue_id", issue.0).await
}

/// The totals of a task.
pub async fn of_task(db: &impl ConnectionTrait, task: TaskId) -> Result<Vec<CommitmentTotal>> {
    of(db, "task_id", task.0).await
}

async fn of(db: &impl ConnectionTrait, column: &str, id: Uuid) -> Result<Vec<CommitmentTotal>> {
    let mut sql = Sql::new(&format!(
        "SELECT sector, kind, currency, unit, CAST(sum(CASE WHEN state = 'accepted' THEN planned ELSE 0 END) AS bigint) AS promised, \
         CAST(sum(CASE WHEN state = 'delivered' THEN delivered ELSE 0 END) AS bigint) AS delivered \
         FROM commitment WHERE state IN ('accepted', 'delivered') AND {} AND {column} = ",
        store::SHOWN
    ));
    sql.bind(id).push(" GROUP BY sector, kind, currency, unit");
    let mut rows: Vec<Row> = sql.all(db).await?;
    rows.sort_by(|a, b| (a.sector, a.kind, &a.currency, &a.unit).cmp(&(b.sector, b.kind, &b.currency, &b.unit)));
    let total = |row: Row| CommitmentTotal {
        sector: row.sector,
        kind: row.kind,
        currency: row.currency,
        unit: row.unit,
        promised: row.promised,
        delivered: row.delivered,
    };
    Ok(rows.into_iter().map(total).collect())
}
