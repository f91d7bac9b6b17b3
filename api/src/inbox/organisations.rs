//! Organisations that wait to be verified, for coordinators.

use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::Result,
    issue::rows::{self, CommunityRow, OrganisationRow},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::CommunityId,
    inbox::{InboxItem, InboxReason, InboxSubject},
    permission::Permission,
    time::Timestamp,
};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    organisation: OrganisationRow,
    #[sea_orm(nested)]
    community: CommunityRow,
    since: Timestamp,
}

/// The organisations that work in the caller's communities and are not verified there, behind
/// `after` (of the last community shown, where it was in several), the longest first.
pub(super) async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    most: u64,
    after: Option<(i64, Uuid, Uuid)>,
) -> Result<Vec<InboxItem>> {
    let Some(condition) = condition(caller) else { return Ok(Vec::new()) };
    let mut sql = Sql::new(&format!(
        "SELECT {}, {}, area.updated_at AS since FROM organisation_area area JOIN organisation ON organisation.id = area.organisation_id \
         JOIN community ON community.id = area.community_id WHERE (1 = 1)",
        rows::ORGANISATION,
        rows::COMMUNITY,
    ));
    sql.append(condition);
    if let Some((at, id, community)) = after {
        sql.push(" AND (area.updated_at, area.organisation_id, area.community_id) > (").bind(at).push(", ").bind(id);
        sql.push(", ").bind(community).push(")");
    }
    sql.push(" ORDER BY area.updated_at, area.organisation_id, area.community_id LIMIT ")
        .bind(i64::try_from(most).unwrap_or(i64::MAX));
    let rows: Vec<Row> = sql.all(db).await?;
    let item = |row: Row| InboxItem {
        reason: InboxReason::VerifyOrganisation,
        community: Some(row.community.link()),
        acting_for: None,
        since: row.since,
        due: None,
        subject: InboxSubject::Organisation { organisation: row.organisation.link() },
    };
    Ok(rows.into_iter().map(item).collect())
}

/// The statement that counts them, as `count`; nothing where nothing can wait.
pub(super) fn count_sql(caller: &Caller) -> Option<Sql> {
    let condition = condition(caller)?;
    let mut sql = Sql::new("SELECT count(*) AS count FROM organisation_area area WHERE (1 = 1)");
    sql.append(condition);
    Some(sql)
}

fn condition(caller: &Caller) -> Option<Sql> {
    let actor = caller.actor()?;
    let communities: Vec<CommunityId> =
        actor.communities.iter().filter(|(_, role)| role.may(Permission::ManageCommunity)).map(|(id, _)| *id).collect();
    if communities.is_empty() {
        return None;
    }
    let mut sql = Sql::new(" AND area.verification = 'unverified' AND area.community_id IN ");
    sql.bind_all(communities);
    Some(sql)
}
