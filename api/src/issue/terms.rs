//! The terms of the lifecycle, in days, and the conditions that hang on them.

use crate::issue::store::Issue;
use chrono::TimeDelta;
use shared::{issue::IssueState, time::Timestamp};

/// How long a claim stands before silence confirms it.
pub(crate) const SILENCE: TimeDelta = TimeDelta::days(14);
/// How long after a confirmation it can still be objected to.
pub(crate) const AFTER_CONFIRMED: TimeDelta = TimeDelta::days(28);
/// Within how long an objection is decided.
pub(crate) const DECISION: TimeDelta = TimeDelta::days(7);
/// How many supporters confirm a claim.
pub(crate) const ENOUGH_SUPPORTERS: i64 = 3;

/// Until when one may object to the claim that an issue is solved.
pub(crate) fn objections_until(issue: &Issue, claimed_at: Timestamp) -> Timestamp {
    match (issue.state, issue.confirmed_at) {
        (IssueState::Confirmed, Some(confirmed)) => confirmed + AFTER_CONFIRMED,
        _ => claimed_at + SILENCE,
    }
}

/// Whether one may object now: while it is resolved, or soon after it was confirmed.
pub(crate) fn may_be_objected_to(issue: &Issue, now: Timestamp) -> bool {
    match issue.state {
        IssueState::Resolved => true,
        IssueState::Confirmed => issue.confirmed_at.is_some_and(|confirmed| now <= confirmed + AFTER_CONFIRMED),
        _ => false,
    }
}

/// Whether "me too" makes a difference still.
pub(crate) fn may_be_supported(state: IssueState) -> bool {
    matches!(state, IssueState::Reported | IssueState::Open | IssueState::InProgress | IssueState::Resolved)
}
