//! How often somebody may try: bursts of one client in this process's memory, and what costs others
//! something (sign-ins, mails, reports) in a table that all replicas count in.

use crate::{
    auth::{keys::Keys, session::Caller},
    db::Write,
    http::error::{Error, Result},
    state::AppState,
};
use anyhow::Context;
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use shared::{ids::CommunityId, permission::Permission, problem::Code, time::Timestamp};
use std::{net::IpAddr, num::NonZeroU32};

/// So many in each window, for each key.
#[derive(Debug)]
pub struct Limit {
    /// Names the count; never reused for another.
    pub name: &'static str,
    pub most: i64,
    pub window: TimeDelta,
}

/// Wrong passwords for one address.
pub const SIGN_INS_OF_ADDRESS: Limit = Limit { name: "sign_in_address", most: 10, window: TimeDelta::minutes(15) };
/// Wrong passwords from one client: a whole office may share an address.
pub const SIGN_INS_OF_CLIENT: Limit = Limit { name: "sign_in_client", most: 100, window: TimeDelta::minutes(15) };
/// Mails that strangers can have sent to one address.
pub const MAILS_TO_ADDRESS: Limit = Limit { name: "mail_address", most: 5, window: TimeDelta::hours(1) };
/// Mails that one client can have sent: a meeting where everybody signs up shares an address, too.
pub const MAILS_OF_CLIENT: Limit = Limit { name: "mail_client", most: 100, window: TimeDelta::hours(1) };
/// Files that one client can upload: forty people of one office, six photos each.
pub const UPLOADS_OF_CLIENT: Limit = Limit { name: "upload_client", most: 240, window: TimeDelta::hours(1) };

/// Invitations into organisations that are mailed to one address, and that one account sends.
pub const INVITATIONS_TO_ADDRESS: Limit = Limit { name: "invitation_address", most: 5, window: TimeDelta::hours(1) };
pub const INVITATIONS_OF_ACCOUNT: Limit = Limit { name: "invitation_account", most: 60, window: TimeDelta::hours(1) };
/// Organisations that one account registers: communities have to look at each.
pub const ORGANISATIONS_OF_ACCOUNT: Limit =
    Limit { name: "organisation_account", most: 10, window: TimeDelta::days(1) };
/// Reports of one account: somebody has to triage each.
pub const REPORTS_OF_ACCOUNT: Limit = Limit { name: "report_account", most: 30, window: TimeDelta::hours(1) };
/// Tasks that one account proposes or asks for and contributions it offers, together: each is a mail to somebody.
pub const WORK_OF_ACCOUNT: Limit = Limit { name: "work_account", most: 60, window: TimeDelta::hours(1) };
/// Comments of one account: followers are written to.
pub const COMMENTS_OF_ACCOUNT: Limit = Limit { name: "comment_account", most: 30, window: TimeDelta::minutes(10) };
/// Flags of one account, or of one client that is not signed in: somebody has to look at each.
pub const FLAGS: Limit = Limit { name: "flag", most: 60, window: TimeDelta::hours(1) };

/// Requests at once of one client before it is slowed down, and how many a second from then on.
const BURST: NonZeroU32 = NonZeroU32::new(200).unwrap();
const PACE: NonZeroU32 = NonZeroU32::new(5).unwrap();

/// More clients than this, and those that have rested are forgotten.
const MOST_CLIENTS: usize = 50_000;

/// The bursts of each client; what the process forgets when it stops.
#[derive(Debug)]
pub struct Bursts(RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>);

impl Default for Bursts {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(PACE).allow_burst(BURST)))
    }
}

impl Bursts {
    /// 429 for a client that hurries.
    pub fn check(&self, caller: &Caller) -> Result<()> {
        if self.0.len() > MOST_CLIENTS {
            self.0.retain_recent();
        }
        self.0.check_key(&client(caller)).map_err(|early| {
            let wait = early.wait_time_from(DefaultClock::default().now());
            Error::retry(Code::TooMany, wait.as_secs() + 1)
        })
    }
}

/// Who a client is to a limit: an IPv4 address, or the network of an IPv6 one, which one person has whole.
pub fn client(caller: &Caller) -> String {
    match caller.request().client {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => format!("{:x}", address.to_bits() >> 64),
        },
        None => "unknown".to_owned(),
    }
}

/// What was counted, to be given back when the attempt was a good one.
#[derive(Debug)]
#[must_use = "a good attempt is given back"]
pub struct Spent(Vec<(String, i64)>);

#[derive(Debug, FromQueryResult)]
struct Count {
    count: i64,
}

/// Counts one attempt under each limit for its key, in a transaction of its own, so that a failure
/// later does not undo it. 429 with the time to wait once a limit is passed; what is refused so does not
/// count itself, or good attempts at the same moment would close the door behind each other.
pub async fn spend(app: &AppState, counted: &[(&Limit, &str)]) -> Result<Spent> {
    let tx = app.write_as_system().await?;
    let mut spent = Vec::with_capacity(counted.len());
    let mut wait = 0;
    for (limit, key) in counted {
        let attempt = count(&tx, limit, key).await?;
        wait = wait.max(attempt.wait(limit, tx.at()));
        spent.push((attempt.bucket, attempt.slot));
    }
    let spent = Spent(spent);
    if wait == 0 {
        tx.commit().await?;
        return Ok(spent);
    }
    spent.give_back(&tx).await?;
    tx.commit().await?;
    Err(Error::retry(Code::TooMany, wait))
}

/// Counts what somebody does in the write that does it, so that what fails, or repeats a request, does
/// not count. 429 with the time to wait once the limit is passed. Who splits and offers work in the
/// community is not limited.
pub async fn allow(tx: &Write<'_>, caller: &Caller, community: CommunityId, limit: &Limit) -> Result<()> {
    let key = match caller.actor() {
        Some(actor) if actor.may_in(Permission::CoordinateTasks, community) => return Ok(()),
        Some(actor) => actor.account_id.to_string(),
        None => client(caller),
    };
    within(tx, limit, &key).await
}

/// The same for any key, whoever it is.
pub async fn within(tx: &Write<'_>, limit: &Limit, key: &str) -> Result<()> {
    match count(tx, limit, key).await?.wait(limit, tx.at()) {
        0 => Ok(()),
        wait => Err(Error::retry(Code::TooMany, wait)),
    }
}

/// An attempt as it was counted.
struct Attempt {
    bucket: String,
    slot: i64,
    count: i64,
}

impl Attempt {
    /// Seconds until the next window begins, when there were more than the limit in this one.
    fn wait(&self, limit: &Limit, now: Timestamp) -> u64 {
        if self.count <= limit.most {
            return 0;
        }
        (self.slot + limit.window.num_milliseconds() - now.0).unsigned_abs().div_ceil(1000)
    }
}

async fn count(tx: &Write<'_>, limit: &Limit, key: &str) -> Result<Attempt> {
    let slot = tx.at().0 - tx.at().0.rem_euclid(limit.window.num_milliseconds());
    let bucket = bucket(&tx.app().keys, limit.name, key);
    let counted = Count::find_by_statement(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO attempt (bucket, slot, count) VALUES ($1, $2, 1) \
         ON CONFLICT (bucket, slot) DO UPDATE SET count = attempt.count + 1 RETURNING count",
        [bucket.clone().into(), slot.into()],
    ))
    .one(&**tx)
    .await?
    .context("count an attempt")?;
    Ok(Attempt { bucket, slot, count: counted.count })
}

impl Spent {
    /// The attempt was a good one: it does not count.
    pub async fn give_back(self, tx: &Write<'_>) -> Result<()> {
        for (bucket, slot) in self.0 {
            tx.execute_raw(Statement::from_sql_and_values(
                tx.get_database_backend(),
                "UPDATE attempt SET count = count - 1 WHERE bucket = $1 AND slot = $2 AND count > 0",
                [bucket.into(), slot.into()],
            ))
            .await?;
        }
        Ok(())
    }

    /// The attempt counts, whatever came of it.
    pub fn keep(self) {}
}

/// The table does not say whose attempts it counts.
fn bucket(keys: &Keys, name: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(hmac::sign(&keys.general, format!("attempt\0{name}\0{key}").as_bytes()))
}
