//! The dashboard, out of the rollups.

use crate::{
    auth::needs::Anyone,
    dashboard::figure::{Figure, first_of_month, first_of_month_before, no_day},
    db::Sql,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    indicator,
    issue::rows::{self, CategoryRow},
    local,
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use anyhow::Context;
use aws_lc_rs::digest;
use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    commitment::{CommitmentKind, CommitmentTotal, Currency},
    dashboard::{Bucket, Dashboard, LONG_WAIT_DAYS, MonthFigures, SectorTasks, WaitingCategory, WaitingGroup, median},
    ids::CommunityId,
    issue::{AffectedGroup, ConfirmedBy, IssueState, StateCounts},
    names::Slug,
    organisation::Sector,
    problem::Code,
    words::Word,
};

/// The figures of a community today; of what everybody may see.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), responses((status = OK, body = Dashboard)))]
#[get("/communities/{slug}/dashboard")]
pub(crate) async fn find_dashboard(_: Anyone, slug: Path<Slug>, app: Data<AppState>) -> Result<Answer<Dashboard>> {
    let db = app.db.read();
    let community: Option<Community> =
        Sql::with("SELECT id, time_zone FROM community WHERE slug = $1", [slug.into_inner().into()]).one(db).await?;
    let community = community.ok_or_else(|| Error::of(Code::NotFound))?;
    let day = local::day(&community.time_zone, app.clock.now());
    let rows = Rows(read(db, community.id, day).await?);
    let dashboard = Dashboard {
        day,
        issues: rows.issues(),
        unanswered: rows.sum("unanswered"),
        this_month: rows.month(first_of_month(day)),
        last_month: rows.month(first_of_month_before(day)),
        tasks: rows.tasks(),
        commitments: rows.commitments(),
        waiting_by_category: categories(db, community.id, day).await?,
        waiting_by_group: rows.groups(),
        indicators: indicator::of_community(db, community.id).await?,
    };
    let touched = mark(&dashboard)?;
    Ok(Answer::ok(dashboard).version(1, touched))
}

#[derive(Debug, FromQueryResult)]
struct Community {
    id: CommunityId,
    time_zone: String,
}

/// A number that differs with anything in it, since nothing counts its changes.
fn mark(dashboard: &Dashboard) -> Result<i64> {
    let json = serde_json::to_vec(dashboard).context("write a dashboard")?;
    let hash = digest::digest(&digest::SHA256, &json);
    let begin = hash.as_ref().first_chunk::<8>().copied().unwrap_or_default();
    Ok(i64::from_be_bytes(begin) & i64::MAX)
}

#[derive(Debug, FromQueryResult)]
struct Row {
    figure: String,
    subject: String,
    /// There for months only.
    day: Option<NaiveDate>,
    bucket: i32,
    count: i64,
}

/// What is shown, summed up: present counts, what the days make of them, and two months.
async fn read(db: &impl ConnectionTrait, community: CommunityId, day: NaiveDate) -> Result<Vec<Row>> {
    let month = first_of_month(day);
    let sum = "SELECT figure, subject, CAST(NULL AS date) AS day, 0 AS bucket, CAST(sum(count) AS bigint) AS count FROM rollup WHERE community_id = ";
    let group = " GROUP BY figure, subject";
    let present =
        [Figure::Issues, Figure::Offered, Figure::Accepted, Figure::Done, Figure::Promised, Figure::Delivered];
    let mut sql = Sql::new(sum);
    sql.bind(community).push(" AND figure IN ").bind_all(present.map(Figure::word)).push(group);
    sql.push(" UNION ALL ").push(sum).bind(community).push(" AND figure = ").bind(Figure::Unanswered.word());
    sql.push(" AND day < ").bind(day).push(group);
    sql.push(" UNION ALL SELECT figure, subject, CAST(NULL AS date), 0, ");
    push_long(&mut sql, community, Figure::WaitingGroup, day);
    sql.push(" AND subject IN ").bind_all(AffectedGroup::ALL.iter().map(|group| group.as_str())).push(group);
    for figure in [Figure::DueMonth, Figure::Due] {
        sql.push(" UNION ALL SELECT 'overdue', subject, CAST(NULL AS date), 0, CAST(sum(count) AS bigint) FROM rollup WHERE community_id = ");
        sql.bind(community).push(" AND figure = ").bind(figure.word()).push(" AND subject IN ");
        sql.bind_all(Sector::ALL.iter().map(|sector| sector.as_str())).push(" AND day < ");
        if figure == Figure::DueMonth {
            sql.bind(month);
        } else {
            sql.bind(day).push(" AND day >= ").bind(month);
        }
        sql.push(group);
    }
    sql.push(" UNION ALL SELECT figure, subject, day, bucket, count FROM rollup WHERE community_id = ").bind(community);
    sql.push(" AND figure IN ").bind_all([Figure::Reported, Figure::Answered, Figure::Solved].map(Figure::word));
    // Every subject is named, so that the days are found in the index.
    let subjects = [""].into_iter().chain(ConfirmedBy::ALL.iter().map(|by| by.as_str()));
    sql.push(" AND subject IN ").bind_all(subjects).push(" AND day IN ").bind_all([month, first_of_month_before(day)]);
    Ok(sql.all(db).await?)
}

/// Goes on with how many wait long: all, without those of the latest days.
fn push_long(sql: &mut Sql, community: CommunityId, figure: Figure, day: NaiveDate) {
    sql.push("CAST(sum(CASE WHEN day = ").bind(no_day());
    sql.push(" THEN count ELSE -count END) AS bigint) AS count FROM rollup WHERE community_id = ").bind(community);
    sql.push(" AND figure = ").bind(figure.word());
    sql.push(" AND day >= ").bind(day - Days::new(LONG_WAIT_DAYS.unsigned_abs()));
}

#[derive(Debug, FromQueryResult)]
struct Waiting {
    #[sea_orm(nested)]
    category: CategoryRow,
    count: Option<i64>,
}

/// Issues that wait long, by category; the longest queue first.
async fn categories(db: &impl ConnectionTrait, community: CommunityId, day: NaiveDate) -> Result<Vec<WaitingCategory>> {
    let mut sql = Sql::new(&format!("SELECT {}, (SELECT ", rows::CATEGORY));
    push_long(&mut sql, community, Figure::Waiting, day);
    sql.push(" AND subject = category.slug) AS count FROM category WHERE community_id = ").bind(community);
    sql.push(" ORDER BY position, id");
    let rows: Vec<Waiting> = sql.all(db).await?;
    let counted = rows.into_iter().map(|row| (row.category, row.count.unwrap_or_default()));
    let mut waiting: Vec<WaitingCategory> = counted
        .filter(|(_, count)| *count > 0)
        .map(|(category, count)| WaitingCategory { category: category.link(), count })
        .collect();
    waiting.sort_by_key(|waiting| std::cmp::Reverse(waiting.count));
    Ok(waiting)
}

/// What was read.
struct Rows(Vec<Row>);

impl Rows {
    /// Subjects and counts of a figure, where it is told by nothing else.
    fn of<'a>(&'a self, figure: &'a str) -> impl Iterator<Item = (&'a str, i64)> {
        self.0.iter().filter(move |row| row.figure == figure).map(|row| (row.subject.as_str(), row.count))
    }

    fn sum(&self, figure: &str) -> i64 {
        self.of(figure).map(|(_, count)| count).sum()
    }

    fn count(&self, figure: &str, subject: &str) -> i64 {
        self.of(figure).filter(|(of, _)| *of == subject).map(|(_, count)| count).sum()
    }

    fn issues(&self) -> StateCounts {
        let mut counts = StateCounts::default();
        for state in IssueState::ALL {
            *counts.of_mut(*state) = self.count("issues", state.as_str());
        }
        counts
    }

    fn month(&self, month: NaiveDate) -> MonthFigures {
        let rows: Vec<&Row> = self.0.iter().filter(|row| row.day == Some(month)).collect();
        let sum = |figure: Figure, fits: &dyn Fn(&str) -> bool| -> i64 {
            let fitting = rows.iter().filter(|row| row.figure == figure.word() && fits(&row.subject));
            fitting.map(|row| row.count).sum()
        };
        let took = |figure: Figure| {
            let counted = rows.iter().filter(|row| row.figure == figure.word());
            median(counted.map(|row| (Bucket(row.bucket), row.count))).map(Bucket::duration)
        };
        MonthFigures {
            month,
            reported: sum(Figure::Reported, &|_| true),
            solved: sum(Figure::Solved, &|_| true),
            confirmed_by_residents: sum(Figure::Solved, &|by| by != ConfirmedBy::Silence.as_str()),
            to_answer: took(Figure::Answered),
            to_solve: took(Figure::Solved),
        }
    }

    /// The sectors that have, or had, anything to do.
    fn tasks(&self) -> Vec<SectorTasks> {
        let of = |sector: &Sector| SectorTasks {
            sector: *sector,
            offered: self.count("offered", sector.as_str()),
            accepted: self.count("accepted", sector.as_str()),
            done: self.count("done", sector.as_str()),
            overdue: self.count("overdue", sector.as_str()),
        };
        let any = |tasks: &SectorTasks| tasks.offered + tasks.accepted + tasks.done > 0;
        Sector::ALL.iter().map(of).filter(any).collect()
    }

    fn commitments(&self) -> Vec<CommitmentTotal> {
        let mut totals: Vec<(&str, CommitmentTotal)> = Vec::new();
        for (promised, figure) in [(true, "promised"), (false, "delivered")] {
            for (subject, amount) in self.of(figure).filter(|(_, amount)| *amount != 0) {
                let at = match totals.iter().position(|(of, _)| *of == subject) {
                    Some(at) => Some(at),
                    None => total(subject).map(|total| {
                        totals.push((subject, total));
                        totals.len() - 1
                    }),
                };
                if let Some((_, total)) = at.and_then(|at| totals.get_mut(at)) {
                    *(if promised { &mut total.promised } else { &mut total.delivered }) += amount;
                }
            }
        }
        let mut totals: Vec<CommitmentTotal> = totals.into_iter().map(|(_, total)| total).collect();
        totals.sort_by(|a, b| (a.sector, a.kind, &a.currency, &a.unit).cmp(&(b.sector, b.kind, &b.currency, &b.unit)));
        totals
    }

    /// Every group, so that none tells by being left out how many it is.
    fn groups(&self) -> Vec<WaitingGroup> {
        let of = |group: &AffectedGroup| WaitingGroup::public(*group, self.count("waiting_group", group.as_str()));
        AffectedGroup::ALL.iter().map(of).collect()
    }
}

/// The commitments of a subject such as `ngo/money/UAH`, none yet.
fn total(subject: &str) -> Option<CommitmentTotal> {
    let mut parts = subject.splitn(3, '/');
    let (sector, kind) = (Sector::of(parts.next()?).ok()?, CommitmentKind::of(parts.next()?).ok()?);
    let unit = parts.next().filter(|unit| !unit.is_empty());
    let money = kind == CommitmentKind::Money;
    Some(CommitmentTotal {
        sector,
        kind,
        currency: unit.filter(|_| money).and_then(|code| Currency::parse(code).ok()),
        unit: unit.filter(|_| !money).map(str::to_owned),
        promised: 0,
        delivered: 0,
    })
}
