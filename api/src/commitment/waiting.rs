//! Commitments that need somebody, for their inbox.

use crate::{
    auth::session::Caller,
    commitment::view::{self, Row},
    db::Sql,
    http::error::Result,
    issue::rows::OrganisationRow,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::{CommunityId, OrganisationId},
    inbox::{InboxItem, InboxReason, InboxSubject},
    permission::Permission,
    time::Timestamp,
};
use uuid::Uuid;

/// The reasons for which commitments are in inboxes.
pub const REASONS: [InboxReason; 2] = [InboxReason::AnswerCommitment, InboxReason::ConfirmDelivery];

#[derive(Debug, FromQueryResult)]
struct Waiting {
    #[sea_orm(nested)]
    row: Row,
    since: Timestamp,
    due: Option<Timestamp>,
}

/// What waits for the caller for one of [`REASONS`] behind `after`, the longest first, at most
/// `most` of it.
pub async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    reason: InboxReason,
    most: u64,
    after: Option<(i64, Uuid)>,
) -> Result<Vec<InboxItem>> {
    let Some(condition) = condition(caller, reason) else { return Ok(Vec::new()) };
    let (since, due) = match reason {
        InboxReason::ConfirmDelivery => ("commitment.delivered_at", "commitment.delivered_at + 1209600000"),
        _ => ("commitment.offered_at", "CAST(NULL AS bigint)"),
    };
    let mut sql = view::select(caller, &format!(", {since} AS since, {due} AS due"));
    sql.append(condition);
    if let Some((at, id)) = after {
        sql.push(&format!(" AND ({since}, commitment.id) > (")).bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY since, commitment.id LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
    let waiting: Vec<Waiting> = sql.all(db).await?;
    let holders = holders(db, waiting.iter().filter_map(|one| one.row.receiving_holder())).await?;
    let mut items = Vec::with_capacity(waiting.len());
    let mut rows = Vec::with_capacity(waiting.len());
    for Waiting { row, since, due } in waiting {
        let holder = row.receiving_holder();
        let acting_for = holder.and_then(|id| holders.iter().find(|one| one.organisation_id == id)).cloned();
        items.push((row.community.clone().link(), acting_for.map(OrganisationRow::link), since, due));
        rows.push((row, holder));
    }
    let summaries = view::summaries(db, caller, rows).await?;
    let item = |((community, acting_for, since, due), commitment)| InboxItem {
        reason,
        community: Some(community),
        acting_for,
        since,
        due,
        subject: InboxSubject::Commitment { commitment: Box::new(commitment) },
    };
    Ok(items.into_iter().zip(summaries).map(item).collect())
}

/// The statement that counts, as `count`, what waits for the caller; nothing where nothing can.
pub fn count_sql(caller: &Caller, reason: InboxReason) -> Option<Sql> {
    let condition = condition(caller, reason)?;
    let mut sql = Sql::new(
        "SELECT count(*) AS count FROM commitment JOIN issue ON issue.id = commitment.issue_id \
         LEFT JOIN task ON task.id = commitment.task_id WHERE (1 = 1)",
    );
    sql.append(condition);
    Some(sql)
}

/// Which commitments wait for the caller: where they receive, for a holder or as a coordinator, and
/// to be confirmed only what they had no part in giving.
fn condition(caller: &Caller, reason: InboxReason) -> Option<Sql> {
    let actor = caller.actor()?;
    let held = Permission::ReceiveCommitment;
    let communities: Vec<CommunityId> =
        actor.communities.iter().filter(|(_, role)| role.may(held)).map(|(id, _)| *id).collect();
    let holders: Vec<OrganisationId> =
        actor.organisations.iter().filter(|(_, role)| role.may(held)).map(|(id, _)| *id).collect();
    if communities.is_empty() && holders.is_empty() {
        return None;
    }
    let mut sql = Sql::new(" AND issue.hidden_at IS NULL AND ((commitment.community_id IN ");
    sql.bind_all(communities)
        .push(" AND (task.holder_id IS NULL OR task.holder_id = commitment.organisation_id)) OR (task.holder_id IN ")
        .bind_all(holders)
        .push(" AND (commitment.organisation_id IS NULL OR commitment.organisation_id <> task.holder_id)))");
    match reason {
        InboxReason::AnswerCommitment => {
            sql.push(" AND commitment.state = 'offered'");
        }
        InboxReason::ConfirmDelivery => {
            let own = actor.organisations.iter().map(|(id, _)| *id);
            sql.push(" AND commitment.confirmation = 'waiting' AND ((commitment.organisation_id IS NULL AND (commitment.account_id IS NULL OR commitment.account_id <> ")
                .bind(actor.account_id)
                .push("))");
            sql.push(" OR (commitment.organisation_id IS NOT NULL");
            if !actor.organisations.is_empty() {
                sql.push(" AND commitment.organisation_id NOT IN ").bind_all(own);
            }
            sql.push("))");
        }
        _ => return None,
    }
    Some(sql)
}

async fn holders(db: &impl ConnectionTrait, ids: impl Iterator<Item = OrganisationId>) -> Result<Vec<OrganisationRow>> {
    let mut ids: Vec<OrganisationId> = ids.collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    ids.sort();
    ids.dedup();
    let mut sql =
        Sql::new(&format!("SELECT {} FROM organisation WHERE organisation.id IN ", crate::issue::rows::ORGANISATION));
    sql.bind_all(ids);
    Ok(sql.all(db).await?)
}
