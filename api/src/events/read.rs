//! Reading the log in its order.

use crate::{db::Sql, events::Event, http::error::Result};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::ids::CommunityId;

#[derive(Debug, FromQueryResult)]
struct Last {
    seq: i64,
}

/// The number of the last entry; 0 where there is none.
pub async fn last(db: &impl ConnectionTrait) -> Result<i64> {
    let row: Option<Last> = Sql::new("SELECT seq FROM event ORDER BY seq DESC LIMIT 1").one(db).await?;
    Ok(row.map_or(0, |row| row.seq))
}

/// At most `most` entries with greater numbers than `since`, oldest first; of one community where
/// it is named. Since numbers are given in commit order, nothing smaller appears later.
pub async fn after(
    db: &impl ConnectionTrait,
    since: i64,
    community: Option<CommunityId>,
    most: u64,
) -> Result<Vec<Event>> {
    let mut sql = Sql::new(
        "SELECT seq, at, kind, thing, thing_id, community_id, issue_id, organisation_id, account_id, actor_id, acting_for, data \
         FROM event WHERE seq > ",
    );
    sql.bind(since);
    if let Some(community) = community {
        sql.push(" AND community_id = ").bind(community);
    }
    sql.push(" ORDER BY seq LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
    Ok(sql.all(db).await?)
}
