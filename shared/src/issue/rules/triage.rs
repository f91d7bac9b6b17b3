//! Triage: accepting, declining and its appeal, duplicates.

use super::{AppealState, Issue, Standing, Target, TaskCounts};
use crate::issue::IssueState;
use crate::transition::{Refusal, Transition};

impl Issue {
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
