//! Tasks that need somebody, for their inbox.

use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::Result,
    issue::{self, rows::OrganisationRow},
    task::{
        list::{self, Row},
        reader,
    },
};
use chrono::{Datelike, NaiveDate};
use sea_orm::ConnectionTrait;
use shared::{
    fields,
    ids::{CommunityId, OrganisationId},
    inbox::{InboxItem, InboxReason, InboxSubject},
    permission::{Permission, Role},
    task::UNVERIFIED,
    time::Timestamp,
};
use uuid::Uuid;

/// The reasons for which tasks are in inboxes.
pub const REASONS: [InboxReason; 2] = [InboxReason::VerifyTask, InboxReason::MyTask];

/// What waits for the caller for one of [`REASONS`] behind `after`, at most `most` of it: what is to
/// be verified the longest first, one's own by the day it is due ([`due_key`]).
pub async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    reason: InboxReason,
    most: u64,
    after: Option<(i64, Uuid)>,
) -> Result<Vec<InboxItem>> {
    let Some(condition) = condition(caller, reason) else { return Ok(Vec::new()) };
    let mut sql = list::select(caller, "", "");
    sql.append(condition);
    let place = match reason {
        InboxReason::VerifyTask => "task.done_at, task.id",
        _ => "COALESCE(task.due, '9999-12-31'), task.id",
    };
    if let Some((at, id)) = after {
        sql.push(&format!(" AND ({place}) > ("));
        match reason {
            InboxReason::VerifyTask => sql.bind(at),
            _ => sql.bind(
                i32::try_from(at)
                    .ok()
                    .and_then(NaiveDate::from_num_days_from_ce_opt)
                    .filter(|day| fields::is_usual(*day)),
            ),
        };
        sql.push(", ").bind(id).push(")");
    }
    sql.push(&format!(" ORDER BY {place} LIMIT ")).bind(i64::try_from(most).unwrap_or(i64::MAX));
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| item(row, caller, now, reason)).collect())
}

/// By what one's own tasks are sorted: the day they are due, and those without one last.
pub fn due_key(due: Option<NaiveDate>) -> i64 {
    due.or(NaiveDate::from_ymd_opt(9999, 12, 31)).map_or(i64::MAX, |day| day.num_days_from_ce().into())
}

/// The statement that counts, as `count`, what waits for the caller for one of [`REASONS`]; nothing
/// where nothing can.
pub fn count_sql(caller: &Caller, reason: InboxReason) -> Option<Sql> {
    let condition = condition(caller, reason)?;
    let mut sql = Sql::new("SELECT count(*) AS count FROM task JOIN issue ON issue.id = task.issue_id WHERE ");
    issue::reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    sql.append(condition);
    Some(sql)
}

/// Which tasks wait for the caller; nothing when none can.
fn condition(caller: &Caller, reason: InboxReason) -> Option<Sql> {
    let actor = caller.actor()?;
    let own: Vec<OrganisationId> = actor.organisations.iter().map(|(id, _)| *id).collect();
    let mut sql = Sql::new(" AND issue.hidden_at IS NULL");
    match reason {
        InboxReason::VerifyTask => {
            let verifies = |role: Role| role == Role::Facilitator || role.may(Permission::TriageIssue);
            let communities: Vec<CommunityId> =
                actor.communities.iter().filter(|(_, role)| verifies(*role)).map(|(id, _)| *id).collect();
            sql.push(" AND task.state = 'done' AND (issue.reporter_id = ")
                .bind(actor.account_id)
                .push(" OR task.community_id IN ")
                .bind_all(communities)
                .push(")");
            if !own.is_empty() {
                sql.push(" AND task.holder_id NOT IN ").bind_all(own);
            }
        }
        InboxReason::MyTask => {
            if own.is_empty() {
                return None;
            }
            let spoken_for: Vec<OrganisationId> = actor
                .organisations
                .iter()
                .filter(|(_, role)| role.may(Permission::SpeakForOrganisation))
                .map(|(id, _)| *id)
                .collect();
            sql.push(" AND task.state IN ('accepted', 'in_progress') AND task.holder_id IN ")
                .bind_all(own)
                .push(" AND (task.assignee_id = ")
                .bind(actor.account_id)
                .push(" OR (task.assignee_id IS NULL AND task.holder_id IN ")
                .bind_all(spoken_for)
                .push("))");
        }
        _ => return None,
    }
    Some(sql)
}

fn item(row: Row, caller: &Caller, now: Timestamp, reason: InboxReason) -> InboxItem {
    let (since, due, acting_for) = match reason {
        InboxReason::VerifyTask => {
            let since = row.done_at.unwrap_or(row.changed_at);
            (since, Some(since + UNVERIFIED), None)
        }
        _ => (row.changed_at, row.due_until(), row.holder.clone().map(OrganisationRow::link)),
    };
    let community = row.community.clone().link();
    // One's own tasks are worked on for the organisation that has them, whichever one acts for now.
    let organisation = acting_for.as_ref().map_or(caller.acting_for(), |holder| Some(holder.id));
    let task = Box::new(row.summary(caller, organisation, now));
    InboxItem { reason, community: Some(community), acting_for, since, due, subject: InboxSubject::Task { task } }
}
