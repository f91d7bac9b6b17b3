//! The transitions of an issue.
//!
//! The server loads a row into an [`Issue`], asks it for the next one, and stores that. Who may
//! call at all is a matter of permissions; here stands who counts, and when.

mod solving;
mod triage;

use super::{ConfirmedBy, IssueState};
use crate::ids::OrganisationId;
use crate::task::TaskState;
use crate::time::Timestamp;
use crate::transition::{Refusal, Transition};
use chrono::TimeDelta;

/// After how long silence confirms a claim.
pub const SILENCE: TimeDelta = TimeDelta::days(14);
/// For how long after the confirmation one may still object.
pub const OBJECTION: TimeDelta = TimeDelta::days(28);
/// Within how long an objection is decided.
pub const DECISION: TimeDelta = TimeDelta::days(7);
/// How many supporters confirm together.
pub const ENOUGH_SUPPORTERS: u32 = 3;
/// The most tasks of one issue, whatever became of them.
pub const MOST_TASKS: u32 = 200;

/// What the rules need to know of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issue {
    pub state: IssueState,
    pub tasks: TaskCounts,
    /// The claim that it is solved; there exactly when it is resolved or confirmed.
    pub claim: Option<Claiming>,
    /// There exactly when it is confirmed.
    pub confirmed: Option<Confirmed>,
    /// How many supporters said yes to the claim.
    pub confirmations: u32,
    /// How many objections were ever made.
    pub objections: u32,
    /// Whether the latest objection waits for a decision.
    pub objection_waits: bool,
    pub appeal: AppealState,
    /// What it was before it became a duplicate; there exactly while it is one.
    pub was: Option<IssueState>,
    /// How many issues are duplicates of it.
    pub duplicates: u32,
    pub private: bool,
    pub hidden: bool,
}

/// A claim that an issue is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claiming {
    pub by: Claimant,
    pub at: Timestamp,
}

/// A confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed {
    pub by: ConfirmedBy,
    pub at: Timestamp,
}

/// Whether the decline was appealed, which is possible once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AppealState {
    #[default]
    None,
    Waits,
    Decided,
}

/// Who claims that an issue is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimant {
    Coordinator,
    /// An organisation that holds tasks of it.
    Holder(OrganisationId),
}

impl Claimant {
    /// Whether an objection to the claim re-opens the done tasks of this holder: a coordinator
    /// claims on the strength of all of them.
    pub fn rests_on(self, holder: OrganisationId) -> bool {
        match self {
            Claimant::Coordinator => true,
            Claimant::Holder(organisation) => organisation == holder,
        }
    }
}

/// What somebody is to an issue, when asked whether it is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    pub standing: Standing,
    /// Of this community.
    pub coordinator: bool,
    /// Of the organisation that claims it.
    pub of_claimant: bool,
}

/// Whether somebody reported or supported an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Reporter,
    Supporter { since: Timestamp },
    Neither,
}

/// What an objection leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objected {
    /// The issue is open again, and the done tasks on which the claim rested re-open too.
    Reopened { claim: Claimant },
    /// Somebody decides within seven days.
    Waits { decide_by: Timestamp },
}

/// The issue that stays when another is its duplicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub state: IssueState,
    pub private: bool,
    pub hidden: bool,
    /// Whether it is another issue of the same community.
    pub another_here: bool,
}

/// How many tasks of an issue are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskCounts {
    pub draft: u32,
    pub offered: u32,
    pub accepted: u32,
    pub in_progress: u32,
    pub done: u32,
    pub verified: u32,
    pub cancelled: u32,
}

impl TaskCounts {
    /// All there ever were.
    pub const fn all(&self) -> u32 {
        self.draft + self.offered + self.taken() + self.cancelled
    }

    /// Counts tasks by their states.
    pub fn of(states: impl IntoIterator<Item = TaskState>) -> TaskCounts {
        let mut counts = TaskCounts::default();
        for state in states {
            let place = match state {
                TaskState::Draft => &mut counts.draft,
                TaskState::Offered => &mut counts.offered,
                TaskState::Accepted => &mut counts.accepted,
                TaskState::InProgress => &mut counts.in_progress,
                TaskState::Done => &mut counts.done,
                TaskState::Verified => &mut counts.verified,
                TaskState::Cancelled => &mut counts.cancelled,
            };
            *place += 1;
        }
        counts
    }

    /// Accepted or further, and not cancelled.
    pub const fn taken(&self) -> u32 {
        self.accepted + self.in_progress + self.done + self.verified
    }

    /// Offered, or taken and not done: organisations wait for it or work on it.
    pub const fn unfinished(&self) -> u32 {
        self.offered + self.accepted + self.in_progress
    }
}

impl Issue {
    /// An issue just reported.
    pub fn reported(private: bool) -> Issue {
        Issue {
            state: IssueState::Reported,
            tasks: TaskCounts::default(),
            claim: None,
            confirmed: None,
            confirmations: 0,
            objections: 0,
            objection_waits: false,
            appeal: AppealState::None,
            was: None,
            duplicates: 0,
            private,
            hidden: false,
        }
    }

    fn refuse<T>(&self, why: Refusal) -> Result<T, Transition> {
        Transition::refused(self.state, why)
    }

    /// Open or in progress, as its tasks say.
    fn working(&self) -> IssueState {
        if self.tasks.taken() > 0 { IssueState::InProgress } else { IssueState::Open }
    }

    /// Whether tasks may be made for it, offered and taken.
    pub fn allows_work(&self) -> bool {
        matches!(self.state, IssueState::Open | IssueState::InProgress)
    }

    /// One more task may be made for it.
    pub fn add_task(&self) -> Result<(), Transition> {
        if !self.allows_work() {
            return self.refuse(Refusal::WrongState);
        }
        if self.tasks.all() < MOST_TASKS { Ok(()) } else { self.refuse(Refusal::Full) }
    }

    /// Its tasks have changed: the state follows them while it is open or in progress.
    pub fn with_tasks(mut self, tasks: TaskCounts) -> Issue {
        self.tasks = tasks;
        if self.allows_work() {
            self.state = self.working();
        }
        self
    }
}

#[cfg(test)]
mod tests;
