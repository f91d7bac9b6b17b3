//! The stream of changes.

use super::client;
use web_sys::EventSource;

/// `GET /stream`: signed in by the cookie, if at all. Nothing where the browser has no streams.
pub(crate) fn open_stream() -> Option<EventSource> {
    EventSource::new(&client::address("/stream")).ok()
}
