//! Appending to the log, as the last statements of a transaction.

use crate::{
    events::{Event, NewEvent},
    http::error::Result,
};
use aws_lc_rs::digest;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use shared::time::Timestamp;

/// Any number will do, as long as every writer takes the same.
const LOG_LOCK: i64 = 0x5b11;

#[derive(Debug, FromQueryResult)]
struct Last {
    seq: i64,
    hash: Vec<u8>,
}

/// Numbers and writes the events under the log's lock, so that no reader ever sees a number before
/// a smaller one. SQLite has one writer and needs no lock.
pub async fn append(tx: &DatabaseTransaction, at: Timestamp, events: &[NewEvent]) -> Result<Vec<Event>> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let backend = tx.get_database_backend();
    if backend == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOG_LOCK})")).await?;
    }
    let last = Last::find_by_statement(Statement::from_string(
        backend,
        "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1",
    ))
    .one(tx)
    .await?
    .unwrap_or(Last { seq: 0, hash: Vec::new() });
    let mut appended = Vec::with_capacity(events.len());
    let mut before = last.hash;
    for (event, seq) in events.iter().zip(last.seq + 1..) {
        let entry = Event {
            seq,
            at: event.at.unwrap_or(at),
            kind: event.kind,
            thing: event.thing,
            thing_id: event.id,
            community_id: event.community_id,
            issue_id: event.issue_id,
            organisation_id: event.organisation_id,
            account_id: event.account_id,
            actor_id: event.actor_id,
            acting_for: event.acting_for,
            data: event.data.to_string(),
        };
        let hash = entry.hash(&before);
        tx.execute_raw(Statement::from_sql_and_values(
            backend,
            "INSERT INTO event (seq, at, kind, thing, thing_id, community_id, issue_id, organisation_id, account_id, actor_id, acting_for, data, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            entry.values(hash.clone()),
        ))
        .await?;
        before = hash;
        appended.push(entry);
    }
    Ok(appended)
}

impl Event {
    /// SHA-256 over the hash of the entry before and every field of this one, each behind its length.
    pub fn hash(&self, before: &[u8]) -> Vec<u8> {
        let mut context = digest::Context::new(&digest::SHA256);
        let mut add = |bytes: &[u8]| {
            context.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(bytes);
        };
        add(before);
        add(&self.seq.to_be_bytes());
        add(&self.at.0.to_be_bytes());
        add(self.kind.as_str().as_bytes());
        add(self.thing.as_str().as_bytes());
        add(self.thing_id.as_bytes());
        for id in [
            self.community_id.map(|id| id.0),
            self.issue_id.map(|id| id.0),
            self.organisation_id.map(|id| id.0),
            self.account_id.map(|id| id.0),
            self.actor_id.map(|id| id.0),
            self.acting_for.map(|id| id.0),
        ] {
            add(id.map(|id| id.into_bytes()).as_ref().map_or(&[], |bytes| bytes.as_slice()));
        }
        add(self.data.as_bytes());
        context.finish().as_ref().to_vec()
    }

    fn values(&self, hash: Vec<u8>) -> Vec<Value> {
        vec![
            self.seq.into(),
            self.at.0.into(),
            self.kind.as_str().into(),
            self.thing.as_str().into(),
            self.thing_id.into(),
            self.community_id.map(|id| id.0).into(),
            self.issue_id.map(|id| id.0).into(),
            self.organisation_id.map(|id| id.0).into(),
            self.account_id.map(|id| id.0).into(),
            self.actor_id.map(|id| id.0).into(),
            self.acting_for.map(|id| id.0).into(),
            self.data.clone().into(),
            hash.into(),
        ]
    }
}
