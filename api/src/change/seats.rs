//! How many streams may be open: each keeps a connection, and connections are few.

use crate::auth::{limits, session::Caller};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// In all; 5,000 are promised.
const MOST: usize = 6_000;
/// Of one client: an office behind one address. The machine itself, and a proxy on it, has no limit.
const MOST_OF_CLIENT: usize = 120;

/// The streams that are open, by client.
#[derive(Debug, Clone, Default)]
pub(super) struct Seats(Arc<Mutex<Taken>>);

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    of: HashMap<String, usize>,
}

/// One open stream; dropped with it.
#[derive(Debug)]
pub(super) struct Seat {
    seats: Seats,
    client: String,
}

impl Seats {
    /// A place for one more stream; nothing when there is none.
    pub(super) fn take(&self, caller: &Caller) -> Option<Seat> {
        let local = caller.request().client.is_none_or(|client| client.is_loopback());
        self.take_for(limits::client(caller), local)
    }

    fn take_for(&self, client: String, local: bool) -> Option<Seat> {
        let mut taken = self.lock();
        let of_client = taken.of.get(&client).copied().unwrap_or_default();
        if taken.all >= MOST || (!local && of_client >= MOST_OF_CLIENT) {
            return None;
        }
        taken.all += 1;
        taken.of.insert(client.clone(), of_client + 1);
        drop(taken);
        Some(Seat { seats: self.clone(), client })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.lock();
        taken.all = taken.all.saturating_sub(1);
        match taken.of.get(&self.client).copied() {
            Some(many) if many > 1 => taken.of.insert(self.client.clone(), many - 1),
            _ => taken.of.remove(&self.client),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_its_share_and_gets_back_what_it_leaves() {
        let seats = Seats::default();
        let mut held: Vec<Seat> =
            (0..MOST_OF_CLIENT).map(|_| seats.take_for("192.0.2.1".to_owned(), false).unwrap()).collect();

        assert!(seats.take_for("192.0.2.1".to_owned(), false).is_none());
        assert!(seats.take_for("192.0.2.2".to_owned(), false).is_some());
        held.pop();
        assert!(seats.take_for("192.0.2.1".to_owned(), false).is_some());
        drop(held);
        assert!(seats.lock().of.is_empty());
    }
}
