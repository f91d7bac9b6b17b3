//! What a reader may do with an offer now: the side they act for, asked of the rules.

use crate::{
    auth::session::{Actor, Caller},
    http::error::{Error, Result},
};
use shared::{
    ids::{CommunityId, OrganisationId},
    issue::IssueState,
    offer::{Offer as Rules, OfferAction as Do, OfferSide, OfferState},
    permission::Permission,
    problem::Code,
    task::TaskState,
    time::Timestamp,
};

/// What is to be known of an offer.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) rules: Rules,
    pub(crate) community: CommunityId,
    pub(crate) organisation: OrganisationId,
    pub(crate) task_state: TaskState,
    pub(crate) issue_state: IssueState,
    pub(crate) hidden: bool,
    /// Whether the organisation has an open offer of the task.
    pub(crate) is_open_again: bool,
}

/// The actions of a reader who acts for the organisation, in the order of the contract.
pub(crate) fn of(known: &Known, caller: &Caller, acting_for: Option<OrganisationId>, now: Timestamp) -> Vec<Do> {
    let actor = caller.actor().filter(|_| !known.hidden);
    let Some(side) = actor.and_then(|actor| side(actor, acting_for, known.community, known.organisation).ok()) else {
        return Vec::new();
    };
    let rules = known.rules;
    let allows_work = matches!(known.issue_state, IssueState::Open | IssueState::InProgress);
    let is_to_be_had = matches!(known.task_state, TaskState::Draft | TaskState::Offered);
    let is_past = rules.state == OfferState::Expired && !known.is_open_again;

    let mut actions = Vec::new();
    let mut may = |action, yes: bool| {
        if yes {
            actions.push(action);
        }
    };
    may(Do::Accept, allows_work && rules.accept(side, now).is_ok());
    may(Do::Decline, rules.decline(side, now).is_ok());
    may(Do::Withdraw, rules.withdraw(side).is_ok());
    may(Do::Renew, allows_work && is_to_be_had && is_past && rules.side == side);
    actions
}

/// For which side of an offer somebody acts: for its organisation when they have chosen to, else as
/// a coordinator; 422 when they would have to choose, 403 when they act for neither.
pub(crate) fn side(
    actor: &Actor,
    acting_for: Option<OrganisationId>,
    community: CommunityId,
    organisation: OrganisationId,
) -> Result<OfferSide> {
    let speaks = actor.may_for(Permission::SpeakForOrganisation, organisation);
    if acting_for == Some(organisation) && speaks {
        Ok(OfferSide::Organisation)
    } else if actor.may_in(Permission::CoordinateTasks, community) {
        Ok(OfferSide::Community)
    } else if acting_for.is_none() && speaks {
        Err(Error::of(Code::ActingForRequired))
    } else {
        Err(Error::of(Code::Forbidden))
    }
}
