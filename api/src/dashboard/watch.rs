//! Counting in the write that changes what is counted.

use crate::{
    dashboard::{
        count,
        figure::{Key, Tally},
    },
    db::{Sql, Write},
    http::error::Result,
};
use shared::ids::IssueId;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The issues that a write changes, each with what it counted for before.
#[derive(Debug, Default)]
pub struct Watched(Mutex<BTreeMap<IssueId, Tally>>);

impl Watched {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<IssueId, Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// To be called before an issue, or a task, offer or commitment of it, is changed, with the issue's
/// row locked. Once in a write is enough, and more does not harm.
pub(crate) async fn watch(tx: &Write<'_>, issue: IssueId) -> Result<()> {
    if tx.watched().lock().contains_key(&issue) {
        return Ok(());
    }
    let before = count::of_issue(tx, issue).await?;
    if let Entry::Vacant(place) = tx.watched().lock().entry(issue) {
        place.insert(before);
    }
    Ok(())
}

/// The same for an issue that this write has made.
pub(crate) fn watch_new(tx: &Write<'_>, issue: IssueId) {
    tx.watched().lock().entry(issue).or_default();
}

/// Counts anew what the write has changed. Rows are written in the order of their keys, over all
/// issues, so that two writes never wait for each other.
pub(crate) async fn settle(tx: &Write<'_>) -> Result<()> {
    let watched = std::mem::take(&mut *tx.watched().lock());
    let mut difference = Tally::default();
    for (issue, before) in watched {
        difference.add(&count::of_issue(tx, issue).await?, 1);
        difference.add(&before, -1);
    }
    let changed: Vec<(Key, i64)> = difference.0.into_iter().filter(|(_, count)| *count != 0).collect();
    for rows in changed.chunks(MOST) {
        add(tx, rows).await?;
    }
    Ok(())
}

/// More rows go into more statements.
const MOST: usize = 500;

async fn add(tx: &Write<'_>, rows: &[(Key, i64)]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO rollup (community_id, figure, subject, day, bucket, count) VALUES ");
    for (at, (key, count)) in rows.iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" }).bind(key.community).push(", ").bind(key.figure).push(", ");
        sql.bind(key.subject.as_str()).push(", ").bind(key.day).push(", ").bind(key.bucket).push(", ");
        sql.bind(*count).push(")");
    }
    sql.push(
        " ON CONFLICT (community_id, figure, subject, day, bucket) DO UPDATE SET count = rollup.count + excluded.count",
    );
    sql.run(&**tx).await?;
    Ok(())
}
