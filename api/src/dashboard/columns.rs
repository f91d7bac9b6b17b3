//! Figures of many communities at once, as columns of a list.

use crate::{
    dashboard::figure::{Figure, first_of_month, first_of_month_before},
    db::Sql,
};
use shared::{
    issue::{ConfirmedBy, IssueState},
    time::Timestamp,
};

/// Goes on with what is told of `community` in lists: `issues_open`, `issues_solved` and `activity`, each with a
/// comma before it. Solved are those of this month and the one before, active who reports and solves in them.
pub(crate) fn push_columns(sql: &mut Sql, now: Timestamp) {
    let open = [IssueState::Open, IssueState::InProgress].map(|state| state.as_str());
    push_sum(sql, Figure::Issues, open);
    sql.push(") AS issues_open");
    let solved = |sql: &mut Sql| {
        push_sum(sql, Figure::Solved, ConfirmedBy::ALL.iter().map(|by| by.as_str()));
        push_months(sql, now);
    };
    solved(sql);
    sql.push(") AS issues_solved");
    solved(sql);
    sql.push(") + (SELECT COALESCE(CAST(sum(count) AS bigint), 0) FROM rollup WHERE community_id = community.id AND figure = ");
    sql.bind(Figure::Reported.word()).push(" AND subject = ''");
    push_months(sql, now);
    sql.push(") AS activity");
}

fn push_sum(sql: &mut Sql, figure: Figure, subjects: impl IntoIterator<Item = &'static str>) {
    sql.push(
        ", (SELECT COALESCE(CAST(sum(count) AS bigint), 0) FROM rollup WHERE community_id = community.id AND figure = ",
    );
    sql.bind(figure.word()).push(" AND subject IN ").bind_all(subjects);
}

/// Months begin where most communities are; for a list that is near enough.
fn push_months(sql: &mut Sql, now: Timestamp) {
    let today = now.to_utc().with_timezone(&chrono_tz::Europe::Kyiv).date_naive();
    sql.push(" AND day IN ").bind_all([first_of_month(today), first_of_month_before(today)]);
}
