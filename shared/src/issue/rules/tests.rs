use super::*;
use IssueState::{Confirmed as Sure, Declined, Duplicate, InProgress, Open, Reported, Resolved};

const HOLDER: OrganisationId = OrganisationId(uuid::Uuid::from_u128(1));
const OTHER: OrganisationId = OrganisationId(uuid::Uuid::from_u128(2));
const AT: Timestamp = Timestamp(1_800_000_000_000);

/// An issue in a state, with all that belongs to the state.
fn issue(state: IssueState) -> Issue {
    let mut issue = Issue::reported(false);
    issue.state = state;
    if matches!(state, InProgress | Resolved | Sure) {
        issue.tasks.done = 1;
    }
    if matches!(state, Resolved | Sure) {
        issue.claim = Some(Claiming { by: Claimant::Holder(HOLDER), at: AT });
    }
    if state == Sure {
        issue.confirmed = Some(Confirmed { by: ConfirmedBy::Reporter, at: AT });
    }
    if state == Duplicate {
        issue.was = Some(Reported);
    }
    issue
}

#[test]
fn an_issue_holds_two_hundred_tasks() {
    let with = |cancelled| issue(Open).with_tasks(TaskCounts { cancelled, draft: 1, ..TaskCounts::default() });

    assert_eq!(with(198).add_task(), Ok(()));
    assert_eq!(with(199).add_task().unwrap_err().why, Refusal::Full);
    assert_eq!(issue(Reported).add_task().unwrap_err().why, Refusal::WrongState);
}

fn reporter() -> Voice {
    Voice { standing: Standing::Reporter, coordinator: false, of_claimant: false }
}

fn supporter(since: Timestamp) -> Voice {
    Voice { standing: Standing::Supporter { since }, ..reporter() }
}

fn target() -> Target {
    Target { state: Open, private: false, hidden: false, another_here: true }
}

/// Where a step leads from each state, in the order of [`IssueState::ALL`].
fn leads(step: impl Fn(Issue) -> Result<Issue, Transition>) -> Vec<Result<IssueState, Refusal>> {
    IssueState::ALL
        .iter()
        .map(|&state| step(issue(state)).map(|after| after.state).map_err(|refused| refused.why))
        .collect()
}

#[test]
#[rustfmt::skip]
fn every_step_from_every_state() {
    use Refusal::{Already, HasActiveTasks as Active, TooEarly, WrongState as No};
    let later = AT + SILENCE;

    //                                                       reported       open           in progress    resolved       confirmed   declined       duplicate
    assert_eq!(leads(Issue::accept),                        [Ok(Open),      Err(Already),  Err(Already),  Err(No),       Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(Issue::unaccept),                      [Err(No),       Ok(Reported),  Err(No),       Err(No),       Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(Issue::decline),                       [Ok(Declined),  Ok(Declined),  Err(Active),   Err(No),       Err(No),      Err(Already),  Err(No)]);
    assert_eq!(leads(|i| i.appeal(Standing::Reporter)),     [Err(No),       Err(No),       Err(No),       Err(No),       Err(No),      Ok(Declined),  Err(No)]);
    assert_eq!(leads(|i| i.resolve(Claimant::Coordinator, false, AT)),
                                                            [Err(No),       Ok(Resolved),  Ok(Resolved),  Err(Already),  Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(|i| i.confirm(reporter(), AT)),        [Err(No),       Err(No),       Err(No),       Ok(Sure),      Err(Already), Err(No),       Err(No)]);
    assert_eq!(leads(|i| i.confirm_by_silence(AT)),         [Err(No),       Err(No),       Err(No),       Err(TooEarly), Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(|i| i.confirm_by_silence(later)),      [Err(No),       Err(No),       Err(No),       Ok(Sure),      Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(|i| i.object(Standing::Reporter, AT).map(|(issue, _)| issue)),
                                                            [Err(No),       Err(No),       Err(No),       Ok(InProgress), Ok(InProgress), Err(No),   Err(No)]);
    assert_eq!(leads(|i| i.decide_objection(true).map(|(issue, _)| issue)),
                                                            [Err(No),       Err(No),       Err(No),       Err(No),       Err(No),      Err(No),       Err(No)]);
    assert_eq!(leads(|i| i.mark_duplicate(target())),       [Ok(Duplicate), Ok(Duplicate), Err(Active),   Err(No),       Err(No),      Err(No),       Err(Already)]);
    assert_eq!(leads(Issue::unmark_duplicate),              [Err(No),       Err(No),       Err(No),       Err(No),       Err(No),      Err(No),       Ok(Reported)]);
}

#[test]
fn a_holder_resolves_when_its_work_is_done_and_nobody_elses_is_unfinished() {
    let mut busy = issue(InProgress);
    busy.tasks.accepted = 1;
    let mut drafted = issue(InProgress);
    drafted.tasks.draft = 1;
    let resolve = |issue: Issue, done| {
        issue.resolve(Claimant::Holder(HOLDER), done, AT).map(|after| after.state).map_err(|e| e.why)
    };

    assert_eq!(resolve(busy, true), Err(Refusal::UnfinishedTasks));
    assert_eq!(resolve(drafted, true), Ok(Resolved));
    assert_eq!(resolve(issue(InProgress), false), Err(Refusal::NotEntitled));
}

#[test]
fn three_earlier_supporters_confirm_together() {
    let once = issue(Resolved).confirm(supporter(AT), AT).unwrap();
    let twice = once.confirm(supporter(AT), AT).unwrap();
    let thrice = twice.confirm(supporter(AT), AT).unwrap();

    assert_eq!((twice.state, twice.confirmations), (Resolved, 2));
    assert_eq!(thrice.confirmed, Some(Confirmed { by: ConfirmedBy::Supporters, at: AT }));
}

#[test]
fn later_supporters_coordinators_and_those_who_claim_do_not_count() {
    let later = AT + TimeDelta::milliseconds(1);
    for voice in [
        supporter(later),
        Voice { coordinator: true, ..reporter() },
        Voice { of_claimant: true, ..supporter(AT) },
        Voice { standing: Standing::Neither, ..reporter() },
    ] {
        assert_eq!(issue(Resolved).confirm(voice, AT).unwrap_err().why, Refusal::NotEntitled, "{voice:?}");
    }
}

#[test]
fn one_may_object_for_28_days_after_the_confirmation() {
    let last = AT + OBJECTION;

    assert!(issue(Sure).object(Standing::Reporter, last).is_ok());
    assert_eq!(
        issue(Sure).object(Standing::Reporter, last + TimeDelta::milliseconds(1)).unwrap_err().why,
        Refusal::TooLate
    );
    assert_eq!(issue(Sure).object(Standing::Neither, last).unwrap_err().why, Refusal::NotEntitled);
}

#[test]
fn the_first_objection_reopens_and_the_second_waits_for_a_decision() {
    let (reopened, first) = issue(Sure).object(Standing::Reporter, AT).unwrap();
    let again = reopened.resolve(Claimant::Coordinator, false, AT).unwrap();
    let (waits, second) = again.object(Standing::Reporter, AT).unwrap();
    let (dismissed, none) = waits.decide_objection(false).unwrap();
    let (upheld, claim) = waits.decide_objection(true).unwrap();

    assert_eq!((reopened.state, reopened.claim, reopened.confirmed), (InProgress, None, None));
    assert_eq!(first, Objected::Reopened { claim: Claimant::Holder(HOLDER) });
    assert_eq!(second, Objected::Waits { decide_by: AT + DECISION });
    assert_eq!(waits.confirm(reporter(), AT).unwrap_err().why, Refusal::Pending);
    assert_eq!(waits.confirm_by_silence(AT + SILENCE).unwrap_err().why, Refusal::Pending);
    assert_eq!(waits.object(Standing::Reporter, AT).unwrap_err().why, Refusal::Pending);
    assert_eq!((dismissed.state, none), (Resolved, None));
    assert_eq!((upheld.state, claim), (InProgress, Some(Claimant::Coordinator)));
}

#[test]
fn an_objection_reopens_the_tasks_of_those_who_claimed() {
    assert!(Claimant::Holder(HOLDER).rests_on(HOLDER));
    assert!(!Claimant::Holder(HOLDER).rests_on(OTHER));
    assert!(Claimant::Coordinator.rests_on(OTHER));
}

#[test]
fn a_decline_is_appealed_once_by_the_reporter() {
    let declined = issue(Declined);
    let waits = declined.appeal(Standing::Reporter).unwrap();
    let dismissed = waits.decide_appeal(false).unwrap();

    assert_eq!(declined.appeal(Standing::Neither).unwrap_err().why, Refusal::NotEntitled);
    assert_eq!(declined.decide_appeal(true).unwrap_err().why, Refusal::WrongState);
    assert_eq!(waits.appeal(Standing::Reporter).unwrap_err().why, Refusal::Pending);
    assert_eq!(waits.decide_appeal(true).unwrap().state, Open);
    assert_eq!((dismissed.state, dismissed.appeal(Standing::Reporter).unwrap_err().why), (Declined, Refusal::OnceOnly));
}

#[test]
fn a_duplicates_target_is_no_duplicate_and_as_visible() {
    for unfit in [
        Target { state: Duplicate, ..target() },
        Target { private: true, ..target() },
        Target { hidden: true, ..target() },
        Target { another_here: false, ..target() },
    ] {
        assert_eq!(issue(Open).mark_duplicate(unfit).unwrap_err().why, Refusal::TargetUnfit, "{unfit:?}");
    }
    let pointed_to = Issue { duplicates: 1, ..issue(Open) };
    assert_eq!(pointed_to.mark_duplicate(target()).unwrap_err().why, Refusal::HasDuplicates);
}

#[test]
fn undoing_a_duplicate_restores_what_it_was() {
    for state in [Reported, Open] {
        assert_eq!(issue(state).mark_duplicate(target()).unwrap().unmark_duplicate().unwrap(), issue(state));
    }
}

#[test]
fn offered_tasks_keep_an_issue_from_being_declined_or_a_duplicate() {
    let offered = issue(Open).with_tasks(TaskCounts { offered: 1, ..TaskCounts::default() });

    assert_eq!(offered.decline().unwrap_err().why, Refusal::HasActiveTasks);
    assert_eq!(offered.mark_duplicate(target()).unwrap_err().why, Refusal::HasActiveTasks);
    assert_eq!(offered.unaccept().unwrap_err().why, Refusal::HasActiveTasks);
}
