//! Deleting what has served its time.

use crate::{http::error::Result, state::AppState};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Rows of a table that go, once the moment in the condition lies so far back.
const KEPT: [(&str, &str, TimeDelta); 7] = [
    ("idempotency", "created_at < $1", TimeDelta::days(30)),
    ("attempt", "slot < $1", TimeDelta::days(2)),
    ("mailed_link", "expires_at < $1", TimeDelta::days(1)),
    ("session", "ends_at < $1", TimeDelta::days(1)),
    ("job", "finished_at < $1 AND state = 'done'", TimeDelta::days(7)),
    ("job", "finished_at < $1 AND state = 'dead'", TimeDelta::days(30)),
    ("schedule_slot", "slot < $1", TimeDelta::days(400)),
];

/// How many rows of a table go in one transaction, so that no writer waits long.
const AT_ONCE: u64 = 1000;

/// Deletes rows that nobody may or will ask for any more.
pub(super) async fn delete_expired(app: &AppState) -> Result<()> {
    for (table, condition, kept) in KEPT {
        let before = app.clock.now() - kept;
        while delete(app, table, condition, before.0).await? == AT_ONCE {}
    }
    Ok(())
}

async fn delete(app: &AppState, table: &str, condition: &str, before: i64) -> Result<u64> {
    let tx = app.write_as_system().await?;
    let row = if tx.get_database_backend() == DbBackend::Postgres { "ctid" } else { "rowid" };
    let deleted = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            format!("DELETE FROM {table} WHERE {row} IN (SELECT {row} FROM {table} WHERE {condition} LIMIT {AT_ONCE})"),
            [before.into()],
        ))
        .await?
        .rows_affected();
    tx.commit().await?;
    Ok(deleted)
}
