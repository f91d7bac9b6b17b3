//! Triage: one queue of what waits for moderators and coordinators, worked through with single keys.

mod desk;
mod dialogs;
mod duplicate;
mod flagged;
mod keys;
mod page;
mod queue;
mod report;

part! {
    /// Triage.
    triage in triage: TriageRoute => page::TriagePage
}
