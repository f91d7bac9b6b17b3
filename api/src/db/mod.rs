//! The database: SQLite by default, PostgreSQL by configuration, one code for both.

mod connect;
pub mod sql;
mod write;

pub use connect::{connect, connect_hastily, migrate, pending_migrations, settle};
pub use sql::Sql;
pub use write::Write;

use crate::http::error::Result;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, Statement,
    TransactionOptions, TransactionTrait,
};

/// Two ways in: any number of readers, and writers that go through [`Write`].
#[derive(Debug, Clone)]
pub struct Database {
    read: DatabaseConnection,
    /// On SQLite one connection, whose queue is the order of writes.
    write: DatabaseConnection,
}

impl Database {
    /// For queries outside a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Which of the two databases it is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Shows every statement to `watch`, for measuring. To be called before anybody else has a copy.
    pub fn on_statement(&mut self, watch: impl Fn(&Statement) + Clone + Send + Sync + 'static) {
        for connection in [&mut self.read, &mut self.write] {
            let watch = watch.clone();
            connection.set_metric_callback(move |info| watch(info.statement));
        }
    }

    /// The database as it is now, for a long read, while others write. Nothing can be written in it.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            ..Default::default()
        };
        let snapshot = self.read.begin_with_options(options).await?;
        if postgres {
            snapshot.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        }
        Ok(snapshot)
    }

    /// One transaction for a whole restored database; everything else writes through [`Write`].
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        write::begin(&self.write).await
    }

    /// For changes of the tables themselves.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Closes every connection; on SQLite this also empties the write-ahead log into the file.
    pub async fn close(self) {
        for pool in [self.read, self.write] {
            if let Err(error) = pool.close().await {
                tracing::warn!(%error, "a connection did not close");
            }
        }
    }
}
