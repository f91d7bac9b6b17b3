//! What the tasks and offers of an issue make of it.

use crate::{
    db::{Sql, Write},
    http::error::Result,
    issue::{self, Involved},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{IssueId, OrganisationId},
    issue::TaskCounts,
    task::TaskState,
};
use std::collections::BTreeMap;

#[derive(Debug, FromQueryResult)]
struct Row {
    /// Of a task; null for an open offer.
    state: Option<TaskState>,
    organisation_id: Option<OrganisationId>,
}

/// Follows the tasks and offers of an issue, whose row is locked: to be called at the end of every
/// write that saves one of them.
pub(crate) async fn settle(tx: &mut Write<'_>, id: IssueId) -> Result<()> {
    let rows: Vec<Row> = Sql::with(
        "SELECT state, holder_id AS organisation_id FROM task WHERE issue_id = $1 \
         UNION ALL SELECT NULL, offer.organisation_id FROM task JOIN offer ON offer.task_id = task.id \
         WHERE task.issue_id = $2 AND offer.state = 'open'",
        [id.into(), id.into()],
    )
    .all(&**tx)
    .await?;
    let counts = TaskCounts::of(rows.iter().filter_map(|row| row.state));
    let mut involved: BTreeMap<OrganisationId, bool> = BTreeMap::new();
    for row in &rows {
        if let Some(organisation) = row.organisation_id {
            *involved.entry(organisation).or_default() |= row.state.is_some();
        }
    }
    let involved: Vec<Involved> =
        involved.into_iter().map(|(organisation, taken)| Involved { organisation, taken }).collect();
    issue::settle(tx, id, counts, &involved).await
}
