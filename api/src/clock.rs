//! The one source of time and of new ids, so that tests can turn it.

use shared::time::Timestamp;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};
use uuid::{ContextV7, Uuid};

/// Tells the time: the system's, or in tests one that stands until it is moved.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    standing: Option<Arc<AtomicI64>>,
    /// Orders the ids of one millisecond.
    ids: Arc<Mutex<ContextV7>>,
}

impl Clock {
    /// The time of the machine.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `moment`; its clones move with it.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self { standing: Some(Arc::new(AtomicI64::new(moment.0))), ids: Arc::default() }
    }

    /// Moves a standing clock; the system's clock is left alone.
    pub fn advance(&self, by: chrono::TimeDelta) {
        if let Some(standing) = &self.standing {
            standing.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.standing {
            Some(standing) => Timestamp(standing.load(Ordering::SeqCst)),
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            None => chrono::Utc::now().into(),
        }
    }

    /// A new id (`UUIDv7`, RFC 9562) of this moment, greater than those that this clock gave before.
    pub fn id(&self) -> Uuid {
        let milliseconds = u64::try_from(self.now().0).unwrap_or_default();
        let nanoseconds = u32::try_from(milliseconds % 1000).unwrap_or_default() * 1_000_000;
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*ids, milliseconds / 1000, nanoseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_are_in_the_order_in_which_they_were_given() {
        let clock = Clock::standing_at(Timestamp(1_800_000_000_000));

        let ids: Vec<Uuid> = (0..1000).map(|_| clock.id()).collect();

        assert!(ids.is_sorted_by(|left, right| left < right));
    }
}
