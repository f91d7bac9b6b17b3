//! Following the log: what was committed here or by another replica reaches this process's streams
//! and its memory of sessions.

use crate::{change::batch, events, http::error::Result, state::AppState};
use actix_web::{rt, web::Data};
use sea_orm::DbBackend;
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
    time,
};

/// How long something can lie unheard: a command wrote it, or the channel is down.
const POLL: Duration = Duration::from_secs(1);

/// How many entries are read and told at once.
const AT_ONCE: u64 = 500;

/// Follows the log until it is stopped.
#[derive(Debug)]
pub struct Follower {
    tasks: Vec<JoinHandle<()>>,
}

impl Follower {
    /// Begins to follow from the present end of the log. Also ends all streams when the process is
    /// told to stop, since the server waits for open connections.
    pub async fn start(app: Data<AppState>) -> Result<Self> {
        let last = events::last(app.db.read()).await?;
        let (hears, heard) = watch::channel(Heard { up: app.db.backend() != DbBackend::Postgres, times: 0 });
        // Until the channel is up, what other replicas change is not heard of.
        app.sessions.set_deaf(!heard.borrow().up);
        let mut tasks = vec![rt::spawn(follow(app.clone(), last, heard)), rt::spawn(stop_when_told(app.clone()))];
        if app.db.backend() == DbBackend::Postgres {
            tasks.push(rt::spawn(listen(app, hears)));
        }
        Ok(Self { tasks })
    }

    /// Stops following.
    pub fn stop(self) {
        for task in self.tasks {
            task.abort();
        }
    }
}

/// What was heard from other replicas.
#[derive(Debug, Clone, Copy)]
struct Heard {
    /// Whether the channel is open.
    up: bool,
    times: u64,
}

async fn follow(app: Data<AppState>, mut last: i64, mut heard: watch::Receiver<Heard>) {
    loop {
        // Seen before reading: what is heard while reading is read the next time.
        let up = heard.borrow_and_update().up;
        if !up {
            app.sessions.set_deaf(true);
        }
        match read(&app, &mut last).await {
            Ok(()) => app.sessions.set_deaf(!up),
            Err(error) => {
                tracing::warn!(%error, "the log could not be read");
                app.sessions.set_deaf(true);
                time::sleep(POLL).await;
                continue;
            }
        }
        tokio::select! {
            () = app.live.committed() => {}
            Ok(()) = heard.changed() => {}
            () = time::sleep(POLL) => {}
        }
    }
}

/// Reads and tells everything that is new.
async fn read(app: &AppState, last: &mut i64) -> Result<()> {
    loop {
        let events = events::after(app.db.read(), *last, None, AT_ONCE).await?;
        for account in events.iter().filter_map(|event| event.account_id) {
            app.sessions.forget(account);
        }
        let is_all = u64::try_from(events.len()).unwrap_or_default() < AT_ONCE;
        let batch = batch::resolve(app.db.read(), events).await?;
        if let Some(number) = batch.last() {
            *last = number;
            app.live.tell(batch);
        }
        if is_all {
            return Ok(());
        }
    }
}

/// Listens to what other replicas commit. Never ends; after an interruption the log is read from
/// the last number, so nothing is missed.
async fn listen(app: Data<AppState>, hears: watch::Sender<Heard>) {
    loop {
        if let Err(error) = hear(&app, &hears).await {
            tracing::warn!(%error, "the channel of events is down");
        }
        hears.send_modify(|heard| heard.up = false);
        time::sleep(POLL).await;
    }
}

async fn hear(app: &AppState, hears: &watch::Sender<Heard>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(app.db.read().get_postgres_connection_pool()).await?;
    listener.listen("spilno_event").await?;
    hears.send_modify(|heard| heard.up = true);
    // Nothing means that the connection was lost, and with it perhaps a word.
    while listener.try_recv().await?.is_some() {
        hears.send_modify(|heard| heard.times += 1);
    }
    Ok(())
}

async fn stop_when_told(app: Data<AppState>) {
    match signal(SignalKind::terminate()) {
        Ok(mut told) => {
            told.recv().await;
            app.live.stop();
        }
        Err(error) => tracing::warn!(%error, "streams will not end before the server does"),
    }
}
