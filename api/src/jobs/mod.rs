//! Work for later: rows written in the transaction that wants it, done at least once by a worker.
//!
//! Every effect on the outside goes through here, so that it happens exactly when the write that
//! caused it was committed.

mod housekeeping;
mod job;
mod listen;
mod queue;
mod schedule;
mod worker;

#[cfg(test)]
mod tests;

pub use job::{Job, NewJob};
pub use queue::Running;
pub use worker::{Worker, run_due};

use crate::{db::Write, http::error::Result};
use anyhow::Context;
use sea_orm::{ConnectionTrait, Statement};

/// Puts a job into the table; it is done soon after the transaction commits, or at its time.
///
/// While a job with the same unique key waits or runs, this one is left out.
pub async fn put(tx: &Write<'_>, job: impl Into<NewJob>) -> Result<()> {
    let NewJob { job, run_at, unique_key } = job.into();
    let (kind, payload) = job.columns().context("write the job as JSON")?;
    let at = tx.at().0;
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO job (id, kind, payload, state, run_at, attempts, unique_key, created_at) \
         VALUES ($1, $2, $3, 'ready', $4, 0, $5, $6) ON CONFLICT (unique_key) DO NOTHING",
        [
            tx.id().into(),
            kind.into(),
            payload.into(),
            run_at.map_or(at, |moment| moment.0).into(),
            unique_key.into(),
            at.into(),
        ],
    ))
    .await?;
    tx.wake_worker();
    Ok(())
}

/// Takes back the waiting job of a unique key; one that runs already is left to end.
pub async fn take_back(tx: &Write<'_>, unique_key: &str) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "DELETE FROM job WHERE unique_key = $1 AND state = 'ready' AND (leased_until IS NULL OR leased_until < $2)",
        [unique_key.into(), tx.at().0.into()],
    ))
    .await?;
    Ok(())
}
