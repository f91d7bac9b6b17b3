//! What a reader may do with an issue now: what their role allows, asked of the rules.

use crate::{
    auth::session::Caller,
    issue::{reader, store::Issue, story::Story},
};
use shared::{
    issue::{Claimant, IssueAction as Do, IssueState as In, Standing, SupportState, Target, Voice},
    permission::{Permission, Role},
    time::Timestamp,
};

/// The actions of a reader, in the order of the contract.
pub(crate) fn of(
    issue: &Issue,
    caller: &Caller,
    mine: &SupportState,
    story: &Story,
    voice: Voice,
    holds: bool,
    now: Timestamp,
) -> Vec<Do> {
    let rules = issue.rules();
    let shown = !rules.hidden;
    let actor = caller.actor();
    let triages = reader::triages(caller, issue.community_id);
    let main = actor.is_some_and(|actor| actor.main_coordinator);
    let facilitates = actor.is_some_and(|actor| actor.communities.contains(&(issue.community_id, Role::Facilitator)));
    let speaks_for = actor
        .zip(caller.acting_for())
        .filter(|(actor, organisation)| actor.may_for(Permission::SpeakForOrganisation, *organisation));
    let claimant = speaks_for.map(|(_, organisation)| Claimant::Holder(organisation));
    let asked = voice.standing != Standing::Neither;
    let hiding_appeal = story.hidden.as_ref().and_then(|hidden| hidden.appeal.as_ref());
    let hiding_waits = hiding_appeal.is_some_and(|appeal| appeal.decision.is_none());
    let any = Target { state: In::Open, private: rules.private, hidden: rules.hidden, another_here: true };

    let mut actions = Vec::new();
    let mut may = |action, yes: bool| {
        if yes {
            actions.push(action);
        }
    };
    may(Do::Edit, shown && (triages || (mine.reported && rules.state == In::Reported)));
    may(Do::Accept, shown && triages && rules.accept().is_ok());
    may(Do::Unaccept, shown && triages && rules.unaccept().is_ok());
    may(Do::Decline, shown && triages && rules.decline().is_ok());
    may(
        Do::Appeal,
        mine.reported
            && (rules.appeal(Standing::Reporter).is_ok() || (story.hidden.is_some() && hiding_appeal.is_none())),
    );
    may(Do::DecideAppeal, main && (rules.decide_appeal(true).is_ok() || hiding_waits));
    may(Do::Resolve, shown && voice.coordinator && rules.resolve(Claimant::Coordinator, false, now).is_ok());
    may(Do::Resolve, shown && !voice.coordinator && claimant.is_some_and(|by| rules.resolve(by, holds, now).is_ok()));
    may(Do::Confirm, shown && actor.is_some() && !story.confirmed_by_me && rules.confirm(voice, now).is_ok());
    may(Do::Object, shown && asked && rules.object(voice.standing, now).is_ok());
    may(Do::DecideObjection, (facilitates || main) && rules.decide_objection(true).is_ok());
    may(Do::Triage, shown && triages);
    may(Do::MarkDuplicate, shown && triages && rules.mark_duplicate(any).is_ok());
    may(Do::UnmarkDuplicate, shown && triages && rules.unmark_duplicate().is_ok());
    may(Do::Hide, shown && triages);
    may(Do::Show, !shown && triages);
    may(Do::Support, shown && !mine.reported && !mine.supports && may_be_supported(rules.state));
    may(Do::Follow, shown && !mine.follows);
    may(Do::Comment, shown && actor.is_some());
    may(Do::AddTask, shown && voice.coordinator && rules.add_task().is_ok());
    may(Do::ProposeTask, shown && speaks_for.is_some() && rules.add_task().is_ok());
    may(Do::Commit, shown && actor.is_some() && rules.allows_work());
    actions
}

/// Whether "me too" makes a difference still.
pub(crate) fn may_be_supported(state: In) -> bool {
    matches!(state, In::Reported | In::Open | In::InProgress | In::Resolved)
}
