//! Opening the database, and bringing its tables up to date.

use crate::db::Database;
use anyhow::{Context, Result};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, Database as SeaOrm, DatabaseConnection};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::{path::Path, time::Duration};

/// How long a request waits for a connection before it is refused as too many.
const PATIENCE: Duration = Duration::from_secs(2);
/// A connection to PostgreSQL that was idle for this long is asked whether it still lives.
const IDLE: Duration = Duration::from_secs(1);

/// Opens the database at `url`: `sqlite:<path>` or `postgres://…`. A SQLite file is made when it
/// is not there.
pub async fn connect(url: &str) -> Result<Database> {
    connect_as(url, SqliteSynchronous::Full).await
}

/// As [`connect`], but on SQLite no commit waits for the disk: for filling what counts only once it
/// is whole, and [`settle`] has seen to that.
pub async fn connect_hastily(url: &str) -> Result<Database> {
    connect_as(url, SqliteSynchronous::Off).await
}

/// Waits until a SQLite file that was filled hastily, and closed, is on the disk.
pub fn settle(url: &str) -> Result<()> {
    match sqlite_file(url) {
        Some(file) => std::fs::File::open(file).and_then(|file| file.sync_all()).context("wait for the disk"),
        None => Ok(()),
    }
}

async fn connect_as(url: &str, synchronous: SqliteSynchronous) -> Result<Database> {
    if let Some(file) = sqlite_file(url) {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
        }
        let write = open(sqlite(url, 1, synchronous)).await?;
        let read = open(sqlite(url, 8, synchronous)).await?;
        Ok(Database { read, write })
    } else {
        let pool = open(postgres(url)).await?;
        Ok(Database { read: pool.clone(), write: pool })
    }
}

/// The file that the address of a SQLite database names.
fn sqlite_file(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")))
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

/// WAL, and every commit on disk before it is acknowledged (promise R1), unless in haste.
fn sqlite(url: &str, connections: u32, synchronous: SqliteSynchronous) -> ConnectOptions {
    let mut options = common(url, connections);
    // A file does not go away while it is open: asking it before each query costs two changes of thread.
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", "-32000")
            .optimize_on_close(true, 400)
    });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = common(url, 20);
    options.test_before_acquire_if_idle_for(IDLE);
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
