use super::*;
use TaskState::{Accepted, Cancelled, Done, Draft, InProgress, Offered, Verified};

const HOLDER: OrganisationId = OrganisationId(uuid::Uuid::from_u128(1));
const OTHER: OrganisationId = OrganisationId(uuid::Uuid::from_u128(2));
const AT: Timestamp = Timestamp(1_800_000_000_000);
const MODERATOR: Verifier = Verifier { role: VerifiedBy::Moderator, of_holder: false };

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// A task in a state, with all that belongs to the state; due yesterday.
fn task(state: TaskState) -> Task {
    Task {
        state,
        holder: state.is_taken().then_some(HOLDER),
        open_offers: u32::from(state == Offered),
        due: today().pred_opt(),
        done_at: matches!(state, Done | Verified).then_some(AT),
        verified_by: (state == Verified).then_some(VerifiedBy::Reporter),
    }
}

/// Where a step leads from each state, in the order of [`TaskState::ALL`].
fn leads(step: impl Fn(Task) -> Result<Task, Transition>) -> Vec<Result<TaskState, Refusal>> {
    TaskState::ALL
        .iter()
        .map(|&state| step(task(state)).map(|after| after.state).map_err(|refused| refused.why))
        .collect()
}

#[test]
#[rustfmt::skip]
fn every_step_from_every_state() {
    use Refusal::{Already, TooEarly, WrongState as No};
    let offer = |task: Task| task.offer(OfferSide::Community, Verification::Verified, false);

    //                                                         draft          offered        accepted        in progress     done            verified      cancelled
    assert_eq!(leads(offer),                                  [Ok(Offered),   Ok(Offered),   Err(No),        Err(No),        Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(Task::offer_closed),                     [Err(No),       Ok(Draft),     Err(No),        Err(No),        Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.accept(HOLDER)),                   [Err(No),       Ok(Accepted),  Err(No),        Err(No),        Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.start(HOLDER)),                    [Err(No),       Err(No),       Ok(InProgress), Err(Already),   Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.done(HOLDER, AT)),                 [Err(No),       Err(No),       Err(No),        Ok(Done),       Err(Already),   Err(Already), Err(No)]);
    assert_eq!(leads(|t| t.verify(MODERATOR)),                [Err(No),       Err(No),       Err(No),        Err(No),        Ok(Verified),   Err(Already), Err(No)]);
    assert_eq!(leads(|t| t.stand_unverified(AT)),             [Err(No),       Err(No),       Err(No),        Err(No),        Err(TooEarly),  Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.stand_unverified(AT + UNVERIFIED)), [Err(No),      Err(No),       Err(No),        Err(No),        Ok(Verified),   Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.send_back(MODERATOR)),             [Err(No),       Err(No),       Err(No),        Err(No),        Ok(InProgress), Err(Already), Err(No)]);
    assert_eq!(leads(|t| t.release(HOLDER)),                  [Err(No),       Err(No),       Ok(Draft),      Ok(Draft),      Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.recall(today(), Verification::Verified)),
                                                              [Err(No),       Err(No),       Ok(Draft),      Ok(Draft),      Err(No),        Err(No),      Err(No)]);
    assert_eq!(leads(|t| t.reopen(false)),                    [Err(No),       Err(No),       Err(No),        Err(No),        Ok(InProgress), Ok(InProgress), Err(No)]);
    assert_eq!(leads(|t| t.reopen(true)),                     [Err(No),       Err(No),       Err(No),        Err(No),        Ok(Draft),      Ok(Draft),    Err(No)]);
    assert_eq!(leads(Task::cancel),                           [Ok(Cancelled), Ok(Cancelled), Ok(Cancelled),  Ok(Cancelled),  Ok(Cancelled),  Err(No),      Err(Already)]);
}

#[test]
fn only_its_holder_works_on_it() {
    let why = |step: Result<Task, Transition>| step.unwrap_err().why;

    assert_eq!(why(task(Accepted).start(OTHER)), Refusal::NotEntitled);
    assert_eq!(why(task(InProgress).done(OTHER, AT)), Refusal::NotEntitled);
    assert_eq!(why(task(InProgress).release(OTHER)), Refusal::NotEntitled);
}

#[test]
fn nobody_verifies_the_work_of_their_own_organisation() {
    for &role in VerifiedBy::ALL {
        let own = Verifier { role, of_holder: true };

        assert_eq!(task(Done).verify(own).unwrap_err().why, Refusal::OwnWork);
        assert_eq!(task(Done).send_back(own).unwrap_err().why, Refusal::OwnWork);
    }
    let nobody = Verifier { role: VerifiedBy::Nobody, of_holder: false };
    assert_eq!(task(Done).verify(nobody).unwrap_err().why, Refusal::NotEntitled);
}

#[test]
fn what_nobody_verified_for_14_days_says_so() {
    assert_eq!(task(Done).stand_unverified(AT + UNVERIFIED).unwrap().verified_by, Some(VerifiedBy::Nobody));
}

#[test]
fn a_coordinator_recalls_what_is_overdue_or_of_a_suspended_organisation() {
    let punctual = Task { due: Some(today()), ..task(InProgress) };

    assert_eq!(punctual.recall(today(), Verification::Verified).unwrap_err().why, Refusal::NotOverdue);
    assert_eq!(punctual.recall(today(), Verification::Suspended).unwrap().state, Draft);
}

#[test]
fn offers_go_to_verified_organisations_and_one_at_a_time_to_each() {
    let offer =
        |side, verification, has_open| task(Draft).offer(side, verification, has_open).map_err(|refused| refused.why);
    use OfferSide::{Community, Organisation};
    use Verification::{Suspended, Unverified};

    assert_eq!(offer(Community, Unverified, false), Err(Refusal::NotVerified));
    assert_eq!(offer(Community, Suspended, false), Err(Refusal::NotVerified));
    assert_eq!(offer(Organisation, Suspended, false), Err(Refusal::NotVerified));
    assert_eq!(offer(Organisation, Unverified, true), Err(Refusal::Already));
    assert!(offer(Organisation, Unverified, false).is_ok());
}

#[test]
fn several_offers_may_be_open_and_the_last_to_close_leaves_a_draft() {
    let two = task(Offered).offer(OfferSide::Organisation, Verification::Verified, false).unwrap();
    let one = two.offer_closed().unwrap();

    assert_eq!((two.state, two.open_offers), (Offered, 2));
    assert_eq!((one.state, one.open_offers), (Offered, 1));
    assert_eq!(one.offer_closed().unwrap().state, Draft);
    assert_eq!(two.accept(HOLDER).unwrap().open_offers, 0);
}
