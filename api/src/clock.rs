//! The one source of time and of new ids, so that tests can turn it.

use shared::time::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use uuid::Uuid;

/// Tells the time: the system's, or in tests one that stands until it is moved.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The time of the machine.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at `moment`; its clones move with it.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(moment.0))))
    }

    /// Moves a standing clock; the system's clock is left alone.
    pub fn advance(&self, by: chrono::TimeDelta) {
        if let Some(standing) = &self.0 {
            standing.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Some(standing) => Timestamp(standing.load(Ordering::SeqCst)),
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            None => chrono::Utc::now().into(),
        }
    }

    /// A new id (`UUIDv7`, RFC 9562) of this moment.
    pub fn id(&self) -> Uuid {
        let milliseconds = u64::try_from(self.now().0).unwrap_or_default();
        let moment = uuid::Timestamp::from_unix_time(
            milliseconds / 1000,
            u32::try_from(milliseconds % 1000).unwrap_or_default() * 1_000_000,
            0,
            0,
        );
        Uuid::new_v7(moment)
    }
}
