//! The transitions of a task.
//!
//! Who may call at all is a matter of permissions; here stands who counts, and when.

use super::{TaskState, VerifiedBy};
use crate::ids::OrganisationId;
use crate::offer::OfferSide;
use crate::organisation::Verification;
use crate::time::Timestamp;
use crate::transition::{Refusal, Transition};
use chrono::{NaiveDate, TimeDelta};

/// After how long work that is done counts as verified by nobody.
pub const UNVERIFIED: TimeDelta = TimeDelta::days(14);

/// The most offers of one task, whatever became of them.
pub const MOST_OFFERS: u32 = 100;

/// What the rules need to know of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    pub state: TaskState,
    /// The organisation that has it; there exactly when it is accepted or further.
    pub holder: Option<OrganisationId>,
    /// How many offers of it are open; more than none exactly when it is offered.
    pub open_offers: u32,
    pub due: Option<NaiveDate>,
    /// When its holder said that it is done; there exactly when it is done or verified.
    pub done_at: Option<Timestamp>,
    /// There exactly when it is verified.
    pub verified_by: Option<VerifiedBy>,
}

/// Who verifies or returns what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verifier {
    /// As what; never `nobody`.
    pub role: VerifiedBy,
    /// Whether they are a member of the organisation that did it.
    pub of_holder: bool,
}

impl Task {
    /// A task just made.
    pub fn draft(due: Option<NaiveDate>) -> Task {
        Task { state: TaskState::Draft, holder: None, open_offers: 0, due, done_at: None, verified_by: None }
    }

    fn refuse<T>(&self, why: Refusal) -> Result<T, Transition> {
        Transition::refused(self.state, why)
    }

    /// Whether it is past its due date and unfinished.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state.is_unfinished() && self.due.is_some_and(|due| due < today)
    }

    /// An offer of it is made; to or by an organisation that has no open one (`has_open`).
    pub fn offer(mut self, side: OfferSide, verification: Verification, has_open: bool) -> Result<Task, Transition> {
        match self.state {
            TaskState::Draft | TaskState::Offered => {}
            _ => return self.refuse(Refusal::WrongState),
        }
        if has_open {
            return self.refuse(Refusal::Already);
        }
        let fit = match side {
            OfferSide::Community => verification == Verification::Verified,
            OfferSide::Organisation => verification != Verification::Suspended,
        };
        if !fit {
            return self.refuse(Refusal::NotVerified);
        }
        self.open_offers += 1;
        self.state = TaskState::Offered;
        Ok(self)
    }

    /// One more offer of it may be made, where so many were.
    pub fn add_offer(&self, made: u32) -> Result<(), Transition> {
        if made < MOST_OFFERS { Ok(()) } else { self.refuse(Refusal::Full) }
    }

    /// An open offer of it was declined, withdrawn or expired.
    pub fn offer_closed(mut self) -> Result<Task, Transition> {
        if self.state != TaskState::Offered {
            return self.refuse(Refusal::WrongState);
        }
        self.open_offers = self.open_offers.saturating_sub(1);
        if self.open_offers == 0 {
            self.state = TaskState::Draft;
        }
        Ok(self)
    }

    /// An offer of it was accepted: the organisation has it, all other open offers are superseded.
    pub fn accept(mut self, holder: OrganisationId) -> Result<Task, Transition> {
        if self.state != TaskState::Offered {
            return self.refuse(Refusal::WrongState);
        }
        self.state = TaskState::Accepted;
        self.holder = Some(holder);
        self.open_offers = 0;
        Ok(self)
    }

    fn held_by(&self, organisation: OrganisationId) -> Result<(), Transition> {
        if self.holder == Some(organisation) { Ok(()) } else { self.refuse(Refusal::NotEntitled) }
    }

    /// Its holder begins.
    pub fn start(mut self, by: OrganisationId) -> Result<Task, Transition> {
        match self.state {
            TaskState::Accepted => self.held_by(by)?,
            TaskState::InProgress => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        self.state = TaskState::InProgress;
        Ok(self)
    }

    /// Its holder says that it is done.
    pub fn done(mut self, by: OrganisationId, at: Timestamp) -> Result<Task, Transition> {
        match self.state {
            TaskState::InProgress => self.held_by(by)?,
            TaskState::Done | TaskState::Verified => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        self.state = TaskState::Done;
        self.done_at = Some(at);
        Ok(self)
    }

    fn may_verify(&self, by: Verifier) -> Result<(), Transition> {
        match self.state {
            TaskState::Done => {}
            TaskState::Verified => return self.refuse(Refusal::Already),
            _ => return self.refuse(Refusal::WrongState),
        }
        if by.of_holder {
            return self.refuse(Refusal::OwnWork);
        }
        if by.role == VerifiedBy::Nobody { self.refuse(Refusal::NotEntitled) } else { Ok(()) }
    }

    /// Somebody else than its holder says that it is done as asked.
    pub fn verify(mut self, by: Verifier) -> Result<Task, Transition> {
        self.may_verify(by)?;
        self.state = TaskState::Verified;
        self.verified_by = Some(by.role);
        Ok(self)
    }

    /// Nobody answered for 14 days.
    pub fn stand_unverified(mut self, now: Timestamp) -> Result<Task, Transition> {
        let Some(done_at) = self.done_at.filter(|_| self.state == TaskState::Done) else {
            return self.refuse(Refusal::WrongState);
        };
        if now < done_at + UNVERIFIED {
            return self.refuse(Refusal::TooEarly);
        }
        self.state = TaskState::Verified;
        self.verified_by = Some(VerifiedBy::Nobody);
        Ok(self)
    }

    /// A verifier sends it back to its holder.
    pub fn send_back(mut self, by: Verifier) -> Result<Task, Transition> {
        self.may_verify(by)?;
        self.state = TaskState::InProgress;
        self.done_at = None;
        Ok(self)
    }

    fn given_up(mut self) -> Task {
        self.state = TaskState::Draft;
        self.holder = None;
        self.done_at = None;
        self.verified_by = None;
        self
    }

    /// Its holder gives it back.
    pub fn release(self, by: OrganisationId) -> Result<Task, Transition> {
        match self.state {
            TaskState::Accepted | TaskState::InProgress => self.held_by(by)?,
            _ => return self.refuse(Refusal::WrongState),
        }
        Ok(self.given_up())
    }

    /// A coordinator takes it back, when it is overdue or its holder is suspended.
    pub fn recall(self, today: NaiveDate, holder: Verification) -> Result<Task, Transition> {
        match self.state {
            TaskState::Accepted | TaskState::InProgress => {}
            _ => return self.refuse(Refusal::WrongState),
        }
        if !self.is_overdue(today) && holder != Verification::Suspended {
            return self.refuse(Refusal::NotOverdue);
        }
        Ok(self.given_up())
    }

    /// An objection to the issue re-opens it: with its holder, or in draft when that one has left
    /// the community (`holder_left`).
    pub fn reopen(mut self, holder_left: bool) -> Result<Task, Transition> {
        match self.state {
            TaskState::Done | TaskState::Verified => {}
            _ => return self.refuse(Refusal::WrongState),
        }
        if holder_left {
            return Ok(self.given_up());
        }
        self.state = TaskState::InProgress;
        self.done_at = None;
        self.verified_by = None;
        Ok(self)
    }

    /// A coordinator gives it up. Open offers of it are withdrawn with it; the holder stays
    /// noted in the history alone.
    pub fn cancel(mut self) -> Result<Task, Transition> {
        match self.state {
            TaskState::Verified => return self.refuse(Refusal::WrongState),
            TaskState::Cancelled => return self.refuse(Refusal::Already),
            _ => {}
        }
        self = self.given_up();
        self.open_offers = 0;
        self.state = TaskState::Cancelled;
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
