//! What one issue counts for, with its tasks, offers and commitments.

use crate::{
    commitment,
    dashboard::figure::{Figure, Key, Tally, first_of_month, no_day},
    db::{Sql, Write},
    http::error::Result,
    local, task,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use shared::{
    dashboard::Bucket,
    ids::{CommunityId, IssueId, OrganisationId},
    issue::IssueState,
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

#[derive(Debug, FromQueryResult)]
struct Issue {
    community_id: CommunityId,
    time_zone: String,
    state: IssueState,
    category: String,
    listed: bool,
    /// Private or hidden.
    secret: bool,
    affected: Option<String>,
    reported_at: Timestamp,
    accepted_at: Option<Timestamp>,
    declined_at: Option<Timestamp>,
    answer_by: Option<Timestamp>,
    resolved_at: Option<Timestamp>,
    confirmed_by: Option<String>,
    confirmed_at: Option<Timestamp>,
}

/// Whether an issue still waits to be solved.
pub(super) const WAITING: [IssueState; 3] = [IssueState::Reported, IssueState::Open, IssueState::InProgress];

/// What the issue counts for as it is now; nothing when there is none.
pub(super) async fn of_issue(tx: &Write<'_>, id: IssueId) -> Result<Tally> {
    let issue: Option<Issue> = Sql::with(
        "SELECT issue.community_id, community.time_zone, issue.state, category.slug AS category, issue.listed, \
         (issue.private OR issue.hidden_at IS NOT NULL) AS secret, \
         (SELECT string_agg(affected, ',') FROM issue_affected WHERE issue_id = issue.id) AS affected, \
         issue.reported_at, issue.accepted_at, decline.declined_at, issue.answer_by, issue.resolved_at, issue.confirmed_by, issue.confirmed_at \
         FROM issue JOIN community ON community.id = issue.community_id JOIN category ON category.id = issue.category_id \
         LEFT JOIN decline ON decline.issue_id = issue.id WHERE issue.id = $1",
        [id.into()],
    )
    .one(&**tx)
    .await?;
    let Some(issue) = issue else { return Ok(Tally::default()) };
    let mut counted = Counted { community: issue.community_id, zone: &issue.time_zone, tally: Tally::default() };
    if let Some(by) = issue.answer_by.filter(|_| issue.state == IssueState::Reported && !issue.secret) {
        counted.one(Figure::Unanswered, "", counted.day(by));
    }
    if issue.listed {
        counted.issue(&issue);
        for part in parts(tx, id).await? {
            counted.part(&part);
        }
    }
    Ok(counted.tally)
}

/// Something that belongs to an issue and is counted with it.
#[derive(Debug, FromQueryResult)]
struct Part {
    what: String,
    /// Whose it is, where that decides its sector.
    organisation_id: Option<OrganisationId>,
    sector: String,
    due: Option<NaiveDate>,
    /// Kind and unit of a commitment, as its subject has them.
    kind: String,
    amount: i64,
}

async fn parts(tx: &Write<'_>, id: IssueId) -> Result<Vec<Part>> {
    let (task, commitment) = (task::reader::SHOWN, commitment::store::SHOWN);
    let sql = format!(
        "SELECT 'offered' AS what, offer.organisation_id, '' AS sector, CAST(NULL AS date) AS due, '' AS kind, CAST(1 AS bigint) AS amount \
         FROM task JOIN offer ON offer.task_id = task.id WHERE offer.state = 'open' AND {task} AND task.issue_id = $1 \
         UNION ALL SELECT CASE WHEN task.state IN ('accepted', 'in_progress') THEN 'accepted' ELSE 'done' END, task.holder_id, '', task.due, '', 1 \
         FROM task WHERE task.state IN ('accepted', 'in_progress', 'done', 'verified') AND {task} AND task.issue_id = $2 \
         UNION ALL SELECT CASE state WHEN 'accepted' THEN 'promised' ELSE 'delivered' END, CAST(NULL AS uuid), sector, CAST(NULL AS date), \
         kind || '/' || COALESCE(currency, unit, ''), CASE state WHEN 'accepted' THEN planned ELSE COALESCE(delivered, 0) END \
         FROM commitment WHERE state IN ('accepted', 'delivered') AND {commitment} AND issue_id = $3"
    );
    let mut parts: Vec<Part> = Sql::with(&sql, [id.into(), id.into(), id.into()]).all(&**tx).await?;
    let sectors = sectors(tx, parts.iter().filter_map(|part| part.organisation_id).collect()).await?;
    for part in &mut parts {
        if let Some(sector) = part.organisation_id.and_then(|organisation| sectors.get(&organisation)) {
            part.sector.clone_from(sector);
        }
    }
    Ok(parts)
}

#[derive(Debug, FromQueryResult)]
struct OfSector {
    id: OrganisationId,
    sector: String,
}

/// The sectors of organisations. They stay what they are until the write ends: who changes one
/// ([`super::hold`]) waits for it, or is waited for.
async fn sectors(tx: &Write<'_>, organisations: BTreeSet<OrganisationId>) -> Result<HashMap<OrganisationId, String>> {
    if organisations.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT id, sector FROM organisation WHERE id IN ");
    sql.bind_all(organisations).push(" ORDER BY id");
    if tx.get_database_backend() == DbBackend::Postgres {
        sql.push(" FOR KEY SHARE");
    }
    let rows: Vec<OfSector> = sql.all(&**tx).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sector)).collect())
}

struct Counted<'a> {
    community: CommunityId,
    zone: &'a str,
    tally: Tally,
}

impl Counted<'_> {
    fn day(&self, at: Timestamp) -> NaiveDate {
        local::day(self.zone, at)
    }

    fn month(&self, at: Timestamp) -> NaiveDate {
        first_of_month(self.day(at))
    }

    fn add(&mut self, figure: Figure, subject: &str, day: NaiveDate, bucket: Bucket, amount: i64) {
        let key = Key {
            community: self.community,
            figure: figure.word(),
            subject: subject.to_owned(),
            day,
            bucket: bucket.0,
        };
        *self.tally.0.entry(key).or_default() += amount;
    }

    fn one(&mut self, figure: Figure, subject: &str, day: NaiveDate) {
        self.add(figure, subject, day, Bucket(0), 1);
    }

    fn issue(&mut self, issue: &Issue) {
        let reported = issue.reported_at;
        self.one(Figure::Issues, issue.state.as_str(), no_day());
        self.one(Figure::Reported, "", self.month(reported));
        if WAITING.contains(&issue.state) {
            for day in [self.day(reported), no_day()] {
                self.one(Figure::Waiting, &issue.category, day);
                let groups = issue.affected.as_deref().unwrap_or_default().split(',');
                groups.filter(|group| !group.is_empty()).for_each(|group| self.one(Figure::WaitingGroup, group, day));
            }
        }
        // Declined and then opened on appeal: the first of both was the answer.
        let answered = [issue.accepted_at, issue.declined_at].into_iter().flatten().min();
        if let Some(at) = answered.filter(|_| issue.state != IssueState::Reported) {
            self.add(Figure::Answered, "", self.month(at), Bucket::of(at.since(reported)), 1);
        }
        let confirmed = issue.confirmed_by.as_ref().zip(issue.confirmed_at);
        if let Some((by, at)) = confirmed.filter(|_| issue.state == IssueState::Confirmed) {
            let solved = issue.resolved_at.unwrap_or(at);
            self.add(Figure::Solved, by, self.month(at), Bucket::of(solved.since(reported)), 1);
        }
    }

    fn part(&mut self, part: &Part) {
        let Part { sector, amount, .. } = part;
        let of_commitment = || format!("{sector}/{}", part.kind);
        match part.what.as_str() {
            "offered" => self.one(Figure::Offered, sector, no_day()),
            "accepted" => {
                self.one(Figure::Accepted, sector, no_day());
                if let Some(due) = part.due {
                    self.one(Figure::Due, sector, due);
                    self.one(Figure::DueMonth, sector, first_of_month(due));
                }
            }
            "done" => self.one(Figure::Done, sector, no_day()),
            "promised" => self.add(Figure::Promised, &of_commitment(), no_day(), Bucket(0), *amount),
            _ => self.add(Figure::Delivered, &of_commitment(), no_day(), Bucket(0), *amount),
        }
    }
}
