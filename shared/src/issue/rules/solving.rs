//! Solving: the claim, its confirmation, objections to it.

use super::{
    Claimant, Claiming, Confirmed, DECISION, ENOUGH_SUPPORTERS, Issue, OBJECTION, Objected, SILENCE, Standing, Voice,
};
use crate::issue::{ConfirmedBy, IssueState};
use crate::time::Timestamp;
use crate::transition::{Refusal, Transition};

impl Issue {
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
}
