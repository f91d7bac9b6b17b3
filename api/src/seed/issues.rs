//! Seeded issues, each with all that belongs to it.

use crate::{
    db::Write,
    events::NewEvent,
    issue,
    seed::{bulk::Bulk, log::Log, words, world::World},
};
use chrono::TimeDelta;
use fastrand::Rng;
use sea_orm::DbErr;
use serde_json::json;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, IssueId, OfferId, OrganisationId, TaskId},
    issue::{AffectedGroup, ConfirmedBy, DeclineReason, IssueState, Naming},
    names::ActingRole,
    offer::{OfferSide, OfferState},
    organisation::Sector,
    task::{TaskState, VerifiedBy},
    time::Timestamp,
};
use uuid::Uuid;

/// The issues are of so many days.
const DAYS: i64 = 730;

/// An id of a moment that is the same in every run.
pub(super) fn id_at(rng: &mut Rng, at: Timestamp) -> Uuid {
    let mut random = [0; 10];
    rng.fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
}

/// Rows of every table, in the order in which they may be written.
#[derive(Debug)]
pub(super) struct Rows {
    wordings: Bulk,
    places: Bulk,
    issues: Bulk,
    affected: Bulk,
    supports: Bulk,
    follows: Bulk,
    comments: Bulk,
    declines: Bulk,
    claims: Bulk,
    tasks: Bulk,
    offers: Bulk,
    involved: Bulk,
    searched: Bulk,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            wordings: Bulk::new("wording", "id, community_id, body, salt"),
            places: Bulk::new("place", "id, community_id, address, house, precision"),
            issues: Bulk::new(
                "issue",
                "id, community_id, number, state, category_id, title_id, description_id, place_id, public_place_id, reporter_id, naming, \
                 private, blurred, at_once, listed, duplicates, supporters, followers, comments, photos, tasks_draft, tasks_offered, \
                 tasks_accepted, tasks_in_progress, tasks_done, tasks_verified, resolved_at, claimed_by, confirmations, confirmed_by, \
                 confirmed_at, objections, objection_waits, appeal, reported_at, accepted_at, changed_at, answer_by, unanswered_at, version, touched",
            ),
            affected: Bulk::new("issue_affected", "issue_id, affected, community_id"),
            supports: Bulk::new("support", "issue_id, account_id, community_id, joined_at"),
            follows: Bulk::new("follow", "issue_id, account_id, community_id, created_at"),
            comments: Bulk::new(
                "comment",
                "id, community_id, issue_id, wording_id, account_id, at_once, created_at, version",
            ),
            declines: Bulk::new("decline", "issue_id, community_id, reason, wording_id, account_id, role, declined_at"),
            claims: Bulk::new(
                "claim",
                "id, community_id, issue_id, wording_id, account_id, organisation_id, claimed_at",
            ),
            tasks: Bulk::new(
                "task",
                "id, community_id, issue_id, state, title_id, result_id, sector, shown_sector, holder_id, due, open_offers, note_id, \
                 done_at, verified_by, verified_at, created_by, created_at, changed_at, version, touched",
            ),
            offers: Bulk::new(
                "offer",
                "id, community_id, issue_id, task_id, organisation_id, side, state, answer_by, answer_until, note_id, made_by, made_at, \
                 ended_at, version",
            ),
            involved: Bulk::new("issue_organisation", "issue_id, organisation_id, community_id, sector, taken"),
            searched: Bulk::new("search_document", "community_id, issue_id, tokens"),
        }
    }
}

impl Rows {
    pub(super) fn tasks(&self) -> u32 {
        u32::try_from(self.tasks.rows()).unwrap_or_default()
    }

    pub(super) fn comments(&self) -> u32 {
        u32::try_from(self.comments.rows()).unwrap_or_default()
    }

    pub(super) async fn write(self, tx: &Write<'_>) -> Result<(), DbErr> {
        let Rows {
            wordings,
            places,
            issues,
            affected,
            supports,
            follows,
            comments,
            declines,
            claims,
            tasks,
            offers,
            involved,
            searched,
        } = self;
        for rows in [
            wordings, places, issues, affected, supports, follows, comments, declines, claims, tasks, offers, involved,
            searched,
        ] {
            rows.write(tx).await?;
        }
        Ok(())
    }
}

/// What became of an issue: the younger, the less.
fn fate(rng: &mut Rng, age: TimeDelta) -> IssueState {
    use IssueState::{Confirmed, Declined, InProgress, Open, Reported, Resolved};
    let of = match age.num_days() {
        ..3 => &[Reported, Reported, Reported, Open][..],
        3..21 => &[Reported, Open, Open, InProgress, InProgress, Declined],
        21..90 => &[Open, InProgress, InProgress, Resolved, Confirmed, Declined],
        _ => &[Open, InProgress, Confirmed, Confirmed, Confirmed, Confirmed, Declined],
    };
    rng.choice(of).copied().unwrap_or(Reported)
}

/// Adds issue `number` of `many`; the last one is of today.
pub(super) fn make(
    rows: &mut Rows,
    log: &mut Log,
    world: &World,
    rng: &mut Rng,
    (number, many): (u32, u32),
    now: Timestamp,
) {
    let age =
        TimeDelta::days(DAYS) * i32::try_from(many - number).unwrap_or_default() / i32::try_from(many).unwrap_or(1);
    let at = now - age;
    let issue = IssueId(id_at(rng, at));
    let state = fate(rng, age);
    let reporter = world.person(rng);
    let mut making = Making { rows, log, world, rng, issue, at, now, work: Work::default(), claim: None };
    making.make(number, state, reporter);
}

/// One issue in the making, and when the last thing happened to it.
struct Making<'a> {
    rows: &'a mut Rows,
    log: &'a mut Log,
    world: &'a World,
    rng: &'a mut Rng,
    issue: IssueId,
    at: Timestamp,
    now: Timestamp,
    work: Work,
    claim: Option<(Timestamp, OrganisationId)>,
}

/// How the task of an issue stands, where it has one.
#[derive(Debug, Clone, Copy, Default)]
struct Work {
    task: Option<TaskState>,
    holder: Option<(OrganisationId, Sector)>,
}

impl Work {
    /// How many tasks there are in that state.
    fn count(self, state: TaskState) -> i64 {
        i64::from(self.task == Some(state))
    }
}

impl Making<'_> {
    fn make(&mut self, number: u32, state: IssueState, reporter: Option<AccountId>) {
        let reported_at = self.at;
        let words = words::issue(self.rng);
        let (title, description) = (self.text(&words.title), self.text(&words.description));
        let place = id_at(self.rng, self.at);
        let community = self.world.community;
        self.rows.places.push([
            place.into(),
            community.into(),
            words.address.as_str().into(),
            words.house.as_str().into(),
            "exact".into(),
        ]);
        self.rows.searched.push([
            community.into(),
            self.issue.into(),
            issue::search_tokens(community, &words.title, &words.description).into(),
        ]);
        self.tell(
            EventKind::IssueReported,
            Thing::Issue,
            self.issue.0,
            json!({ "state": IssueState::Reported }),
            reporter,
            None,
        );
        let supporters = self.support();
        let comments = self.comment();
        self.concern();
        let triaged_at = (state != IssueState::Reported).then(|| self.triage(state));
        let confirmed_at = self.work_on(state);
        let private = words.category.private();
        let (resolved_at, claimed_by) = self.claim.unzip();
        let accepted_at = triaged_at.filter(|_| state != IssueState::Declined);
        let answer_by = reported_at + TimeDelta::days(words.category.answer_days().into());
        self.rows.issues.push([
            self.issue.into(),
            community.into(),
            i64::from(number).into(),
            state.into(),
            self.world.category(words.category).into(),
            title.into(),
            description.into(),
            place.into(),
            place.into(),
            reporter.into(),
            Naming::Workers.into(),
            private.into(),
            false.into(),
            false.into(),
            (!private && state != IssueState::Reported).into(),
            0_i64.into(),
            supporters.into(),
            supporters.into(),
            comments.into(),
            0_i64.into(),
            self.work.count(TaskState::Draft).into(),
            self.work.count(TaskState::Offered).into(),
            self.work.count(TaskState::Accepted).into(),
            self.work.count(TaskState::InProgress).into(),
            self.work.count(TaskState::Done).into(),
            self.work.count(TaskState::Verified).into(),
            resolved_at.into(),
            claimed_by.into(),
            0_i64.into(),
            confirmed_at.map(|_| ConfirmedBy::Reporter).into(),
            confirmed_at.into(),
            0_i64.into(),
            false.into(),
            "none".into(),
            reported_at.into(),
            accepted_at.into(),
            self.at.into(),
            triaged_at.is_none().then_some(answer_by).into(),
            // The main coordinators know of it.
            (triaged_at.is_none() && answer_by <= self.now).then_some(answer_by).into(),
            1_i64.into(),
            0_i64.into(),
        ]);
    }

    /// Lets up to `hours` pass, but not beyond today.
    fn later(&mut self, hours: i64) -> Timestamp {
        self.at = (self.at + TimeDelta::minutes(self.rng.i64(1..hours * 60))).min(self.now);
        self.at
    }

    /// Lets time pass until a few days ago: what waits for an answer since longer, time alone has
    /// ended, and a filled database has no such work left to do.
    fn lately(&mut self) {
        self.at = self.at.max(self.now - TimeDelta::days(self.rng.i64(1..10)));
    }

    fn text(&mut self, body: &str) -> Uuid {
        let id = id_at(self.rng, self.at);
        let mut salt = vec![0; 16];
        self.rng.fill(&mut salt);
        self.rows.wordings.push([id.into(), self.world.community.into(), body.into(), salt.into()]);
        id
    }

    fn tell(
        &mut self,
        kind: EventKind,
        thing: Thing,
        id: Uuid,
        data: serde_json::Value,
        by: Option<AccountId>,
        acting_for: Option<OrganisationId>,
    ) {
        let mut event = NewEvent::new(kind, thing, id).issue(self.issue).data(data);
        if let Some(by) = by {
            event = event.actor(by, acting_for);
        }
        self.log.push(self.at, event);
    }

    fn coordinator(&self) -> Option<AccountId> {
        self.world.people.first().copied()
    }

    /// A coordinator does something to the issue.
    fn coordinate(&mut self, kind: EventKind, state: IssueState) {
        let data = json!({ "state": state, "role": ActingRole::Coordinator });
        self.tell(kind, Thing::Issue, self.issue.0, data, self.coordinator(), None);
    }

    /// Few issues have many supporters, most have few or none; each follows it too.
    fn support(&mut self) -> i64 {
        let many = self.rng.usize(0..5) * self.rng.usize(0..4);
        let first = self.rng.usize(0..self.world.people.len().max(1));
        for person in self.world.people.iter().cycle().skip(first).take(many).copied() {
            let community = self.world.community;
            self.rows.supports.push([self.issue.into(), person.into(), community.into(), self.at.into()]);
            self.rows.follows.push([self.issue.into(), person.into(), community.into(), self.at.into()]);
        }
        i64::try_from(many).unwrap_or_default()
    }

    fn comment(&mut self) -> i64 {
        let many = self.rng.i64(0..4);
        for _ in 0..many {
            let (author, at) = (self.world.person(self.rng), self.later(12));
            let words = words::comment(self.rng);
            let wording = self.text(words);
            let id = id_at(self.rng, at);
            self.rows.comments.push([
                id.into(),
                self.world.community.into(),
                self.issue.into(),
                wording.into(),
                author.into(),
                false.into(),
                at.into(),
                1_i64.into(),
            ]);
            self.tell(EventKind::CommentWritten, Thing::Comment, id, serde_json::Value::Null, author, None);
        }
        many
    }

    fn concern(&mut self) {
        let first = self.rng.usize(0..AffectedGroup::ALL.len());
        let many = self.rng.usize(0..3);
        for group in AffectedGroup::ALL.iter().cycle().skip(first).take(many) {
            self.rows.affected.push([self.issue.into(), (*group).into(), self.world.community.into()]);
        }
    }

    /// Accepts or declines it; answers when.
    fn triage(&mut self, state: IssueState) -> Timestamp {
        let at = self.later(96);
        if state == IssueState::Declined {
            let words = self.text("Це не належить до повноважень громади.");
            self.rows.declines.push([
                self.issue.into(),
                self.world.community.into(),
                DeclineReason::NotAnIssue.into(),
                words.into(),
                self.coordinator().into(),
                ActingRole::Coordinator.into(),
                at.into(),
            ]);
            self.coordinate(EventKind::IssueDeclined, state);
        } else {
            self.coordinate(EventKind::IssueAccepted, IssueState::Open);
        }
        at
    }

    /// Makes the task that fits what becomes of the issue; answers when it was confirmed.
    fn work_on(&mut self, state: IssueState) -> Option<Timestamp> {
        let of: &[Option<TaskState>] = match state {
            IssueState::Open => &[None, None, Some(TaskState::Draft), Some(TaskState::Offered)],
            IssueState::InProgress => &[Some(TaskState::Accepted), Some(TaskState::InProgress), Some(TaskState::Done)],
            IssueState::Resolved | IssueState::Confirmed => &[Some(TaskState::Verified)],
            _ => &[],
        };
        self.work.task = self.rng.choice(of).copied().flatten();
        self.task(self.work.task?);
        let (organisation, _) = self.work.holder?;
        if !matches!(state, IssueState::Resolved | IssueState::Confirmed) {
            return None;
        }
        if state == IssueState::Resolved {
            self.lately();
        }
        let at = self.later(48);
        let (statement, claim) = (self.text("Зроблено, просимо перевірити."), id_at(self.rng, at));
        self.rows.claims.push([
            claim.into(),
            self.world.community.into(),
            self.issue.into(),
            statement.into(),
            self.coordinator().into(),
            organisation.into(),
            at.into(),
        ]);
        self.claim = Some((at, organisation));
        let data = json!({ "state": IssueState::Resolved });
        self.tell(EventKind::IssueResolved, Thing::Issue, self.issue.0, data, self.coordinator(), Some(organisation));
        (state == IssueState::Confirmed).then(|| {
            let at = self.later(96);
            let data = json!({ "state": state });
            self.tell(EventKind::IssueConfirmed, Thing::Issue, self.issue.0, data, None, None);
            at
        })
    }

    /// A task, with the offer that led to its holder.
    fn task(&mut self, state: TaskState) {
        let made_at = self.later(48);
        let task = TaskId(id_at(self.rng, made_at));
        let words = words::work(self.rng);
        let (title, result) = (self.text(words), self.text(""));
        let due = (made_at + TimeDelta::days(self.rng.i64(10..60))).to_utc().date_naive();
        self.step(EventKind::TaskCreated, task, TaskState::Draft, None);
        let offered = (state != TaskState::Draft).then(|| self.world.organisation(self.rng)).flatten();
        if let Some((organisation, sector)) = offered {
            self.offer(task, organisation, sector, state);
        }
        let taken = offered.filter(|_| state.is_taken());
        self.work.holder = taken;
        let by = taken.map(|(organisation, _)| organisation);
        let mut done = (None, None, None);
        if matches!(state, TaskState::InProgress | TaskState::Done | TaskState::Verified) {
            self.later(72);
            self.step(EventKind::TaskStarted, task, TaskState::InProgress, by);
        }
        if matches!(state, TaskState::Done | TaskState::Verified) {
            if state == TaskState::Done {
                self.lately();
            }
            let at = self.later(24 * 20);
            done.0 = Some((at, self.text("Зробили, як домовлялися.")));
            self.step(EventKind::TaskDone, task, TaskState::Done, by);
        }
        if state == TaskState::Verified {
            done.1 = Some(self.later(72));
            done.2 = Some(VerifiedBy::Coordinator);
            self.step(EventKind::TaskVerified, task, state, None);
        }
        let (done, verified_at, verified_by) = done;
        let (done_at, note) = done.unzip();
        let sector = offered.map(|(_, sector)| sector);
        self.rows.tasks.push([
            task.into(),
            self.world.community.into(),
            self.issue.into(),
            state.into(),
            title.into(),
            result.into(),
            sector.into(),
            sector.into(),
            by.into(),
            due.into(),
            i64::from(state == TaskState::Offered).into(),
            note.into(),
            done_at.into(),
            verified_by.into(),
            verified_at.into(),
            self.coordinator().into(),
            made_at.into(),
            self.at.into(),
            1_i64.into(),
            0_i64.into(),
        ]);
    }

    /// Something happens to the task.
    fn step(&mut self, kind: EventKind, task: TaskId, state: TaskState, by: Option<OrganisationId>) {
        let role = by.is_none().then_some(ActingRole::Coordinator);
        self.tell(kind, Thing::Task, task.0, json!({ "state": state, "role": role }), self.coordinator(), by);
    }

    fn offer(&mut self, task: TaskId, organisation: OrganisationId, sector: Sector, state: TaskState) {
        if state == TaskState::Offered {
            self.lately();
        }
        let made_at = self.later(24);
        let (offer, note) = (OfferId(id_at(self.rng, made_at)), self.text(""));
        let answer_until = made_at + TimeDelta::days(14);
        let taken = state.is_taken();
        let data = |state| json!({ "state": state, "role": ActingRole::Coordinator });
        self.tell(EventKind::OfferMade, Thing::Offer, offer.0, data(OfferState::Open), self.coordinator(), None);
        let ended_at = taken.then(|| self.later(120));
        if taken {
            let data = json!({ "state": OfferState::Accepted });
            self.tell(EventKind::OfferAccepted, Thing::Offer, offer.0, data, self.coordinator(), Some(organisation));
        }
        self.rows.offers.push([
            offer.into(),
            self.world.community.into(),
            self.issue.into(),
            task.into(),
            organisation.into(),
            OfferSide::Community.into(),
            if taken { OfferState::Accepted } else { OfferState::Open }.into(),
            answer_until.to_utc().date_naive().into(),
            answer_until.into(),
            note.into(),
            self.coordinator().into(),
            made_at.into(),
            ended_at.into(),
            1_i64.into(),
        ]);
        self.rows.involved.push([
            self.issue.into(),
            organisation.into(),
            self.world.community.into(),
            sector.into(),
            taken.into(),
        ]);
    }
}
