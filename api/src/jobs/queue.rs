//! The table of jobs as a queue: taking a job, holding it, and how it ends.
//!
//! Whoever takes a job holds it by a lease with an id of its own. Every end is written only while
//! that id is still in the row, so a worker that was too slow changes nothing any more.

use crate::{db::Write, http::error::Result, jobs::Job, state::AppState};
use anyhow::anyhow;
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// How long a job is held without a sign of life.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(30);

/// After so many attempts, spread over more than a day, a job is dead.
pub(super) const MOST_ATTEMPTS: i64 = 16;

/// The longest error text that is kept.
const LONGEST_ERROR: usize = 500;

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    payload: String,
    attempts: i64,
}

/// A job that this worker holds.
#[derive(Debug)]
pub struct Running {
    /// The job's id: the same at every attempt, so that effects on the outside can carry it.
    pub id: Uuid,
    pub(super) kind: String,
    pub(super) attempts: i64,
    payload: String,
    lease: Uuid,
    finished: AtomicBool,
}

/// Takes the job that has been due the longest, if there is one that nobody holds.
pub(super) async fn take(app: &AppState) -> Result<Option<Running>> {
    let tx = app.write_as_system().await?;
    let (lease, now) = (Uuid::new_v4(), tx.at());
    let skip = if tx.get_database_backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let row = Row::find_by_statement(Statement::from_sql_and_values(
        tx.get_database_backend(),
        format!(
            "UPDATE job SET lease = $1, leased_until = $2, attempts = attempts + 1 WHERE id = ( \
                 SELECT id FROM job WHERE state = 'ready' AND run_at <= $3 AND (leased_until IS NULL OR leased_until <= $3) \
                 ORDER BY run_at, id LIMIT 1 {skip}) \
             RETURNING id, kind, payload, attempts"
        ),
        [lease.into(), (now + LEASE).0.into(), now.0.into()],
    ))
    .one(&*tx)
    .await?;
    tx.commit().await?;
    Ok(row.map(|Row { id, kind, payload, attempts }| Running {
        id,
        kind,
        attempts,
        payload,
        lease,
        finished: AtomicBool::new(false),
    }))
}

impl Running {
    /// What is to be done.
    pub(super) fn job(&self) -> anyhow::Result<Job> {
        Job::of_columns(&self.kind, &self.payload).map_err(|error| anyhow!("read the job: {error}"))
    }

    /// Marks the job as done within the transaction of its effect, so that the effect happens
    /// exactly once. Fails when the job is no longer held; the transaction must then not be committed.
    pub async fn finish(&self, tx: &Write<'_>) -> Result<()> {
        if self.end(tx, "done", None).await? {
            self.finished.store(true, Ordering::Relaxed);
            Ok(())
        } else {
            Err(anyhow!("the job was taken over by another worker").into())
        }
    }

    pub(super) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    /// Holds on for one more lease; false when another has taken the job.
    pub(super) async fn renew(&self, app: &AppState) -> Result<bool> {
        let tx = app.write_as_system().await?;
        let until = tx.at() + LEASE;
        let held = self.update(&tx, "leased_until = $3", [until.0.into()]).await?;
        tx.commit().await?;
        Ok(held)
    }

    /// Notes that the job is done; false when another has taken it.
    pub(super) async fn done(&self, app: &AppState) -> Result<bool> {
        let tx = app.write_as_system().await?;
        let held = self.end(&tx, "done", None).await?;
        tx.commit().await?;
        Ok(held)
    }

    /// Puts the job back for a later attempt, or, after too many, buries it; false when another has
    /// taken it.
    pub(super) async fn failed(&self, app: &AppState, error: &str) -> Result<bool> {
        let tx = app.write_as_system().await?;
        let error: String = error.chars().take(LONGEST_ERROR).collect();
        let held = if self.is_last_attempt() {
            self.end(&tx, "dead", Some(error)).await?
        } else {
            let run_at = tx.at() + pause(self.id, self.attempts);
            self.update(
                &tx,
                "run_at = $3, last_error = $4, lease = NULL, leased_until = NULL",
                [run_at.0.into(), error.into()],
            )
            .await?
        };
        tx.commit().await?;
        Ok(held)
    }

    /// Whether a failure now is the end of it.
    pub(super) fn is_last_attempt(&self) -> bool {
        self.attempts >= MOST_ATTEMPTS
    }

    /// What is done keeps no payload (addresses, links), and every end frees the unique key.
    async fn end(&self, tx: &Write<'_>, state: &str, error: Option<String>) -> Result<bool> {
        self.update(
            tx,
            "state = $3, finished_at = $4, last_error = $5, payload = CASE WHEN $3 = 'done' THEN '' ELSE payload END, \
             unique_key = NULL, lease = NULL, leased_until = NULL",
            [state.into(), tx.at().0.into(), error.into()],
        )
        .await
    }

    async fn update<const N: usize>(&self, tx: &Write<'_>, changes: &str, values: [Value; N]) -> Result<bool> {
        let held = [self.id.into(), self.lease.into()];
        let changed = tx
            .execute_raw(Statement::from_sql_and_values(
                tx.get_database_backend(),
                format!("UPDATE job SET {changes} WHERE id = $1 AND lease = $2 AND state = 'ready'"),
                held.into_iter().chain(values),
            ))
            .await?;
        Ok(changed.rows_affected() == 1)
    }
}

/// How long to wait after the `attempts`-th failure: 10 s, doubled each time up to 6 h, a quarter
/// more or less by the job's id, so that jobs that failed together do not come back together.
pub(super) fn pause(id: Uuid, attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(12);
    let seconds = (10 * 2i64.pow(doublings)).min(6 * 3600);
    // The last bytes of an id are random.
    let [.., a, b] = id.into_bytes();
    let thousandths = 750 + i64::from(u16::from_be_bytes([a, b])) * 500 / i64::from(u16::MAX);
    TimeDelta::milliseconds(seconds * thousandths)
}
