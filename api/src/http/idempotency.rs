//! Any POST repeated with its `Idempotency-Key` has one effect and one answer.
//!
//! The key's row is the transaction's first insert, so a parallel twin waits for the first to
//! commit (PostgreSQL: on the index, at most five seconds; SQLite: for the one writer).

use crate::{
    auth::session::Caller,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use anyhow::Context;
use aws_lc_rs::digest;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement};
use serde::Serialize;
use shared::{problem::Code, time::Timestamp};

/// Who has no account is known by the key alone: 22 characters of base64 are 132 random bits.
const UNGUESSABLE: usize = 22;

/// An answer that was given before.
#[derive(Debug, FromQueryResult)]
pub struct Stored {
    request: Vec<u8>,
    status: Option<i64>,
    headers: Option<String>,
    body: Option<String>,
}

impl Stored {
    /// The same answer again, marked as such.
    pub fn respond(&self) -> HttpResponse {
        let status = self
            .status
            .and_then(|status| u16::try_from(status).ok())
            .and_then(|status| StatusCode::from_u16(status).ok());
        let mut response = HttpResponse::build(status.unwrap_or(StatusCode::OK));
        if let Some(location) = &self.headers {
            response.insert_header((header::LOCATION, location.as_str()));
        }
        response
            .insert_header(("idempotency-replayed", "true"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/json")
            .body(self.body.clone().unwrap_or_default())
    }
}

/// The place held for one key while its request is carried out.
#[derive(Debug)]
pub struct Held {
    scope: String,
    key: String,
}

impl Held {
    /// Takes the key's place. [`Error::Replay`] when the request was answered before; 422 when the
    /// key was used for another request.
    pub async fn take(tx: &DatabaseTransaction, caller: &Caller, at: Timestamp) -> Result<Option<Held>> {
        let request = caller.request();
        let Some(key) = request.idempotency_key.clone().filter(|_| request.method == "POST") else { return Ok(None) };
        if caller.actor().is_none() && key.len() < UNGUESSABLE {
            return Err(Error::malformed("Idempotency-Key: without an account, at least 22 random characters"));
        }
        let scope = caller.actor().map(|actor| actor.account_id.to_string()).unwrap_or_default();
        let fingerprint =
            fingerprint(&request.path, request.acting_for.map(|id| id.to_string()), request.body_hash.get());
        let backend = tx.get_database_backend();
        if backend == DbBackend::Postgres {
            tx.execute_unprepared("SET LOCAL lock_timeout = '5s'").await?;
        }
        let inserted = tx
            .execute_raw(Statement::from_sql_and_values(
                backend,
                "INSERT INTO idempotency (scope, key, request, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                [scope.clone().into(), key.clone().into(), fingerprint.clone().into(), at.0.into()],
            ))
            .await
            .map_err(|error| if error.to_string().contains("lock timeout") { Error::retry(Code::InProgress, 1) } else { error.into() })?;
        if inserted.rows_affected() == 1 {
            return Ok(Some(Held { scope, key }));
        }
        let stored = Stored::find_by_statement(Statement::from_sql_and_values(
            backend,
            "SELECT request, status, headers, body FROM idempotency WHERE scope = $1 AND key = $2",
            [scope.into(), key.into()],
        ))
        .one(tx)
        .await?
        .context("find the request that holds the key")?;
        if stored.request != fingerprint {
            return Err(Error::of(Code::KeyReused));
        }
        if stored.status.is_none() {
            return Err(Error::retry(Code::InProgress, 1));
        }
        Err(Error::Replay(Box::new(stored)))
    }

    /// Keeps the answer beside the key.
    pub async fn store<T: Serialize>(&self, tx: &DatabaseTransaction, answer: &Answer<T>) -> Result<()> {
        let body = serde_json::to_string(answer.body()).context("write the answer as JSON")?;
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE idempotency SET status = $1, headers = $2, body = $3 WHERE scope = $4 AND key = $5",
            [
                i64::from(answer.status().as_u16()).into(),
                answer.location().map(str::to_owned).into(),
                body.into(),
                self.scope.clone().into(),
                self.key.clone().into(),
            ],
        ))
        .await?;
        Ok(())
    }
}

fn fingerprint(path: &str, acting_for: Option<String>, body: Option<[u8; 32]>) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(path.as_bytes());
    context.update(b"\0");
    context.update(acting_for.unwrap_or_default().as_bytes());
    context.update(&body.unwrap_or_default());
    context.finish().as_ref().to_vec()
}
