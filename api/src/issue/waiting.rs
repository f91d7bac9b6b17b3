//! Issues that need somebody, for their inbox.

use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::Result,
    issue::{
        list,
        rows::{self, CommunityRow},
    },
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::{CommunityId, FlagId},
    inbox::{InboxItem, InboxReason, InboxSubject},
    issue::{Flag, FlagReason, Flaggable},
    permission::{Permission, Role},
    time::Timestamp,
};
use uuid::Uuid;

/// The reasons for which issues are in inboxes.
pub const REASONS: [InboxReason; 6] = [
    InboxReason::Objection,
    InboxReason::Appeal,
    InboxReason::Unanswered,
    InboxReason::ConfirmIssue,
    InboxReason::Triage,
    InboxReason::Flag,
];

#[derive(Debug, FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    issue: list::Row,
    #[sea_orm(nested)]
    community: CommunityRow,
    since: Timestamp,
    due: Option<Timestamp>,
    #[sea_orm(nested)]
    flag: Option<FlagRow>,
}

#[derive(Debug, FromQueryResult)]
struct FlagRow {
    flag_id: FlagId,
    flag_thing: Flaggable,
    flag_thing_id: Uuid,
    flag_reason: FlagReason,
    flag_words: Option<String>,
}

/// What waits for the caller for one of [`REASONS`] behind `after`, the longest first, at most
/// `most` of it.
pub async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    reason: InboxReason,
    most: u64,
    after: Option<(i64, Uuid)>,
) -> Result<Vec<InboxItem>> {
    let Some(condition) = condition(caller, now, reason) else { return Ok(Vec::new()) };
    let (since, due) = match reason {
        InboxReason::ConfirmIssue => ("issue.resolved_at", "issue.resolved_at + 1209600000"),
        InboxReason::Objection => (LATEST_OBJECTION, OBJECTION_DUE),
        InboxReason::Appeal => (WAITING_APPEAL, NO_TERM),
        InboxReason::Flag => ("flag.raised_at", NO_TERM),
        _ => ("issue.reported_at", "issue.answer_by"),
    };
    let (flag, id) = if reason == InboxReason::Flag { (FLAG, "flag.id") } else { (NO_FLAG, "issue.id") };
    let mut sql =
        list::select(caller, &format!(", {since} AS since, {due} AS due, {flag}, {}", rows::COMMUNITY), &from(reason));
    sql.append(condition);
    if let Some((at, behind)) = after {
        sql.push(&format!(" AND ({since}, {id}) > (")).bind(at).push(", ").bind(behind).push(")");
    }
    sql.push(&format!(" ORDER BY since, {id} LIMIT ")).bind(i64::try_from(most).unwrap_or(i64::MAX));
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.item(reason)).collect())
}

/// The statement that counts, as `count`, what waits for the caller for one of [`REASONS`]; nothing
/// where nothing can.
pub fn count_sql(caller: &Caller, now: Timestamp, reason: InboxReason) -> Option<Sql> {
    let condition = condition(caller, now, reason)?;
    let mut sql = Sql::new(&format!("SELECT count(*) AS count FROM issue{} WHERE (1 = 1)", from(reason)));
    sql.append(condition);
    Some(sql)
}

const LATEST_OBJECTION: &str =
    "(SELECT max(appealed_at) FROM appeal WHERE appeal.issue_id = issue.id AND about = 'claim' AND waiting)";
const OBJECTION_DUE: &str =
    "(SELECT max(decide_by) FROM appeal WHERE appeal.issue_id = issue.id AND about = 'claim' AND waiting)";
const WAITING_APPEAL: &str =
    "(SELECT min(appealed_at) FROM appeal WHERE appeal.issue_id = issue.id AND about <> 'claim' AND waiting)";
const NO_TERM: &str = "CAST(NULL AS bigint)";
const FLAG: &str = "flag.id AS flag_id, flag.thing AS flag_thing, flag.thing_id AS flag_thing_id, flag.reason AS flag_reason, flag_words.body AS flag_words";
const NO_FLAG: &str = "CAST(NULL AS uuid) AS flag_id, CAST(NULL AS text) AS flag_thing, CAST(NULL AS uuid) AS flag_thing_id, \
    CAST(NULL AS text) AS flag_reason, CAST(NULL AS text) AS flag_words";

fn from(reason: InboxReason) -> String {
    let flags = " JOIN flag ON flag.issue_id = issue.id AND flag.closed_at IS NULL JOIN wording flag_words ON flag_words.id = flag.wording_id";
    format!(
        " JOIN community ON community.id = issue.community_id{}",
        if reason == InboxReason::Flag { flags } else { "" }
    )
}

/// Which issues wait for the caller; nothing when none can.
fn condition(caller: &Caller, now: Timestamp, reason: InboxReason) -> Option<Sql> {
    let actor = caller.actor()?;
    let held = |permission| -> Vec<CommunityId> {
        actor.communities.iter().filter(|(_, role)| role.may(permission)).map(|(id, _)| *id).collect()
    };
    let mut sql = Sql::default();
    match reason {
        InboxReason::Triage | InboxReason::Flag => {
            let communities = held(Permission::TriageIssue);
            if communities.is_empty() {
                return None;
            }
            sql.push(" AND issue.community_id IN ").bind_all(communities);
            if reason == InboxReason::Triage {
                sql.push(" AND issue.state = 'reported' AND issue.hidden_at IS NULL");
            }
        }
        InboxReason::Unanswered => {
            if !actor.main_coordinator {
                return None;
            }
            sql.push(" AND issue.state = 'reported' AND NOT issue.private AND issue.hidden_at IS NULL AND issue.answer_by < ").bind(now);
        }
        InboxReason::Appeal => {
            if !actor.main_coordinator {
                return None;
            }
            sql.push(" AND issue.id IN (SELECT issue_id FROM appeal WHERE waiting AND about <> 'claim')");
        }
        InboxReason::Objection => {
            let facilitated: Vec<CommunityId> =
                actor.communities.iter().filter(|(_, role)| *role == Role::Facilitator).map(|(id, _)| *id).collect();
            sql.push(" AND issue.objection_waits AND (issue.community_id IN ").bind_all(facilitated);
            if actor.main_coordinator {
                sql.push(" OR NOT EXISTS (SELECT 1 FROM community_role WHERE community_role.community_id = issue.community_id AND role = 'facilitator')");
            }
            sql.push(")");
        }
        InboxReason::ConfirmIssue => {
            let account = actor.account_id;
            sql.push(" AND issue.state = 'resolved' AND NOT issue.objection_waits AND (issue.reporter_id = ")
                .bind(account)
                .push(" OR issue.id IN (SELECT issue_id FROM support WHERE joined_at <= issue.resolved_at AND account_id = ")
                .bind(account)
                .push(")) AND NOT EXISTS (SELECT 1 FROM claim JOIN confirmation ON confirmation.claim_id = claim.id \
                       WHERE claim.issue_id = issue.id AND claim.ended_at IS NULL AND confirmation.account_id = ")
                .bind(account)
                .push(")");
            let partial = held(Permission::CoordinateTasks);
            if !partial.is_empty() {
                sql.push(" AND issue.community_id NOT IN ").bind_all(partial);
            }
            let own: Vec<_> = actor.organisations.iter().map(|(id, _)| *id).collect();
            if !own.is_empty() {
                sql.push(" AND (issue.claimed_by IS NULL OR issue.claimed_by NOT IN ").bind_all(own).push(")");
            }
        }
        _ => return None,
    }
    Some(sql)
}

impl Row {
    fn item(self, reason: InboxReason) -> InboxItem {
        let issue = Box::new(self.issue.summary());
        let subject = match self.flag {
            Some(flag) => InboxSubject::Flag {
                flag: Flag {
                    id: flag.flag_id,
                    thing: flag.flag_thing,
                    thing_id: flag.flag_thing_id,
                    issue: issue.id,
                    reason: flag.flag_reason,
                    words: flag.flag_words.unwrap_or_default(),
                    raised_at: self.since,
                },
                issue,
            },
            None => InboxSubject::Issue { issue },
        };
        InboxItem {
            reason,
            community: Some(self.community.link()),
            acting_for: None,
            since: self.since,
            due: self.due,
            subject,
        }
    }
}
