//! Opening the database, and bringing its tables up to date.

use crate::db::Database;
use anyhow::{Context, Result};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, Database as SeaOrm, DatabaseConnection};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::{path::Path, time::Duration};

/// How long a request waits for a connection before it is refused as too many.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the database at `url`: `sqlite:<path>` or `postgres://…`. A SQLite file is made when it
/// is not there.
pub async fn connect(url: &str) -> Result<Database> {
    if url.starts_with("sqlite:") {
        if let Some(folder) = Path::new(url.trim_start_matches("sqlite:").trim_start_matches("//")).parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
        }
        let write = open(sqlite(url, 1)).await?;
        let read = open(sqlite(url, 8)).await?;
        Ok(Database { read, write })
    } else {
        let pool = open(postgres(url)).await?;
        Ok(Database { read: pool.clone(), write: pool })
    }
}

async fn open(options: ConnectOptions) -> Result<DatabaseConnection> {
    SeaOrm::connect(options).await.context("open the database")
}

fn common(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options
}

/// WAL, and every commit on disk before it is acknowledged (promise R1).
fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = common(url, connections);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", "-32000")
            .optimize_on_close(true, 400)
    });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = common(url, 20);
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.application_name("spilno").options([("statement_timeout", "30000")])
    });
    options
}

/// Runs every migration that has not run.
pub async fn migrate(database: &Database) -> Result<()> {
    Migrator::up(&database.write, None).await.context("bring the tables up to date")
}

/// The names of migrations that have not run; needs no right to change tables.
pub async fn pending_migrations(database: &Database) -> Result<Vec<String>> {
    let pending = Migrator::get_pending_migrations(&database.read).await.context("ask which migrations have run")?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}
