//! The same rows out of the tables, in plain SQL: after bulk changes, and as the proof.

use crate::{
    commitment,
    dashboard::{
        count::WAITING,
        figure::{Figure, no_day},
    },
    db::{Sql, Write, sql},
    http::error::Result,
    task,
};
use chrono::{NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use shared::{
    ids::{CommunityId, OrganisationId},
    time::Timestamp,
};

/// Deletes and rebuilds the figures of a community.
pub async fn recount(tx: &Write<'_>, community: CommunityId) -> Result<()> {
    let backend = tx.get_database_backend();
    if backend == DbBackend::Postgres {
        // Writes that have counted are waited for; others count on what is made here.
        tx.execute_unprepared("LOCK TABLE rollup IN SHARE ROW EXCLUSIVE MODE").await?;
    }
    sql::execute(&**tx, "DELETE FROM rollup WHERE community_id = $1", [community.into()]).await?;
    let span: Option<Span> = sql::one(
        &**tx,
        "SELECT time_zone, (SELECT min(reported_at) FROM issue WHERE community_id = $1) AS first, \
         (SELECT max(answer_by) FROM issue WHERE community_id = $1) AS last FROM community WHERE id = $1",
        [community.into()],
    )
    .await?;
    let Some(Span { time_zone, first: Some(first), last }) = span else { return Ok(()) };
    let local = Local::new(backend, &time_zone, first, last.unwrap_or(tx.at()).max(tx.at()));
    for (figure, select) in selects(&local) {
        let insert = format!(
            "INSERT INTO rollup (community_id, figure, subject, day, bucket, count) \
             SELECT $1, '{}', subject, COALESCE(day, $2), bucket, sum(amount) \
             FROM ({select}) counted WHERE amount > 0 GROUP BY subject, day, bucket",
            figure.word()
        );
        sql::execute(&**tx, &insert, [community.into(), no_day().into()]).await?;
    }
    Ok(())
}

/// Deletes and rebuilds the figures of every community.
pub async fn recount_all(tx: &Write<'_>) -> Result<()> {
    let communities: Vec<Id> = sql::all(&**tx, "SELECT id FROM community ORDER BY id", []).await?;
    for Id { id } in communities {
        recount(tx, id).await?;
    }
    Ok(())
}

/// To be called before an organisation's sector is changed, and before anything else of the organisation: writes
/// that count for it are waited for, and others wait.
pub(crate) async fn hold(tx: &Write<'_>, organisation: OrganisationId) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        sql::execute(&**tx, "SELECT id FROM organisation WHERE id = $1 FOR UPDATE", [organisation.into()]).await?;
    }
    Ok(())
}

/// After an organisation's sector has changed: its tasks and offers count for the new one.
pub(crate) async fn recount_of_organisation(tx: &Write<'_>, organisation: OrganisationId) -> Result<()> {
    let communities: Vec<Id> = Sql::with(
        "SELECT community_id AS id FROM task WHERE holder_id = $1 UNION SELECT community_id FROM offer WHERE organisation_id = $2 ORDER BY 1",
        [organisation.into(), organisation.into()],
    )
    .all(&**tx)
    .await?;
    for Id { id } in communities {
        recount(tx, id).await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: CommunityId,
}

#[derive(Debug, FromQueryResult)]
struct Span {
    time_zone: String,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

/// For each figure the rows it counts: subject, day, bucket, amount.
fn selects(local: &Local) -> [(Figure, String); 16] {
    let waiting = WAITING.map(|state| format!("'{}'", state.as_str())).join(", ");
    let issues = "FROM issue WHERE issue.community_id = $1 AND issue.listed";
    let none = "CAST(NULL AS date) AS day, 0 AS bucket, 1 AS amount";
    let day = |of: &str| format!("{} AS day, 0 AS bucket, 1 AS amount", local.day(of));
    let month = |of: &str| format!("{} AS day, 0 AS bucket, 1 AS amount", local.month(of));
    let took = |month: &str, to: &str| {
        format!("{} AS day, {} AS bucket, 1 AS amount", local.month(month), bucket("reported_at", to))
    };
    let waits = format!("WHERE issue.community_id = $1 AND issue.listed AND issue.state IN ({waiting})");
    let by_category = |rest: &str| {
        format!(
            "SELECT category.slug AS subject, {rest} FROM issue JOIN category ON category.id = issue.category_id {waits}"
        )
    };
    let by_group = |rest: &str| {
        format!(
            "SELECT issue_affected.affected AS subject, {rest} FROM issue JOIN issue_affected ON issue_affected.issue_id = issue.id {waits}"
        )
    };
    let listed_parts = |of: &str| {
        format!(
            "JOIN issue ON issue.id = {of}.issue_id WHERE {of}.community_id = $1 AND issue.listed AND {of}.state IN"
        )
    };
    let commitments = |amount: &str, state: &str| {
        format!(
            "SELECT commitment.sector || '/' || commitment.kind || '/' || COALESCE(commitment.currency, commitment.unit, '') AS subject, \
             CAST(NULL AS date) AS day, 0 AS bucket, COALESCE(commitment.{amount}, 0) AS amount FROM commitment {} ('{state}') AND {}",
            listed_parts("commitment"),
            commitment::store::SHOWN
        )
    };
    let tasks = |rest: &str, states: &str| {
        format!(
            "SELECT organisation.sector AS subject, {rest} FROM task JOIN organisation ON organisation.id = task.holder_id {} {states} AND {}",
            listed_parts("task"),
            task::reader::SHOWN
        )
    };
    let accepted = "('accepted', 'in_progress')";
    let due = |day: &str| {
        let tasks = tasks(&format!("{day} AS day, 0 AS bucket, 1 AS amount"), accepted);
        format!("{tasks} AND task.due IS NOT NULL")
    };
    [
        (Figure::Issues, format!("SELECT issue.state AS subject, {none} {issues}")),
        (
            Figure::Unanswered,
            format!(
                "SELECT '' AS subject, {} FROM issue WHERE issue.community_id = $1 AND issue.state = 'reported' \
                 AND issue.answer_by IS NOT NULL AND NOT issue.private AND issue.hidden_at IS NULL",
                day("answer_by")
            ),
        ),
        (Figure::Waiting, by_category(&day("reported_at"))),
        (Figure::Waiting, by_category(none)),
        (Figure::WaitingGroup, by_group(&day("reported_at"))),
        (Figure::WaitingGroup, by_group(none)),
        (Figure::Reported, format!("SELECT '' AS subject, {} {issues}", month("reported_at"))),
        (
            Figure::Answered,
            format!(
                "SELECT '' AS subject, {} FROM (SELECT issue.reported_at, CASE WHEN issue.accepted_at IS NULL OR decline.declined_at < issue.accepted_at \
                 THEN decline.declined_at ELSE issue.accepted_at END AS answered_at FROM issue LEFT JOIN decline ON decline.issue_id = issue.id \
                 WHERE issue.community_id = $1 AND issue.listed AND issue.state <> 'reported') answered WHERE answered_at IS NOT NULL",
                took("answered_at", "answered_at")
            ),
        ),
        (
            Figure::Solved,
            format!(
                "SELECT issue.confirmed_by AS subject, {} {issues} AND issue.state = 'confirmed' AND confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL",
                took("confirmed_at", "COALESCE(resolved_at, confirmed_at)")
            ),
        ),
        (
            Figure::Offered,
            format!(
                "SELECT organisation.sector AS subject, {none} FROM offer JOIN organisation ON organisation.id = offer.organisation_id \
                 JOIN task ON task.id = offer.task_id {} ('open') AND {}",
                listed_parts("offer"),
                task::reader::SHOWN
            ),
        ),
        (Figure::Accepted, tasks(none, accepted)),
        (Figure::Due, due("task.due")),
        (Figure::DueMonth, due(&local.month_of_day("task.due"))),
        (Figure::Done, tasks(none, "('done', 'verified')")),
        (Figure::Promised, commitments("planned", "accepted")),
        (Figure::Delivered, commitments("delivered", "delivered")),
    ]
}

/// The number of a [`Bucket`](shared::dashboard::Bucket), in SQL.
fn bucket(from: &str, to: &str) -> String {
    let hours = format!("(({to} - {from}) / 3600000)");
    format!(
        "CASE WHEN {hours} < 0 THEN 0 WHEN {hours} < 72 THEN {hours} WHEN 69 + {hours} / 24 > 3722 THEN 3722 ELSE 69 + {hours} / 24 END"
    )
}

/// Days and months of a time zone in SQL, for moments of a span of time.
struct Local {
    backend: DbBackend,
    /// By how many milliseconds its clocks are ahead, each until the moment beside it.
    before: Vec<(i64, i64)>,
    /// By how many since.
    last: i64,
}

impl Local {
    fn new(backend: DbBackend, zone: &str, first: Timestamp, last: Timestamp) -> Self {
        let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
        let ahead = |at: i64| {
            let offset = zone.offset_from_utc_datetime(&Timestamp(at).to_utc().naive_utc());
            i64::from(offset.fix().local_minus_utc()) * 1000
        };
        let midnight = |at: Timestamp| Timestamp::from(at.to_utc().date_naive().and_time(NaiveTime::MIN).and_utc());
        let (mut at, end) = (midnight(first), last + TimeDelta::days(1));
        let mut before = Vec::new();
        while at < end {
            let next = at + TimeDelta::days(1);
            if ahead(at.0) != ahead(next.0) {
                before.push((change(at.0, next.0, ahead), ahead(at.0)));
            }
            at = next;
        }
        Self { backend, before, last: ahead(at.0) }
    }

    /// Milliseconds on the clocks there.
    fn clock(&self, of: &str) -> String {
        let cases: String =
            self.before.iter().map(|(until, ahead)| format!("WHEN {of} < {until} THEN {of} + {ahead} ")).collect();
        if cases.is_empty() {
            format!("({of} + {})", self.last)
        } else {
            format!("(CASE {cases}ELSE {of} + {} END)", self.last)
        }
    }

    fn day(&self, of: &str) -> String {
        let clock = self.clock(of);
        if self.backend == DbBackend::Postgres {
            format!("CAST(to_timestamp({clock} / 1000) AT TIME ZONE 'UTC' AS date)")
        } else {
            format!("date({clock} / 1000, 'unixepoch')")
        }
    }

    /// The first of the month.
    fn month(&self, of: &str) -> String {
        let clock = self.clock(of);
        if self.backend == DbBackend::Postgres {
            format!("CAST(date_trunc('month', to_timestamp({clock} / 1000) AT TIME ZONE 'UTC') AS date)")
        } else {
            format!("date({clock} / 1000, 'unixepoch', 'start of month')")
        }
    }

    /// The first of the month that a date is in.
    fn month_of_day(&self, of: &str) -> String {
        if self.backend == DbBackend::Postgres {
            format!("CAST(date_trunc('month', {of}) AS date)")
        } else {
            format!("date({of}, 'start of month')")
        }
    }
}

/// The first moment of a day that is not as far ahead as its beginning.
fn change(mut before: i64, mut after: i64, ahead: impl Fn(i64) -> i64) -> i64 {
    let begin = ahead(before);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if ahead(middle) == begin { before = middle } else { after = middle }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_turned_at_the_moment_they_are() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };

        let local =
            Local::new(DbBackend::Sqlite, "Europe/Kyiv", at("2026-01-05T10:00:00Z"), at("2026-11-01T00:00:00Z"));

        let turned: Vec<String> =
            local.before.iter().map(|(until, ahead)| format!("{} {ahead}", Timestamp(*until))).collect();
        assert_eq!(turned, ["2026-03-29T01:00:00.000Z 7200000", "2026-10-25T01:00:00.000Z 10800000"]);
        assert_eq!(local.last, 7_200_000);
    }
}
