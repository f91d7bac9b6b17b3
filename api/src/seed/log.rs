//! The log of what the seeded community did: in the order of time, as it would have been.

use crate::{events::NewEvent, http::error::Result, state::AppState};
use shared::{ids::CommunityId, time::Timestamp};

/// So many entries are appended in one transaction.
const CHUNK: usize = 20_000;

/// Entries in any order.
#[derive(Debug, Default)]
pub(super) struct Log(Vec<(Timestamp, NewEvent)>);

impl Log {
    /// Something happened at a moment.
    pub(super) fn push(&mut self, at: Timestamp, event: NewEvent) {
        self.0.push((at, event));
    }

    /// Appends all, oldest first.
    pub(super) async fn append(mut self, app: &AppState, community: CommunityId) -> Result<()> {
        self.0.sort_by_key(|(at, _)| *at);
        let mut entries = self.0.into_iter().peekable();
        while entries.peek().is_some() {
            let mut tx = app.write_as_system().await?;
            for (at, event) in entries.by_ref().take(CHUNK) {
                tx.record(event.community(community).at(at));
            }
            tx.commit().await?;
        }
        Ok(())
    }
}
