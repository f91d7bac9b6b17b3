//! The database: SQLite by default, PostgreSQL by configuration, one code for both.

mod connect;
pub mod sql;
mod write;

pub use connect::{connect, migrate, pending_migrations};
pub use write::Write;

use sea_orm::{DatabaseConnection, DbBackend};

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

    /// Closes every connection; on SQLite this also empties the write-ahead log into the file.
    pub async fn close(self) {
        for pool in [self.read, self.write] {
            if let Err(error) = pool.close().await {
                tracing::warn!(%error, "a connection did not close");
            }
        }
    }
}
