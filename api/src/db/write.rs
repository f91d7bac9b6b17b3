//! The one way to change something: a transaction that ends with its events.

use crate::{
    auth::session::Caller,
    dashboard::{self, Watched},
    events::{self, NewEvent},
    http::{answer::Answer, error::Result, idempotency::Held},
    state::AppState,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use serde::Serialize;
use shared::time::Timestamp;
use std::{
    ops::Deref,
    sync::atomic::{AtomicBool, Ordering},
};

/// A write transaction: immediate on SQLite, so that it never fails for having read first.
///
/// Use it as a connection; [`record`](Write::record) what happened; end it with
/// [`answer`](Write::answer) or [`commit`](Write::commit). Dropped, it changes nothing.
#[derive(Debug)]
pub struct Write<'a> {
    app: &'a AppState,
    tx: DatabaseTransaction,
    held: Option<Held>,
    events: Vec<NewEvent>,
    /// What is counted anew at the end.
    watched: Watched,
    /// Whether jobs were put, so that a worker is woken at the end.
    jobs: AtomicBool,
    at: Timestamp,
}

impl AppState {
    /// Begins a write for a caller's request; honours its `Idempotency-Key`.
    pub async fn write(&self, caller: &Caller) -> Result<Write<'_>> {
        let mut write = self.write_as_system().await?;
        write.held = Held::take(&write.tx, caller, write.at).await?;
        Ok(write)
    }

    /// Begins a write for a request whose answer carries a secret, and so is never stored.
    pub async fn write_secretly(&self) -> Result<Write<'_>> {
        self.write_as_system().await
    }

    /// Begins a write that no request asked for: jobs, commands.
    pub async fn write_as_system(&self) -> Result<Write<'_>> {
        let tx = begin(&self.db.write).await?;
        Ok(Write {
            app: self,
            tx,
            held: None,
            events: Vec::new(),
            watched: Watched::default(),
            jobs: AtomicBool::new(false),
            at: self.clock.now(),
        })
    }
}

pub(super) async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction> {
    let mode = (connection.get_database_backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
    Ok(connection
        .begin_with_options(TransactionOptions { sqlite_transaction_mode: mode, ..Default::default() })
        .await?)
}

impl Write<'_> {
    /// The moment of this write; everything it stores is of this moment.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// A new id of this moment.
    pub fn id(&self) -> uuid::Uuid {
        self.app.clock.id()
    }

    /// The server's parts.
    pub fn app(&self) -> &AppState {
        self.app
    }

    /// Notes what happened; it is appended to the log when the write ends.
    pub fn record(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Notes that there is a job, for whoever waits for one.
    pub(crate) fn wake_worker(&self) {
        self.jobs.store(true, Ordering::Relaxed);
    }

    /// The issues whose figures are counted anew at the end.
    pub(crate) fn watched(&self) -> &Watched {
        &self.watched
    }

    /// Ends the write, and keeps the answer for a repetition of the same request.
    pub async fn answer<T: Serialize>(self, answer: Answer<T>) -> Result<Answer<T>> {
        if let Some(held) = &self.held {
            held.store(&self.tx, &answer).await?;
        }
        self.commit().await?;
        Ok(answer)
    }

    /// Ends the write. Events are its last statements, so that their order is commit order.
    pub async fn commit(self) -> Result<()> {
        dashboard::settle(&self).await?;
        let wakes = self.jobs.load(Ordering::Relaxed);
        if wakes && self.tx.get_database_backend() == DbBackend::Postgres {
            self.tx.execute_unprepared("NOTIFY spilno_job").await?;
        }
        if !self.events.is_empty() && self.tx.get_database_backend() == DbBackend::Postgres {
            self.tx.execute_unprepared("NOTIFY spilno_event").await?;
        }
        let appended = events::append(&self.tx, self.at, &self.events).await?;
        self.tx.commit().await?;
        self.app.announce(&appended);
        if wakes {
            self.app.jobs_put.notify_one();
        }
        Ok(())
    }
}

impl Deref for Write<'_> {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}
