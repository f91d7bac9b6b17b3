//! Whatever people do in whatever order, what the lifecycles promise stays true.

use crate::ids::OrganisationId;
use crate::issue::{Claimant, ConfirmedBy, Issue, IssueState, Objected, Standing, Target, TaskCounts, Voice};
use crate::offer::{Offer, OfferSide, OfferState};
use crate::organisation::Verification;
use crate::task::{Task, TaskState, VerifiedBy, Verifier};
use crate::time::Timestamp;
use crate::transition::Transition;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

const ORGANISATIONS: [OrganisationId; 2] =
    [OrganisationId(uuid::Uuid::from_u128(1)), OrganisationId(uuid::Uuid::from_u128(2))];
const SUSPENDED: Verification = Verification::Suspended;

/// What somebody tries to do; the rules refuse most of it. What leads on is tried more often than
/// what leads back, so that histories come far.
#[derive(Debug, Clone, Copy)]
enum Step {
    Wait { days: i64 },
    Issue(IssueStep),
    AddTask,
    Task { task: usize, organisation: usize, step: TaskStep },
}

#[derive(Debug, Clone, Copy)]
enum IssueStep {
    Accept,
    Unaccept,
    Decline,
    Appeal,
    DecideAppeal(bool),
    ResolveAsCoordinator,
    ResolveAsHolder(usize),
    Confirm { reporter: bool, of_claimant: bool },
    Silence,
    Object,
    DecideObjection(bool),
    MarkDuplicate,
    UnmarkDuplicate,
}

#[derive(Debug, Clone, Copy)]
enum TaskStep {
    Offer(OfferSide),
    AcceptOffer(OfferSide),
    DeclineOffer(OfferSide),
    WithdrawOffer(OfferSide),
    ExpireOffer,
    Start,
    Done,
    Verify { of_holder: bool },
    StandUnverified,
    SendBack,
    Release,
    Recall,
    Cancel,
}

fn side() -> impl Strategy<Value = OfferSide> {
    prop::sample::select(OfferSide::ALL)
}

fn issue_step() -> impl Strategy<Value = IssueStep> {
    use IssueStep::*;
    prop_oneof![
        20 => Just(Accept),
        1 => Just(Unaccept),
        1 => Just(Decline),
        4 => Just(Appeal),
        4 => any::<bool>().prop_map(DecideAppeal),
        1 => Just(ResolveAsCoordinator),
        12 => (0..2_usize).prop_map(ResolveAsHolder),
        6 => any::<(bool, bool)>().prop_map(|(reporter, of_claimant)| Confirm { reporter, of_claimant }),
        2 => Just(Silence),
        4 => Just(Object),
        6 => any::<bool>().prop_map(DecideObjection),
        1 => Just(MarkDuplicate),
        8 => Just(UnmarkDuplicate),
    ]
}

fn task_step() -> impl Strategy<Value = TaskStep> {
    use TaskStep::*;
    prop_oneof![
        12 => side().prop_map(Offer),
        20 => side().prop_map(AcceptOffer),
        1 => side().prop_map(DeclineOffer),
        1 => side().prop_map(WithdrawOffer),
        1 => Just(ExpireOffer),
        16 => Just(Start),
        16 => Just(Done),
        12 => any::<bool>().prop_map(|of_holder| Verify { of_holder }),
        4 => Just(StandUnverified),
        1 => Just(SendBack),
        1 => Just(Release),
        1 => Just(Recall),
        1 => Just(Cancel),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => (1..20_i64).prop_map(|days| Step::Wait { days }),
        4 => issue_step().prop_map(Step::Issue),
        1 => Just(Step::AddTask),
        12 => (0..2_usize, 0..2_usize, task_step()).prop_map(|(task, organisation, step)| Step::Task { task, organisation, step }),
    ]
}

/// An issue, its tasks and their offers, kept as the server keeps them.
#[derive(Debug, Clone)]
struct World {
    now: Timestamp,
    issue: Issue,
    tasks: Vec<Task>,
    /// Which task, to or by whom.
    offers: Vec<(usize, OrganisationId, Offer)>,
}

impl World {
    fn new() -> World {
        World {
            now: Timestamp(1_800_000_000_000),
            issue: Issue::reported(false),
            tasks: Vec::new(),
            offers: Vec::new(),
        }
    }

    fn today(&self) -> NaiveDate {
        self.now.to_utc().date_naive()
    }

    fn try_step(&mut self, step: Step) -> Result<(), Transition> {
        match step {
            Step::Wait { days } => self.now = self.now + TimeDelta::days(days),
            Step::Issue(step) => self.issue_step(step)?,
            Step::AddTask if self.issue.allows_work() && self.tasks.len() < 2 => {
                self.tasks.push(Task::draft(Some(self.today())))
            }
            Step::Task { task, organisation, step } if task < self.tasks.len() => {
                self.task_step(task, ORGANISATIONS[organisation], step)?;
            }
            Step::AddTask | Step::Task { .. } => {}
        }
        self.issue = self.issue.with_tasks(TaskCounts::of(self.tasks.iter().map(|task| task.state)));
        Ok(())
    }

    fn issue_step(&mut self, step: IssueStep) -> Result<(), Transition> {
        let now = self.now;
        self.issue = match step {
            IssueStep::Accept => self.issue.accept()?,
            IssueStep::Unaccept => self.issue.unaccept()?,
            IssueStep::Decline => self.issue.decline()?,
            IssueStep::Appeal => self.issue.appeal(Standing::Reporter)?,
            IssueStep::DecideAppeal(upheld) => self.issue.decide_appeal(upheld)?,
            IssueStep::ResolveAsCoordinator => self.issue.resolve(Claimant::Coordinator, false, now)?,
            IssueStep::ResolveAsHolder(organisation) => {
                let holder = ORGANISATIONS[organisation];
                let done = self.tasks.iter().any(|task| task.holder == Some(holder) && task.done_at.is_some());
                let resolved = self.issue.resolve(Claimant::Holder(holder), done, now)?;
                for task in self.tasks.iter_mut().filter(|task| task.state == TaskState::Draft) {
                    *task = task.cancel()?;
                }
                resolved
            }
            IssueStep::Confirm { reporter, of_claimant } => {
                let standing = if reporter { Standing::Reporter } else { Standing::Supporter { since: Timestamp(0) } };
                self.issue.confirm(Voice { standing, coordinator: false, of_claimant }, now)?
            }
            IssueStep::Silence => self.issue.confirm_by_silence(now)?,
            IssueStep::Object => {
                let (issue, objected) = self.issue.object(Standing::Reporter, now)?;
                if let Objected::Reopened { claim } = objected {
                    self.reopen_tasks(claim)?;
                }
                issue
            }
            IssueStep::DecideObjection(upheld) => {
                let (issue, claim) = self.issue.decide_objection(upheld)?;
                if let Some(claim) = claim {
                    self.reopen_tasks(claim)?;
                }
                issue
            }
            IssueStep::MarkDuplicate => {
                let target = Target { state: IssueState::Open, private: false, hidden: false, another_here: true };
                self.issue.mark_duplicate(target)?
            }
            IssueStep::UnmarkDuplicate => self.issue.unmark_duplicate()?,
        };
        Ok(())
    }

    fn reopen_tasks(&mut self, claim: Claimant) -> Result<(), Transition> {
        for task in self.tasks.iter_mut().filter(|task| task.done_at.is_some()) {
            if task.holder.is_some_and(|holder| claim.rests_on(holder)) {
                *task = task.reopen(false)?;
            }
        }
        Ok(())
    }

    fn task_step(&mut self, at: usize, organisation: OrganisationId, step: TaskStep) -> Result<(), Transition> {
        let (now, today, task) = (self.now, self.today(), self.tasks[at]);
        let open = self
            .offers
            .iter()
            .position(|(of, to, offer)| *of == at && *to == organisation && offer.state == OfferState::Open);
        self.tasks[at] = match (step, open) {
            (TaskStep::Offer(side), open) if self.issue.allows_work() => {
                let offered = task.offer(side, Verification::Verified, open.is_some())?;
                self.offers.push((at, organisation, Offer::open(side, now + TimeDelta::days(14))));
                offered
            }
            (TaskStep::AcceptOffer(by), Some(open)) if self.issue.allows_work() => {
                let accepted = self.offers[open].2.accept(by, now)?;
                let taken = task.accept(organisation)?;
                self.offers[open].2 = accepted;
                self.close_offers(at, Offer::supersede)?;
                taken
            }
            (TaskStep::DeclineOffer(by), Some(open)) => {
                self.offers[open].2 = self.offers[open].2.decline(by, now)?;
                task.offer_closed()?
            }
            (TaskStep::WithdrawOffer(by), Some(open)) => {
                self.offers[open].2 = self.offers[open].2.withdraw(by)?;
                task.offer_closed()?
            }
            (TaskStep::ExpireOffer, Some(open)) => {
                self.offers[open].2 = self.offers[open].2.expire(now)?;
                task.offer_closed()?
            }
            (TaskStep::Start, _) => task.start(organisation)?,
            (TaskStep::Done, _) => task.done(organisation, now)?,
            (TaskStep::Verify { of_holder }, _) => task.verify(Verifier { role: VerifiedBy::Moderator, of_holder })?,
            (TaskStep::StandUnverified, _) => task.stand_unverified(now)?,
            (TaskStep::SendBack, _) => task.send_back(Verifier { role: VerifiedBy::Reporter, of_holder: false })?,
            (TaskStep::Release, _) => task.release(organisation)?,
            (TaskStep::Recall, _) => task.recall(today, SUSPENDED)?,
            (TaskStep::Cancel, _) => {
                let cancelled = task.cancel()?;
                self.close_offers(at, |offer| offer.withdraw(offer.side))?;
                cancelled
            }
            _ => task,
        };
        Ok(())
    }

    fn close_offers(
        &mut self,
        of: usize,
        close: impl Fn(Offer) -> Result<Offer, Transition>,
    ) -> Result<(), Transition> {
        for (_, _, offer) in
            self.offers.iter_mut().filter(|(task, _, offer)| *task == of && offer.state == OfferState::Open)
        {
            *offer = close(*offer)?;
        }
        Ok(())
    }

    fn check(&self) {
        let taken = self.tasks.iter().any(|task| task.state.is_taken());
        if self.issue.allows_work() {
            assert_eq!(self.issue.state == IssueState::InProgress, taken, "in progress exactly while a task is taken");
        }
        let claimed = matches!(self.issue.state, IssueState::Resolved | IssueState::Confirmed);
        assert_eq!(self.issue.claim.is_some(), claimed);
        assert_eq!(self.issue.confirmed.is_some(), self.issue.state == IssueState::Confirmed);
        assert_eq!(self.issue.was.is_some(), self.issue.state == IssueState::Duplicate);
        assert!(!self.issue.objection_waits || claimed);
        if matches!(self.issue.state, IssueState::Reported | IssueState::Declined | IssueState::Duplicate) {
            assert!(!taken && self.offers.iter().all(|(_, _, offer)| offer.state != OfferState::Open));
        }
        for (at, task) in self.tasks.iter().enumerate() {
            let open = self.offers.iter().filter(|(of, _, offer)| *of == at && offer.state == OfferState::Open).count();
            assert_eq!(task.state == TaskState::Offered, open > 0, "offered exactly while an offer is open");
            assert_eq!(usize::try_from(task.open_offers).unwrap(), open);
            for organisation in ORGANISATIONS {
                let both = self
                    .offers
                    .iter()
                    .filter(|(of, to, offer)| *of == at && *to == organisation && offer.state == OfferState::Open);
                assert!(both.count() <= 1, "one open offer of a task for each organisation");
            }
            assert_eq!(task.holder.is_some(), task.state.is_taken());
            assert_eq!(task.done_at.is_some(), matches!(task.state, TaskState::Done | TaskState::Verified));
            assert_eq!(task.verified_by.is_some(), task.state == TaskState::Verified);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_promises_hold_after_every_step(steps in prop::collection::vec(step(), 1..250)) {
        let mut world = World::new();
        for step in steps {
            let mut next = world.clone();
            if next.try_step(step).is_ok() {
                // What has ended stays ended.
                for ((_, _, before), (_, _, after)) in world.offers.iter().zip(&next.offers) {
                    prop_assert!(before.state == OfferState::Open || before == after);
                }
                if let (Some(before), Some(after)) = (world.issue.confirmed, next.issue.confirmed) {
                    prop_assert_eq!(before, after, "a confirmation is not changed");
                }
                world = next;
            }
            world.check();
        }
    }

    #[test]
    fn silence_never_confirms_within_14_days(days in 0..14_i64) {
        let at = Timestamp(1_800_000_000_000);
        let resolved = Issue::reported(false).accept().unwrap().resolve(Claimant::Coordinator, false, at).unwrap();

        prop_assert!(resolved.confirm_by_silence(at + TimeDelta::days(days)).is_err());
        let confirmed = resolved.confirm_by_silence(at + TimeDelta::days(14)).unwrap();
        prop_assert_eq!(confirmed.confirmed.map(|confirmed| confirmed.by), Some(ConfirmedBy::Silence));
    }
}
