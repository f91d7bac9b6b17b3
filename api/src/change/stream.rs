//! The log, listened to: Server-Sent Events.

use crate::{
    auth::{needs::Anyone, origin::SameOrigin, session::Caller},
    change::{Batch, batch, seats::Seat},
    community, events,
    http::{
        answer,
        error::{Error, Result},
    },
    state::AppState,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Bytes, Data, Query},
};
use futures_util::stream;
use shared::{
    change::{Change, WatchChanges},
    ids::CommunityId,
    problem::Code,
};
use std::{fmt::Write, sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    time,
};

/// How long a stream may be silent: proxies end what says nothing for a minute.
const SILENCE: Duration = Duration::from_secs(20);

/// After how many milliseconds a browser comes back to a stream that ended.
const RETRY: u32 = 2000;

/// How many entries of the log a stream that lies behind reads at once.
const AT_ONCE: u64 = 200;

/// Listen to what happens, as Server-Sent Events: each `data` is a change, each `id` its number.
///
/// Begins now, or after the number in `Last-Event-ID`, as browsers send it when they come back, or
/// in `since`. Signed in by the token, or read-only by the cookie; then it ends with the session.
#[utoipa::path(
    tag = "changes",
    params(WatchChanges, ("Last-Event-ID" = Option<i64>, Header)),
    responses((status = OK, body = Change, content_type = "text/event-stream")),
)]
#[get("/stream")]
pub(super) async fn watch_changes(
    anyone: Anyone,
    Query(watch): Query<WatchChanges>,
    req: HttpRequest,
    app: Data<AppState>,
) -> Result<HttpResponse> {
    let seat = app.live.seats.take(&anyone).ok_or_else(|| Error::retry(Code::TooMany, 30))?;
    let has = |name| req.headers().contains_key(name);
    let by_token = |value: &header::HeaderValue| value.as_bytes().starts_with(b"Bearer ");
    let by_cookie = anyone.actor().is_some() && !req.headers().get(header::AUTHORIZATION).is_some_and(by_token);
    // Old browsers say nothing of where a GET comes from; their cookie stays on this site all the same.
    if by_cookie && (has(header::HeaderName::from_static("sec-fetch-site")) || has(header::ORIGIN)) {
        SameOrigin::check(&req)?;
    }
    let last = match req.headers().get("last-event-id") {
        Some(last) => Some(
            last.to_str().ok().and_then(|last| last.parse().ok()).ok_or_else(|| Error::malformed("Last-Event-ID"))?,
        ),
        None => watch.since,
    };
    let community = match &watch.community {
        Some(slug) => Some(community::link_of_slug(app.db.read(), slug).await?.id),
        None => None,
    };
    // First of all to listen, then to ask where the log ends, so that nothing falls between.
    let (batches, stopping) = app.live.listen();
    let end = events::last(app.db.read()).await?;
    let at = last.map_or(end, |last| last.min(end));
    let caller = Caller::clone(&anyone);
    let (begun, behind, looked) = (false, last.is_some(), time::Instant::now());
    let open = Open { app, caller, community, at, begun, behind, batches, stopping, looked, _seat: seat };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, answer::VARY))
        // Proxies are not to keep it back.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(stream::unfold(open, |mut open| async move {
            match open.next().await {
                Ok(frames) => frames.map(|frames| (Ok::<_, Error>(Bytes::from(frames)), open)),
                // The reader comes back and goes on after the last number it got.
                Err(error) => {
                    tracing::warn!(%error, "a stream was ended");
                    None
                }
            }
        })))
}

/// A stream that somebody listens to.
struct Open {
    app: Data<AppState>,
    caller: Caller,
    community: Option<CommunityId>,
    /// The number up to which everything was told.
    at: i64,
    begun: bool,
    /// Whether the log is to be read before listening on.
    behind: bool,
    batches: broadcast::Receiver<Arc<Batch>>,
    stopping: watch::Receiver<bool>,
    /// When it was last looked who listens.
    looked: time::Instant,
    _seat: Seat,
}

impl Open {
    /// What is to be sent next; nothing when the stream is over.
    async fn next(&mut self) -> Result<Option<String>> {
        if !self.begun {
            self.begun = true;
            // The number alone, so that coming back goes on from here even if nothing happens.
            return Ok(Some(format!("retry: {RETRY}\nid: {}\n\n", self.at)));
        }
        loop {
            if *self.stopping.borrow() {
                return Ok(None);
            }
            let told = if self.behind { self.catch_up().await? } else { self.listen().await? };
            match told {
                None => return Ok(None),
                Some(frames) if frames.is_empty() => {}
                Some(frames) => return Ok(Some(frames)),
            }
        }
    }

    async fn catch_up(&mut self) -> Result<Option<String>> {
        // What ended the session may be an event that is not read here.
        if !self.is_signed_in_still().await? {
            return Ok(None);
        }
        let app = self.app.clone();
        let events = events::after(app.db.read(), self.at, self.community, AT_ONCE).await?;
        self.behind = u64::try_from(events.len()).unwrap_or_default() >= AT_ONCE;
        let batch = batch::resolve(app.db.read(), events).await?;
        self.tell(&batch).await
    }

    async fn listen(&mut self) -> Result<Option<String>> {
        tokio::select! {
            _ = self.stopping.changed() => Ok(None),
            batch = self.batches.recv() => match batch {
                Ok(batch) => self.tell(&batch).await,
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    self.behind = true;
                    Ok(Some(String::new()))
                }
                Err(broadcast::error::RecvError::Closed) => Ok(None),
            },
            () = time::sleep(SILENCE) => {
                Ok(self.is_signed_in_still().await?.then(|| format!(":\nid: {}\n\n", self.at)))
            }
        }
    }

    /// What a batch says to this reader; nothing when their session is over.
    async fn tell(&mut self, batch: &Batch) -> Result<Option<String>> {
        let concerned = self.caller.actor().is_some_and(|actor| batch.concerns(actor.account_id));
        // Sessions also end by time alone, which no event tells.
        let due = self.looked.elapsed() >= SILENCE;
        if (concerned || due) && !self.is_signed_in_still().await? {
            return Ok(None);
        }
        let Some(last) = batch.last().filter(|last| *last > self.at) else { return Ok(Some(String::new())) };
        let changes = batch.tell(self.app.db.read(), &self.caller, self.at, self.community).await?;
        self.at = last;
        frames(&changes).map(Some)
    }

    /// Looks again who listens, with which powers.
    async fn is_signed_in_still(&mut self) -> Result<bool> {
        self.looked = time::Instant::now();
        match self.caller.again(&self.app).await? {
            Some(caller) => {
                self.caller = caller;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

fn frames(changes: &[Change]) -> Result<String> {
    let mut frames = String::new();
    for change in changes {
        let data = serde_json::to_string(change).map_err(anyhow::Error::new)?;
        let _ = write!(frames, "id: {}\ndata: {data}\n\n", change.number);
    }
    Ok(frames)
}
