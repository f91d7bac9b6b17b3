//! The transitions of an issue.
//!
//! The server loads a row into an [`Issue`], asks it for the next one, and stores that. Who may
//! call at all is a matter of permissions; here stands who counts, and when.

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

    /// Its tasks have changed: the state follows them while it is open or in progress.
    pub fn with_tasks(mut self, tasks: TaskCounts) -> Issue {
        self.tasks = tasks;
        if self.allows_work() {
            self.state = self.working();
        }
        self
    }

    /// Triage finds it right.
    pub fn accept(mut self) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Reported => self.state = self.working(),
            IssueState::Open | IssueState::InProgress => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        Ok(self)
    }

    /// Undoes accepting, while nothing came of it.
    pub fn unaccept(mut self) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Open if self.tasks == TaskCounts::default() => self.state = IssueState::Reported,
            IssueState::Open => return self.refuse(Refusal::HasActiveTasks),
            _ => return self.refuse(Refusal::WrongState),
        }
        Ok(self)
    }

    /// Declines a report, or an issue that no organisation was asked to work on.
    pub fn decline(mut self) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Reported | IssueState::Open if self.tasks.offered > 0 => {
                return self.refuse(Refusal::HasActiveTasks);
            }
            IssueState::Reported | IssueState::Open => self.state = IssueState::Declined,
            IssueState::Declined => return self.refuse(Refusal::Already),
            IssueState::InProgress => return self.refuse(Refusal::HasActiveTasks),
            _ => return self.refuse(Refusal::WrongState),
        }
        Ok(self)
    }

    /// The reporter appeals the decline, once.
    pub fn appeal(mut self, by: Standing) -> Result<Issue, Transition> {
        if self.state != IssueState::Declined {
            return self.refuse(Refusal::WrongState);
        }
        if by != Standing::Reporter {
            return self.refuse(Refusal::NotEntitled);
        }
        match self.appeal {
            AppealState::None => self.appeal = AppealState::Waits,
            AppealState::Waits => return self.refuse(Refusal::Pending),
            AppealState::Decided => return self.refuse(Refusal::OnceOnly),
        }
        Ok(self)
    }

    /// Decides the appeal: upheld, the issue is accepted.
    pub fn decide_appeal(mut self, upheld: bool) -> Result<Issue, Transition> {
        if self.state != IssueState::Declined || self.appeal != AppealState::Waits {
            return self.refuse(Refusal::WrongState);
        }
        self.appeal = AppealState::Decided;
        if upheld {
            self.state = self.working();
        }
        Ok(self)
    }

    /// Claims that it is solved. Twice is a conflict: the first claim stands.
    ///
    /// An organisation may claim it when it has done a task of it (`done_by_holder`) and no task is
    /// unfinished; tasks still in draft are to be cancelled then.
    pub fn resolve(mut self, by: Claimant, done_by_holder: bool, at: Timestamp) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Open | IssueState::InProgress => {}
            IssueState::Resolved => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        if let Claimant::Holder(_) = by {
            if !done_by_holder {
                return self.refuse(Refusal::NotEntitled);
            }
            if self.tasks.unfinished() > 0 {
                return self.refuse(Refusal::UnfinishedTasks);
            }
        }
        self.state = IssueState::Resolved;
        self.claim = Some(Claiming { by, at });
        self.confirmations = 0;
        Ok(self)
    }

    /// Whether the voice counts as a resident's on the present claim: the reporter or a supporter
    /// from before it, and neither a coordinator nor of the organisation that claims.
    pub fn counts(&self, voice: Voice) -> bool {
        !voice.coordinator && !voice.of_claimant && self.is_asked(voice.standing)
    }

    /// Whether somebody reported it, or supported it before the claim.
    fn is_asked(&self, standing: Standing) -> bool {
        match standing {
            Standing::Reporter => true,
            Standing::Supporter { since } => self.claim.is_some_and(|claim| since <= claim.at),
            Standing::Neither => false,
        }
    }

    /// Somebody says that it is solved: the reporter alone confirms it, or three supporters
    /// together. That nobody says it twice is for the caller to see to.
    pub fn confirm(mut self, voice: Voice, at: Timestamp) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Resolved if self.objection_waits => return self.refuse(Refusal::Pending),
            IssueState::Resolved => {}
            IssueState::Confirmed => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        if !self.counts(voice) {
            return self.refuse(Refusal::NotEntitled);
        }
        if voice.standing == Standing::Reporter {
            return Ok(self.confirmed(ConfirmedBy::Reporter, at));
        }
        self.confirmations += 1;
        if self.confirmations >= ENOUGH_SUPPORTERS { Ok(self.confirmed(ConfirmedBy::Supporters, at)) } else { Ok(self) }
    }

    /// Nobody objected for 14 days.
    pub fn confirm_by_silence(self, now: Timestamp) -> Result<Issue, Transition> {
        let Some(claim) = self.claim.filter(|_| self.state == IssueState::Resolved) else {
            return self.refuse(Refusal::WrongState);
        };
        if self.objection_waits {
            return self.refuse(Refusal::Pending);
        }
        if now < claim.at + SILENCE {
            return self.refuse(Refusal::TooEarly);
        }
        Ok(self.confirmed(ConfirmedBy::Silence, now))
    }

    fn confirmed(mut self, by: ConfirmedBy, at: Timestamp) -> Issue {
        self.state = IssueState::Confirmed;
        self.confirmed = Some(Confirmed { by, at });
        self
    }

    /// Until when one may object to the present claim.
    pub fn objections_until(&self) -> Option<Timestamp> {
        match (self.claim, self.confirmed) {
            (_, Some(confirmed)) => Some(confirmed.at + OBJECTION),
            (Some(claim), None) => Some(claim.at + SILENCE + OBJECTION),
            (None, None) => None,
        }
    }

    /// The reporter or an earlier supporter says that it is not solved: the first objection
    /// re-opens the issue, every later one waits for a decision.
    pub fn object(mut self, by: Standing, now: Timestamp) -> Result<(Issue, Objected), Transition> {
        let Some(claim) = self.claim else {
            return self.refuse(Refusal::WrongState);
        };
        if !self.is_asked(by) {
            return self.refuse(Refusal::NotEntitled);
        }
        if self.objection_waits {
            return self.refuse(Refusal::Pending);
        }
        if self.confirmed.is_some_and(|confirmed| now > confirmed.at + OBJECTION) {
            return self.refuse(Refusal::TooLate);
        }
        self.objections += 1;
        if self.objections == 1 {
            Ok((self.reopened(), Objected::Reopened { claim: claim.by }))
        } else {
            self.objection_waits = true;
            Ok((self, Objected::Waits { decide_by: now + DECISION }))
        }
    }

    /// Decides an objection: upheld, the issue and the tasks of the claimant told are open again.
    pub fn decide_objection(mut self, upheld: bool) -> Result<(Issue, Option<Claimant>), Transition> {
        let Some(claim) = self.claim.filter(|_| self.objection_waits) else {
            return self.refuse(Refusal::WrongState);
        };
        self.objection_waits = false;
        if upheld { Ok((self.reopened(), Some(claim.by))) } else { Ok((self, None)) }
    }

    fn reopened(mut self) -> Issue {
        self.state = self.working();
        self.claim = None;
        self.confirmed = None;
        self.confirmations = 0;
        self
    }

    /// Makes it a duplicate of `target`, while no organisation was asked to work on it.
    pub fn mark_duplicate(mut self, target: Target) -> Result<Issue, Transition> {
        match self.state {
            IssueState::Reported | IssueState::Open => {}
            IssueState::Duplicate => return self.refuse(Refusal::Already),
            IssueState::InProgress => return self.refuse(Refusal::HasActiveTasks),
            _ => return self.refuse(Refusal::WrongState),
        }
        if self.tasks.offered > 0 {
            return self.refuse(Refusal::HasActiveTasks);
        }
        if self.duplicates > 0 {
            return self.refuse(Refusal::HasDuplicates);
        }
        let fit = target.another_here
            && target.state != IssueState::Duplicate
            && target.private == self.private
            && target.hidden == self.hidden;
        if !fit {
            return self.refuse(Refusal::TargetUnfit);
        }
        self.was = Some(self.state);
        self.state = IssueState::Duplicate;
        Ok(self)
    }

    /// Undoes [`Issue::mark_duplicate`].
    pub fn unmark_duplicate(mut self) -> Result<Issue, Transition> {
        let Some(was) = self.was.filter(|_| self.state == IssueState::Duplicate) else {
            return self.refuse(Refusal::WrongState);
        };
        self.was = None;
        self.state = if was == IssueState::Reported { was } else { self.working() };
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
