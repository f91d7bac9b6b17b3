//! What ties writers, the reader of the log and open streams together within a process.

use crate::change::{Batch, seats::Seats};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast, futures::Notified, watch};

/// How many batches a slow stream may lie behind before it reads the log itself.
const BATCHES: usize = 256;

/// Changes on their way from a commit to open streams.
#[derive(Debug)]
pub struct Live {
    committed: Notify,
    batches: broadcast::Sender<Arc<Batch>>,
    stopping: watch::Sender<bool>,
    pub(super) seats: Seats,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            committed: Notify::new(),
            batches: broadcast::Sender::new(BATCHES),
            stopping: watch::Sender::new(false),
            seats: Seats::default(),
        }
    }
}

impl Live {
    /// Says that there is something new in the log.
    pub fn wake(&self) {
        self.committed.notify_one();
    }

    /// Ends every open stream, and those that are opened from now on: the process stops.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    pub(super) fn committed(&self) -> Notified<'_> {
        self.committed.notified()
    }

    pub(super) fn tell(&self, batch: Batch) {
        // Nobody listening is fine: the log keeps it.
        let _ = self.batches.send(Arc::new(batch));
    }

    pub(super) fn listen(&self) -> (broadcast::Receiver<Arc<Batch>>, watch::Receiver<bool>) {
        (self.batches.subscribe(), self.stopping.subscribe())
    }
}
