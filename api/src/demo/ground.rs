//! Whether there is room for the demo: an empty place, or what is left of one of its own.

use crate::{
    auth::password::PasswordHash,
    config::Config,
    db::{Database, sql},
    demo::{content, setup::MAIN},
};
use anyhow::{Context, Result, bail};
use sea_orm::FromQueryResult;
use shared::account::Email;
use std::{fs, path::Path};

/// What belongs to Spilno in a data folder.
const OURS: [&str; 6] = ["spilno.sqlite", "spilno.sqlite-wal", "spilno.sqlite-shm", "secret", "files", "mail"];

/// Refuses a data folder in which somebody keeps something else.
pub(super) fn look_around(config: &Config) -> Result<()> {
    if !config.data_dir.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(&config.data_dir).context("look into the data folder")? {
        let name = entry.context("look into the data folder")?.file_name();
        let name = name.to_string_lossy();
        if !OURS.contains(&name.as_ref()) && name != "lost+found" && !name.starts_with('.') {
            let folder = config.data_dir.display();
            bail!("there is other data in {folder} ({name}): the demo wants a place of its own");
        }
    }
    Ok(())
}

/// What a database holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Present {
    Nothing,
    Demo,
    /// A demo whose filling came to no end.
    CutShort,
    Other,
}

#[derive(Debug, FromQueryResult)]
struct Main {
    email: Option<Email>,
    password_hash: Option<PasswordHash>,
}

pub(super) async fn present(database: &Database) -> Result<Present> {
    let main = content::address(MAIN);
    let accounts: Vec<Main> = sql::all(
        database.read(),
        "SELECT email, password_hash FROM account WHERE email = $1 OR NOT EXISTS (SELECT 1 FROM account WHERE email = $1) LIMIT 1",
        [main.as_str().into()],
    )
    .await?;
    Ok(match accounts.first() {
        None => Present::Nothing,
        Some(account) if account.email.as_ref().is_none_or(|email| email.as_str() != main) => Present::Other,
        Some(account) if account.password_hash.is_some() => Present::Demo,
        Some(_) => Present::CutShort,
    })
}

/// Clears away what a fill that was cut short has left in a data folder of its own.
pub(super) fn clear(config: &Config) -> Result<()> {
    if config.database_url.is_some() || config.files_url.is_some() {
        bail!("filling {} was cut short: empty it, and start again", config.database_url());
    }
    for name in OURS.iter().filter(|name| **name != "secret") {
        remove(&config.data_dir.join(name)).with_context(|| format!("clear away {name}"))?;
    }
    Ok(())
}

fn remove(path: &Path) -> std::io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
