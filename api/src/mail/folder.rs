//! Mails as `.eml` files: how they leave where there is no mail server, and how they are read again.

use anyhow::{Context, Result};
use mail_parser::MessageParser;
use shared::time::Timestamp;
use std::path::Path;
use uuid::Uuid;

/// A mail that was written to the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: Uuid,
    pub at: Timestamp,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Writes a message under its id: whole or not at all, and over an earlier attempt.
pub(super) async fn write(dir: &Path, id: Uuid, message: &[u8]) -> Result<()> {
    tokio::fs::create_dir_all(dir).await.context("make the folder of mails")?;
    let (beside, file) = (dir.join(format!("{id}.part")), dir.join(format!("{id}.eml")));
    tokio::fs::write(&beside, message).await.context("write a mail")?;
    tokio::fs::rename(&beside, &file).await.context("put a mail in its place")
}

/// The latest mails, newest first; none when the folder is not there.
pub fn latest(dir: &Path, most: usize) -> Result<Vec<Written>> {
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let mut ids = Vec::new();
    for entry in std::fs::read_dir(dir).context("look into the folder of mails")? {
        let name = entry.context("look into the folder of mails")?.file_name();
        ids.extend(name.to_str().and_then(|name| name.strip_suffix(".eml")).and_then(|id| id.parse::<Uuid>().ok()));
    }
    // Ids begin with their moment.
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(most);
    ids.into_iter().filter_map(|id| read(dir, id).transpose()).collect()
}

/// One mail; nothing when it is not there or is none of ours.
pub fn read(dir: &Path, id: Uuid) -> Result<Option<Written>> {
    let file = dir.join(format!("{id}.eml"));
    if !file.exists() {
        return Ok(None);
    }
    let bytes = std::fs::read(&file).context("read a mail")?;
    let parser = MessageParser::default();
    let Some(message) = parser.parse(&bytes) else { return Ok(None) };
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
    Ok(Some(Written {
        id,
        at: Timestamp(message.date().map(|date| date.to_timestamp() * 1000).unwrap_or_default()),
        to: to.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
    }))
}
