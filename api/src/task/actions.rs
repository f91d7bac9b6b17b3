//! What a reader may do with a task now: what their roles allow, asked of the rules.

use crate::auth::session::Caller;
use chrono::NaiveDate;
use shared::{
    ids::{AccountId, CommunityId, OrganisationId},
    issue::IssueState,
    offer::OfferSide,
    organisation::Verification,
    permission::{Permission, Role},
    task::{Task as Rules, TaskAction as Do, TaskState as In, VerifiedBy, Verifier},
    time::Timestamp,
};

/// What is to be known of a task and of its reader.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) rules: Rules,
    pub(crate) community: CommunityId,
    pub(crate) issue_state: IssueState,
    pub(crate) hidden: bool,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) blocked: bool,
    pub(crate) today: NaiveDate,
    /// How the community regards its holder; nothing when that works there no more.
    pub(crate) holder: Option<Verification>,
    /// How it regards the organisation that the reader acts for, and whether that one has an open
    /// offer of the task.
    pub(crate) asker: Option<Verification>,
    pub(crate) has_open: bool,
    /// Whether the reader reported the issue.
    pub(crate) reported: bool,
}

/// The actions of a reader who acts for the organisation, in the order of the contract.
pub(crate) fn of(known: &Known, caller: &Caller, acting_for: Option<OrganisationId>, now: Timestamp) -> Vec<Do> {
    let Some(actor) = caller.actor().filter(|_| !known.hidden) else { return Vec::new() };
    let Known { rules, community, .. } = *known;
    let coordinates = actor.may_in(Permission::CoordinateTasks, community);
    let speaks_for = acting_for.filter(|organisation| actor.may_for(Permission::SpeakForOrganisation, *organisation));
    let speaks_as_holder = rules.holder.is_some() && speaks_for == rules.holder;
    let works_as = acting_for.filter(|organisation| {
        speaks_as_holder
            || (known.assignee == Some(actor.account_id) && actor.may_for(Permission::WorkOnTask, *organisation))
    });
    let allows_work = matches!(known.issue_state, IssueState::Open | IssueState::InProgress);
    let under_way = matches!(rules.state, In::Accepted | In::InProgress);
    let verifier = verifier(&actor.communities, community, known.reported)
        .map(|role| Verifier { role, of_holder: rules.holder.is_some_and(|holder| actor.is_member_of(holder)) });
    let asks = known.asker.is_some_and(|asker| rules.offer(OfferSide::Organisation, asker, known.has_open).is_ok());

    let mut actions = Vec::new();
    let mut may = |action, yes: bool| {
        if yes {
            actions.push(action);
        }
    };
    may(Do::Edit, coordinates && rules.state.is_unfinished());
    may(Do::Offer, coordinates && allows_work && matches!(rules.state, In::Draft | In::Offered));
    may(Do::Ask, speaks_for.is_some() && allows_work && asks);
    may(Do::Assign, speaks_as_holder && under_way);
    may(Do::Start, works_as.is_some_and(|organisation| rules.start(organisation).is_ok()));
    may(Do::Done, works_as.is_some_and(|organisation| rules.done(organisation, now).is_ok()));
    may(Do::Verify, verifier.is_some_and(|by| rules.verify(by).is_ok()));
    may(Do::Return, verifier.is_some_and(|by| rules.send_back(by).is_ok()));
    may(Do::Release, speaks_for.is_some_and(|organisation| rules.release(organisation).is_ok()));
    may(Do::Recall, coordinates && rules.recall(known.today, regard(known.holder)).is_ok());
    may(Do::Cancel, coordinates && rules.cancel().is_ok());
    may(Do::Block, speaks_as_holder && under_way && !known.blocked);
    may(Do::Unblock, speaks_as_holder && under_way && known.blocked);
    may(Do::Commit, allows_work && rules.state.is_unfinished());
    actions
}

/// As what somebody verifies, if they may at all.
pub(crate) fn verifier(
    communities: &[(CommunityId, Role)],
    community: CommunityId,
    reported: bool,
) -> Option<VerifiedBy> {
    let held = communities.iter().find(|(id, _)| *id == community).map(|(_, role)| *role);
    match held {
        Some(Role::Moderator) => Some(VerifiedBy::Moderator),
        Some(Role::Coordinator) => Some(VerifiedBy::Coordinator),
        Some(Role::Facilitator) => Some(VerifiedBy::Facilitator),
        _ => reported.then_some(VerifiedBy::Reporter),
    }
}

/// A holder that works in the community no more is like a suspended one: its tasks are recalled.
pub(crate) fn regard(holder: Option<Verification>) -> Verification {
    holder.unwrap_or(Verification::Suspended)
}
