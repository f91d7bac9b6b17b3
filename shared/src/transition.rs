//! Transitions that are refused.

use crate::problem::Code;
use crate::words::{Word, words};

words! {
    /// Why a transition is refused.
    Refusal in "refusal" {
        /// The present state does not allow it.
        WrongState = "wrong_state";
        /// It was done before, and stands.
        Already = "already";
        /// A decision is still to be made.
        Pending = "pending";
        /// It concerns others.
        NotEntitled = "not_entitled";
        /// Nobody verifies the work of their own organisation.
        OwnWork = "own_work";
        TooLate = "too_late";
        TooEarly = "too_early";
        /// An organisation was offered a task of it, or has one.
        HasActiveTasks = "has_active_tasks";
        UnfinishedTasks = "unfinished_tasks";
        /// A duplicate's target is no duplicate and is as visible as it.
        TargetUnfit = "target_unfit";
        /// Duplicates point to it.
        HasDuplicates = "has_duplicates";
        /// Neither is the task overdue nor its holder suspended.
        NotOverdue = "not_overdue";
        /// The organisation is not verified in the community.
        NotVerified = "not_verified";
        OnceOnly = "once_only";
        /// The answer is the other side's.
        OtherSide = "other_side";
        /// There are as many as one thing may have.
        Full = "full";
    }
}

/// A transition that the rules refuse: why, and the present state of the thing. The answer's
/// `state` is the state, its `detail` the text of why in the caller's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused in state {state}: {why}")]
pub struct Transition {
    pub state: &'static str,
    pub why: Refusal,
}

impl Transition {
    /// A refusal of something in `state`.
    pub fn refused<T>(state: impl Word, why: Refusal) -> Result<T, Transition> {
        Err(Transition { state: state.word(), why })
    }

    /// The code of the answer: those who are not entitled may not, all else conflicts.
    pub const fn code(self) -> Code {
        match self.why {
            Refusal::NotEntitled | Refusal::OwnWork => Code::Forbidden,
            _ => Code::Conflict,
        }
    }
}
