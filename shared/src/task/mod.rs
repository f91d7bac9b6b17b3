//! Tasks: work with one result, done by one organisation, verified by somebody else.

mod forms;
mod list;
mod rules;

pub use forms::*;
pub use list::*;
pub use rules::*;

use crate::words::words;

words! {
    /// Where a task stands.
    TaskState in "task_state" {
        /// Nobody has it and nobody is asked.
        Draft = "draft";
        /// An offer of it is open.
        Offered = "offered";
        /// An organisation has it.
        Accepted = "accepted";
        InProgress = "in_progress";
        /// Its holder says that it is done.
        Done = "done";
        /// Somebody else says so too, or nobody did for 14 days.
        Verified = "verified";
        Cancelled = "cancelled";
    }

    /// Who verified a task.
    VerifiedBy in "verified_by" {
        Moderator = "moderator";
        Coordinator = "coordinator";
        Reporter = "reporter";
        Facilitator = "facilitator";
        /// Nobody answered for 14 days.
        Nobody = "nobody";
    }

    /// How tasks are sorted.
    TaskSort in "task_sort" {
        Due = "due";
        Newest = "newest";
        RecentlyChanged = "recently_changed";
    }

    /// What a reader may do with a task; the server says which.
    TaskAction in "task_action" {
        Edit = "edit";
        /// Offer it to an organisation.
        Offer = "offer";
        /// Ask for it on behalf of one's organisation.
        Ask = "ask";
        Assign = "assign";
        Start = "start";
        Done = "done";
        Verify = "verify";
        Return = "return";
        Release = "release";
        Recall = "recall";
        Cancel = "cancel";
        Block = "block";
        Unblock = "unblock";
        Commit = "commit";
    }
}

impl TaskState {
    /// Whether an organisation has taken it: such tasks put their issue in progress.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Accepted | Self::InProgress | Self::Done | Self::Verified)
    }

    /// Whether work on it is still to come.
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Draft | Self::Offered | Self::Accepted | Self::InProgress)
    }
}
