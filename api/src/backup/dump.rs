//! Taking a backup: one unchanging view of the database, then the files, while the server goes on.

use crate::{
    backup::{
        FORMAT, Manifest, Table,
        archive::{Entry, Writer},
        columns::{self, Column},
        seal,
    },
    db::Database,
    file::Storage,
};
use anyhow::{Context, Result, bail};
use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, StreamTrait};
use shared::time::Timestamp;
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};

/// Writes a backup to the file, or into the folder under a name of the moment, and tells where.
/// Never writes over a file.
pub async fn backup(database: &Database, store: &Storage, at: Timestamp, to: &Path) -> Result<PathBuf> {
    let to = if to.is_dir() {
        to.join(format!("spilno-{}.tar", at.to_utc().format("%Y-%m-%dT%H-%M-%SZ")))
    } else {
        to.to_owned()
    };
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    let mut unfinished = to.clone().into_os_string();
    unfinished.push(".part");
    let unfinished = PathBuf::from(unfinished);
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&unfinished)
        .with_context(|| format!("write {}", unfinished.display()))?;
    let mut archive = Writer::new(file);
    let (migrations, tables) = tables(database, &mut archive).await?;
    // Files are never changed, so those of a moment later hold all that the rows speak of.
    let files = files(store, &mut archive).await?;
    let manifest = Manifest { format: FORMAT, made_at: at, migrations, tables, files };
    archive.add("manifest.json", &serde_json::to_vec_pretty(&manifest)?)?;
    seal::seal(&archive.into_file()?)?;
    std::fs::rename(&unfinished, &to).with_context(|| format!("put {} in its place", to.display()))?;
    Ok(to)
}

async fn tables(database: &Database, archive: &mut Writer) -> Result<(Vec<String>, BTreeMap<String, Table>)> {
    let snapshot = database.snapshot().await?;
    let ran = Statement::from_string(database.backend(), "SELECT version FROM seaql_migrations ORDER BY version");
    let ran = snapshot.query_all_raw(ran).await.context("ask which changes have run; is this a database of Spilno?")?;
    let migrations = ran.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?;
    let mut tables = BTreeMap::new();
    for (name, columns) in columns::tables(&snapshot).await? {
        let mut entry = archive.entry(&format!("tables/{name}.jsonl"))?;
        let rows = rows(&snapshot, database.backend(), &name, &columns, &mut entry)
            .await
            .with_context(|| format!("read the table {name}"))?;
        entry.end()?;
        tables.insert(name, Table { columns, rows });
    }
    Ok((migrations, tables))
}

async fn rows(
    snapshot: &DatabaseTransaction,
    backend: DbBackend,
    table: &str,
    columns: &[Column],
    entry: &mut Entry<'_>,
) -> Result<u64> {
    let values: Vec<String> =
        columns.iter().map(|column| column.kind.expression(&format!("\"{}\"", column.name), backend)).collect();
    let array = if backend == DbBackend::Postgres { "json_build_array" } else { "json_array" };
    let sql = format!("SELECT CAST({array}({}) AS text) AS line FROM \"{table}\"", values.join(", "));
    let mut stream = snapshot.stream_raw(Statement::from_string(backend, sql)).await?;
    let mut rows = 0;
    while let Some(row) = stream.try_next().await? {
        let line: String = row.try_get("", "line")?;
        entry.write(line.as_bytes())?;
        entry.write(b"\n")?;
        rows += 1;
    }
    Ok(rows)
}

async fn files(store: &Storage, archive: &mut Writer) -> Result<u64> {
    let mut files = 0;
    for name in store.names().await? {
        // One that was deleted since is of no row any more.
        if let Some(content) = store.read(&name).await? {
            archive.add(&format!("files/{name}"), &content)?;
            files += 1;
        }
    }
    Ok(files)
}
