//! The refresh cookie `__Host-spilno`: a session, its generation, and an HMAC over both.
//!
//! A value follows from session and generation alone, so the direct predecessor can be given the
//! same successor however often it asks.

use crate::{
    auth::{
        keys::Keys,
        session::{self, Actor},
    },
    http::error::Result,
    state::AppState,
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sea_orm::{FromQueryResult, Statement};
use shared::{
    ids::{AccountId, SessionId},
    time::Timestamp,
};
use std::sync::Arc;
use uuid::Uuid;

/// Its name; browsers take `__Host-` only with `Secure`, from this very host, for all its paths.
pub const NAME: &str = "__Host-spilno";

/// How long the direct predecessor of a generation is still good: several tabs ask at once.
pub const GRACE: TimeDelta = TimeDelta::seconds(10);

/// A cookie whose HMAC is ours; whether its session is still open is another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    pub session: SessionId,
    pub generation: i64,
}

impl Presented {
    /// What the request carries, if it is one of ours.
    pub fn of(req: &HttpRequest, keys: &Keys) -> Option<Self> {
        Self::parse(keys, req.cookie(NAME)?.value())
    }

    fn parse(keys: &Keys, value: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (said, tag) = bytes.split_at_checked(24)?;
        hmac::verify(&keys.cookie, said, tag).ok()?;
        let (session, generation) = said.split_at_checked(16)?;
        Some(Self {
            session: SessionId(Uuid::from_slice(session).ok()?),
            generation: i64::from_be_bytes(generation.try_into().ok()?),
        })
    }

    /// The cookie's value.
    pub fn value(&self, keys: &Keys) -> String {
        let mut bytes = [self.session.0.as_bytes().as_slice(), &self.generation.to_be_bytes()].concat();
        let tag = hmac::sign(&keys.cookie, &bytes);
        bytes.extend_from_slice(tag.as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Whether it is the present generation, or its direct predecessor and not yet for long.
    pub fn is_good(&self, present: i64, since: Timestamp, now: Timestamp) -> bool {
        self.generation == present || (self.generation + 1 == present && now.since(since) <= GRACE)
    }

    /// The cookie that the browser is to keep until `end`.
    pub fn cookie(&self, keys: &Keys, now: Timestamp, end: Timestamp) -> Cookie<'static> {
        with_life(self.value(keys), end.since(now).num_seconds())
    }
}

/// Makes the browser forget.
pub fn forgotten() -> Cookie<'static> {
    with_life(String::new(), 0)
}

fn with_life(value: String, seconds: i64) -> Cookie<'static> {
    Cookie::build(NAME, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// Whether the cookie signs in to this address: what the browser itself fetches, read-only.
pub fn signs_in(method: &str, path: &str) -> bool {
    method == "GET" && (path == "/api/v1/stream" || path.starts_with("/api/v1/files/"))
}

#[derive(Debug, FromQueryResult)]
struct Row {
    account_id: AccountId,
    generation: i64,
    refreshed_at: Timestamp,
}

/// The person whose cookie the request carries, without rotating it.
pub async fn actor(app: &AppState, req: &HttpRequest) -> Result<Option<Arc<Actor>>> {
    let Some(presented) = Presented::of(req, &app.keys) else { return Ok(None) };
    let db = app.db.read();
    let row = Row::find_by_statement(Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT account_id, generation, refreshed_at FROM session WHERE id = $1 AND ended_at IS NULL",
        [presented.session.0.into()],
    ))
    .one(db)
    .await?;
    match row {
        Some(row) if presented.is_good(row.generation, row.refreshed_at, app.clock.now()) => {
            session::actor(app, row.account_id, presented.session).await
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_read_back_and_no_byte_of_it_can_be_changed() {
        let keys = Keys::derive(&[1; 32]).unwrap();
        let presented = Presented { session: SessionId(Uuid::from_u128(7)), generation: 41 };
        let value = presented.value(&keys);

        assert_eq!(Presented::parse(&keys, &value), Some(presented));
        assert_eq!(Presented::parse(&Keys::derive(&[2; 32]).unwrap(), &value), None);
        for at in 0..value.len() {
            let mut changed: Vec<char> = value.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed: String = changed.into_iter().collect();
            assert_eq!(Presented::parse(&keys, &changed), None, "{changed}");
        }
        assert_eq!(Presented::parse(&keys, ""), None);
    }

    #[test]
    fn only_the_direct_predecessor_is_forgiven_and_not_for_long() {
        let of = |generation| Presented { session: SessionId(Uuid::nil()), generation };
        let (since, soon, late) = (Timestamp(0), Timestamp(10_000), Timestamp(10_001));

        assert!(of(5).is_good(5, since, late));
        assert!(of(4).is_good(5, since, soon));
        assert!(!of(4).is_good(5, since, late));
        assert!(!of(3).is_good(5, since, soon));
        assert!(!of(6).is_good(5, since, soon));
    }
}
