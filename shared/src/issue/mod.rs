//! Issues: what should be better, from the report to the confirmation that it is.

mod comment;
mod flag;
mod list;
mod report;
mod rules;
mod steps;
mod view;

pub use comment::*;
pub use flag::*;
pub use list::*;
pub use report::*;
pub use rules::*;
pub use steps::*;
pub use view::*;

use crate::words::words;

words! {
    /// Where an issue stands.
    IssueState in "issue_state" {
        /// Waits for triage.
        Reported = "reported";
        /// Accepted, nobody works on it.
        Open = "open";
        /// An uncancelled task of it is accepted or further.
        InProgress = "in_progress";
        /// Somebody claims that it is solved.
        Resolved = "resolved";
        /// The claim was confirmed, or nobody objected.
        Confirmed = "confirmed";
        /// Declined with a public reason.
        Declined = "declined";
        /// The same as another issue.
        Duplicate = "duplicate";
    }

    /// Who confirmed that an issue is solved.
    ConfirmedBy in "confirmed_by" {
        Reporter = "reporter";
        /// Three of them.
        Supporters = "supporters";
        /// Nobody objected for 14 days; never counted as a resident's confirmation.
        Silence = "silence";
    }

    /// Whom an issue concerns.
    AffectedGroup in "affected_group" {
        Children = "children";
        OlderPeople = "older_people";
        Disabilities = "disabilities";
        Displaced = "displaced";
        Veterans = "veterans";
        Rural = "rural";
        Everyone = "everyone";
    }

    /// To whom the reporter's name is known.
    Naming in "naming" {
        /// To everybody.
        Public = "public";
        /// To those who work on the issue.
        Workers = "workers";
        /// To nobody.
        Unnamed = "unnamed";
    }

    /// Why a report is declined.
    DeclineReason in "decline_reason" {
        /// Outside the community or what can be done in it.
        OutOfReach = "out_of_reach";
        /// Not enough to know what is meant.
        Unclear = "unclear";
        /// Not an issue of the common good.
        NotAnIssue = "not_an_issue";
        /// It is in order already.
        AlreadyInOrder = "already_in_order";
        /// It accuses a named private person.
        AccusesPerson = "accuses_person";
        /// It shows what the enemy should not see.
        Sensitive = "sensitive";
        Spam = "spam";
        Other = "other";
    }

    /// What a reader may do with an issue; the server says which.
    IssueAction in "issue_action" {
        Edit = "edit";
        Accept = "accept";
        /// Undo accepting.
        Unaccept = "unaccept";
        Decline = "decline";
        Appeal = "appeal";
        DecideAppeal = "decide_appeal";
        Resolve = "resolve";
        Confirm = "confirm";
        Object = "object";
        DecideObjection = "decide_objection";
        /// Category, place, private.
        Triage = "triage";
        MarkDuplicate = "mark_duplicate";
        UnmarkDuplicate = "unmark_duplicate";
        Hide = "hide";
        Show = "show";
        Support = "support";
        Follow = "follow";
        Comment = "comment";
        /// Split into tasks.
        AddTask = "add_task";
        /// Propose a task for one's organisation.
        ProposeTask = "propose_task";
        Commit = "commit";
    }
}

impl AffectedGroup {
    /// Whether the public sees the group only in sums of five or more.
    pub const fn only_in_sums(self) -> bool {
        matches!(self, Self::Displaced | Self::Veterans | Self::Children)
    }
}
