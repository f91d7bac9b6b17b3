//! What the tasks and offers of an issue make of it. Whoever changes them calls [`settle`].

use crate::{
    db::{Sql, Write},
    events::Told,
    http::error::Result,
    issue::store,
};
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId},
    issue::{IssueState, TaskCounts},
    names::ActingRole,
};

/// An organisation with an open offer on the issue, or with a task of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    pub organisation: OrganisationId,
    /// Whether a task of theirs is accepted or further.
    pub taken: bool,
}

/// Follows the tasks of an issue: it is in progress exactly while one is taken, and those involved
/// see it even when it is private. `tasks` and `involved` are all there are now.
///
/// To be called in every write that changes a task or an offer, after the change.
pub async fn settle(tx: &mut Write<'_>, id: IssueId, tasks: TaskCounts, involved: &[Involved]) -> Result<()> {
    let mut issue = store::lock_as_system(tx, id).await?;
    Sql::with("DELETE FROM issue_organisation WHERE issue_id = $1", [id.into()]).run(&**tx).await?;
    for Involved { organisation, taken } in involved {
        Sql::with(
            "INSERT INTO issue_organisation (issue_id, organisation_id, community_id, sector, taken) \
             SELECT $1, organisation.id, $2, organisation.sector, $3 FROM organisation WHERE organisation.id = $4",
            [id.into(), issue.community_id.into(), (*taken).into(), (*organisation).into()],
        )
        .run(&**tx)
        .await?;
    }
    let before = issue.state;
    issue.become_as(issue.rules().with_tasks(tasks));
    if issue.state == before {
        count(tx, id, tasks).await?;
    } else {
        issue.save(tx).await?;
    }
    store::touch(tx, id).await?;
    if issue.state != before {
        let what =
            if issue.state == IssueState::InProgress { EventKind::IssueWorkBegan } else { EventKind::IssueWorkEnded };
        tx.record(issue.event(what).data(Told {
            state: Some(issue.state.as_str()),
            role: Some(ActingRole::System),
            ..Told::default()
        }));
    }
    Ok(())
}

/// Keeps the counters of an issue whose own fields stay as they are.
async fn count(tx: &Write<'_>, id: IssueId, tasks: TaskCounts) -> Result<()> {
    Sql::with(
        "UPDATE issue SET tasks_draft = $1, tasks_offered = $2, tasks_accepted = $3, tasks_in_progress = $4, tasks_done = $5, \
         tasks_verified = $6, tasks_cancelled = $7, changed_at = $8 WHERE id = $9",
        [
            i64::from(tasks.draft).into(),
            i64::from(tasks.offered).into(),
            i64::from(tasks.accepted).into(),
            i64::from(tasks.in_progress).into(),
            i64::from(tasks.done).into(),
            i64::from(tasks.verified).into(),
            i64::from(tasks.cancelled).into(),
            tx.at().into(),
            id.into(),
        ],
    )
    .run(&**tx)
    .await?;
    Ok(())
}
