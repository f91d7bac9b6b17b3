//! What a reader may do with an issue now. The operations decide with the same conditions.

use crate::{auth::session::Caller, issue::{reader, store::Issue, story::Story, terms}};
use shared::{issue::{IssueAction as Do, IssueState as In, SupportState}, permission::{Permission, Role}, time::Timestamp};

/// The actions of a reader, in the order of the contract.
pub(crate) fn of(issue: &Issue, caller: &Caller, mine: &SupportState, story: &Story, works: bool, now: Timestamp) -> Vec<Do> {
    let state = issue.state;
    let shown = issue.hidden_at.is_none();
    let actor = caller.actor();
    let triages = reader::triages(caller, issue.community_id);
    let coordinates = actor.is_some_and(|actor| actor.may_in(Permission::CoordinateTasks, issue.community_id));
    let main = actor.is_some_and(|actor| actor.main_coordinator);
    let facilitates = actor.is_some_and(|actor| actor.communities.contains(&(issue.community_id, Role::Facilitator)));
    let speaks = actor.zip(caller.acting_for()).is_some_and(|(actor, organisation)| actor.may_for(Permission::SpeakForOrganisation, organisation));
    let worked_on = matches!(state, In::Open | In::InProgress);

    let decline_open = state == In::Declined && story.declined.as_ref().is_some_and(|declined| declined.appeal.is_none());
    let hiding_open = story.hidden.as_ref().is_some_and(|hidden| hidden.appeal.is_none());
    let undecided = |appeal: Option<&shared::issue::Appeal>| appeal.is_some_and(|appeal| appeal.decision.is_none());
    let appealed = undecided(story.declined.as_ref().and_then(|declined| declined.appeal.as_ref()))
        || undecided(story.hidden.as_ref().and_then(|hidden| hidden.appeal.as_ref()));
    let objection_waits = story.objection_waits();
    let concerned = mine.reported || story.supported_before;
    let impartial = story.is_impartial(actor.map(AsRef::as_ref), issue);

    let mut actions = Vec::new();
    let mut may = |action, yes: bool| {
        if yes {
            actions.push(action);
        }
    };
    may(Do::Edit, shown && (triages || (mine.reported && state == In::Reported)));
    may(Do::Accept, triages && shown && state == In::Reported);
    may(Do::Decline, triages && shown && state == In::Reported);
    may(Do::Appeal, mine.reported && (decline_open || hiding_open));
    may(Do::DecideAppeal, main && appealed);
    may(Do::Resolve, shown && worked_on && (coordinates || (speaks && works)));
    may(Do::Confirm, shown && state == In::Resolved && concerned && impartial && !story.confirmed_by_me && !objection_waits);
    may(Do::Object, shown && concerned && !objection_waits && terms::may_be_objected_to(issue, now));
    may(Do::DecideObjection, (facilitates || main) && objection_waits);
    may(Do::Triage, triages && shown);
    may(Do::MarkDuplicate, triages && shown && matches!(state, In::Reported | In::Open) && story.duplicates.is_empty());
    may(Do::UnmarkDuplicate, triages && shown && state == In::Duplicate);
    may(Do::Hide, triages && shown);
    may(Do::Show, triages && !shown);
    may(Do::Support, shown && !mine.reported && !mine.supports && terms::may_be_supported(state));
    may(Do::Follow, shown && !mine.follows);
    may(Do::Comment, shown && actor.is_some());
    may(Do::AddTask, shown && coordinates && worked_on);
    may(Do::ProposeTask, shown && speaks && worked_on);
    may(Do::Commit, shown && actor.is_some() && worked_on);
    actions
}
