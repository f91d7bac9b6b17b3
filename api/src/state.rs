//! What every handler has at hand.

use crate::{
    auth::{keys::Keys, limits::Bursts, password::Passwords, session::Sessions},
    change::Live,
    clock::Clock,
    config::Config,
    db::Database,
    events::Event,
    file::Storage,
    mail::Mailer,
};
use tokio::sync::Notify;

/// The server's parts, made once at start.
#[derive(Debug)]
pub struct AppState {
    pub config: Config,
    pub clock: Clock,
    pub db: Database,
    pub keys: Keys,
    pub files: Storage,
    pub mailer: Mailer,
    /// Who is signed in with which powers; a cache, cleared by events.
    pub sessions: Sessions,
    pub passwords: Passwords,
    /// How fast each client may ask.
    pub bursts: Bursts,
    /// Changes as they are committed, for open streams.
    pub live: Live,
    /// Wakes this process's worker when jobs were committed.
    pub jobs_put: Notify,
}

impl AppState {
    /// Fails when the settings name something that cannot work.
    pub fn new(config: Config, clock: Clock, db: Database, keys: Keys) -> anyhow::Result<Self> {
        let files = Storage::open(&config)?;
        let mailer = Mailer::new(&config)?;
        Ok(Self {
            config,
            clock,
            db,
            keys,
            files,
            mailer,
            sessions: Sessions::default(),
            passwords: Passwords::default(),
            bursts: Bursts::default(),
            live: Live::default(),
            jobs_put: Notify::new(),
        })
    }

    /// Tells the rest of the process what was committed.
    pub fn announce(&self, events: &[Event]) {
        for event in events {
            if let Some(account) = event.account_id {
                self.sessions.forget(account);
            }
        }
        if !events.is_empty() {
            self.live.wake();
        }
    }
}
