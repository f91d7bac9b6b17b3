//! Restoring a backup into an empty database of either kind.

use crate::{
    backup::{
        FORMAT, Manifest, Table,
        archive::{self, Found},
        columns::{self, Column},
        seal,
    },
    db::Database,
    file::Storage,
};
use anyhow::{Context, Result, ensure};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use serde_json::Value as Json;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// At most so many values in one statement.
const VALUES: usize = 2000;

/// Checks the archive, byte for byte, and puts everything into the database, which must be empty,
/// and the store of files. Either all rows are there in the end or none.
pub async fn restore(database: &Database, files: &Storage, from: &Path) -> Result<()> {
    let archive = File::open(from).with_context(|| format!("open {}", from.display()))?;
    seal::check(&archive)?;
    let entries = archive::entries(&archive)?;
    let entry = |name: &str| {
        entries.iter().find(|entry| entry.name == name).with_context(|| format!("find {name} in the archive"))
    };
    let manifest: Manifest =
        serde_json::from_slice(&entry("manifest.json")?.read(&archive)?).context("read the manifest")?;
    ensure!(manifest.format == FORMAT, "the archive was made by a later version of the program");
    prepare(database, &manifest.migrations).await?;

    for stored in entries.iter().filter_map(|entry| entry.name.strip_prefix("files/").map(|name| (name, entry))) {
        files.write(stored.0, stored.1.read(&archive)?).await?;
    }
    let tx = database.begin().await?;
    let present = columns::tables(&tx).await?;
    unbind(&tx).await?;
    for (name, table) in &manifest.tables {
        let columns = present.get(name).with_context(|| format!("find the table {name}"))?;
        let entry = entry(&format!("tables/{name}.jsonl"))?;
        rows(&tx, name, table, columns, entry, &archive).await.with_context(|| format!("fill the table {name}"))?;
    }
    bind(&tx).await.context("check that rows refer to rows that are there")?;
    tx.commit().await?;
    Migrator::up(database.writer(), None).await.context("bring the tables up to date")
}

/// Brings the tables to the state that the archive was made in; they must have no rows.
async fn prepare(database: &Database, wanted: &[String]) -> Result<()> {
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    ensure!(known.starts_with(wanted), "the archive was made by a later version of the program");
    let ran = Migrator::get_applied_migrations(database.writer()).await?.len();
    ensure!(ran <= wanted.len(), "the database is newer than the archive; give an empty one");
    Migrator::up(database.writer(), Some(u32::try_from(wanted.len() - ran)?)).await.context("make the tables")?;
    let tx = database.snapshot().await?;
    for table in columns::tables(&tx).await?.keys() {
        let row = tx
            .query_one_raw(Statement::from_string(
                tx.get_database_backend(),
                format!("SELECT 1 AS one FROM \"{table}\" LIMIT 1"),
            ))
            .await?;
        ensure!(row.is_none(), "the database is not empty: there are rows in {table}");
    }
    Ok(())
}

async fn rows(
    tx: &DatabaseTransaction,
    name: &str,
    table: &Table,
    present: &[Column],
    entry: &Found,
    archive: &File,
) -> Result<()> {
    let columns: Vec<&Column> = table
        .columns
        .iter()
        .map(|column| {
            present
                .iter()
                .find(|candidate| candidate.name == column.name)
                .with_context(|| format!("find the column {}", column.name))
        })
        .collect::<Result<_>>()?;
    let mut batch: Vec<Value> = Vec::new();
    let mut count = 0;
    for line in BufReader::new(entry.open(archive)?).lines() {
        let values: Vec<Json> = serde_json::from_str(&line?).context("read a row")?;
        ensure!(values.len() == columns.len(), "a row has {} values", values.len());
        for (column, value) in columns.iter().zip(values) {
            batch.push(column.kind.value(value).with_context(|| column.name.clone())?);
        }
        count += 1;
        if batch.len() + columns.len() > VALUES {
            insert(tx, name, &columns, std::mem::take(&mut batch)).await?;
        }
    }
    insert(tx, name, &columns, batch).await?;
    ensure!(count == table.rows, "{count} rows instead of {}", table.rows);
    Ok(())
}

async fn insert(tx: &DatabaseTransaction, table: &str, columns: &[&Column], values: Vec<Value>) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
    let rows: Vec<String> = places.chunks(columns.len()).map(|row| format!("({})", row.join(", "))).collect();
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES {}", names.join(", "), rows.join(", "));
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Lets rows come in any order, until [`bind`].
async fn unbind(tx: &DatabaseTransaction) -> Result<()> {
    match tx.get_database_backend() {
        DbBackend::Postgres => {
            references(tx, "DEFERRABLE INITIALLY DEFERRED").await?;
            tx.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        }
        _ => {
            tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
        }
    }
    Ok(())
}

/// Checks every reference, and goes on numbering after what is there. SQLite does so by itself.
async fn bind(tx: &DatabaseTransaction) -> Result<()> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    tx.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE").await?;
    references(tx, "NOT DEFERRABLE").await?;
    let sql = "SELECT CAST(table_name AS text) AS t, CAST(column_name AS text) AS c FROM information_schema.columns \
               WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'";
    for row in tx.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await? {
        let (table, column): (String, String) = (row.try_get("", "t")?, row.try_get("", "c")?);
        tx.execute_unprepared(&format!("SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), (SELECT coalesce(max(\"{column}\"), 0) + 1 FROM \"{table}\"), false)")).await?;
    }
    Ok(())
}

async fn references(tx: &DatabaseTransaction, how: &str) -> Result<()> {
    let sql = "SELECT CAST(conrelid::regclass AS text) AS t, CAST(conname AS text) AS c FROM pg_constraint \
               WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";
    for row in tx.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await? {
        let (table, constraint): (String, String) = (row.try_get("", "t")?, row.try_get("", "c")?);
        tx.execute_unprepared(&format!("ALTER TABLE {table} ALTER CONSTRAINT \"{constraint}\" {how}")).await?;
    }
    Ok(())
}
