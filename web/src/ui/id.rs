use std::sync::atomic::{AtomicUsize, Ordering};

/// An element id that nothing else on the page has.
pub fn fresh_id(name: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{name}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
