//! Progress: `[2/4] building the web app ...`, and how long each step took.

use std::time::{Duration, Instant};

/// Numbered steps of one command.
pub(crate) struct Steps {
    total: usize,
    number: usize,
    started: Instant,
    step: Option<Instant>,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Steps {
        Steps { total, number: 0, started: Instant::now(), step: None }
    }

    /// Ends the step before, and says what comes now.
    pub(crate) fn begin(&mut self, what: &str) {
        self.end();
        self.number += 1;
        eprintln!("[{}/{}] {what} ...", self.number, self.total);
        self.step = Some(Instant::now());
    }

    fn end(&mut self) {
        if let Some(step) = self.step.take() {
            eprintln!("      {}", seconds(step.elapsed()));
        }
    }

    /// Ends the last step, and says how long all took.
    pub(crate) fn finish(mut self, what: &str) {
        self.end();
        eprintln!("{what} in {}", seconds(self.started.elapsed()));
    }
}

/// One part of a step, with its time.
pub(crate) fn part<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = work();
    eprintln!("      {what}: {}", seconds(started.elapsed()));
    result
}

/// `8.3 s`, `2 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}
