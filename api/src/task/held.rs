//! How many tasks organisations hold, of those that everybody may see.

use crate::{db::Sql, http::error::Result, task::reader::SHOWN};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::ids::{CommunityId, OrganisationId};
use std::collections::HashMap;

/// The tasks of one organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Not done yet.
    pub(crate) active: i64,
    pub(crate) done: i64,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    holder_id: OrganisationId,
    active: bool,
    count: i64,
}

/// The tasks of several organisations, in one community where it is named, in one statement; those
/// without any are left out.
pub(crate) async fn held(
    db: &impl ConnectionTrait,
    organisations: impl IntoIterator<Item = OrganisationId>,
    community: Option<CommunityId>,
) -> Result<HashMap<OrganisationId, Held>> {
    let mut sql = Sql::new(&format!(
        "SELECT task.holder_id, (task.state IN ('accepted', 'in_progress')) AS active, count(*) AS count \
         FROM task JOIN issue ON issue.id = task.issue_id WHERE issue.listed AND {SHOWN} AND task.holder_id IN ",
    ));
    sql.bind_all(organisations);
    if let Some(community) = community {
        sql.push(" AND task.community_id = ").bind(community);
    }
    sql.push(" GROUP BY task.holder_id, active");
    let mut held: HashMap<OrganisationId, Held> = HashMap::new();
    for Row { holder_id, active, count } in sql.all(db).await? {
        let of = held.entry(holder_id).or_default();
        *(if active { &mut of.active } else { &mut of.done }) = count;
    }
    Ok(held)
}
