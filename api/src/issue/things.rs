//! What can be flagged and hidden: issues, their comments, photos, tasks and commitments, and the evidence
//! of these.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::{Error, Result},
    issue::store::{self, Issue},
    task,
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{AccountId, IssueId, OrganisationId, TaskId},
    issue::Flaggable,
    problem::Code,
};
use uuid::Uuid;

/// A thing that the caller may see, with the issue it is or belongs to.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) issue: Issue,
    /// Who wrote or uploaded it.
    pub(crate) author: Option<AccountId>,
    /// For which organisation.
    pub(crate) side: Option<OrganisationId>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    issue_id: Option<IssueId>,
    account_id: Option<AccountId>,
    organisation_id: Option<OrganisationId>,
}

/// The thing, its issue locked; 404 when the caller may not see them.
pub(crate) async fn find(tx: &Write<'_>, caller: &Caller, kind: Flaggable, id: Uuid) -> Result<Found> {
    let sql = match kind {
        Flaggable::Issue => {
            let issue = store::lock(tx, caller, IssueId(id)).await?;
            return Ok(Found { author: issue.reporter_id, side: issue.reported_for, issue });
        }
        Flaggable::Comment => Sql::with(
            "SELECT issue_id, account_id, organisation_id FROM comment WHERE id = $1 AND deleted_at IS NULL",
            [id.into()],
        ),
        Flaggable::Task => {
            task::check_visible(&**tx, caller, TaskId(id)).await?;
            Sql::with(
                "SELECT issue_id, created_by AS account_id, proposed_by AS organisation_id FROM task WHERE id = $1",
                [id.into()],
            )
        }
        Flaggable::Commitment => {
            Sql::with("SELECT issue_id, account_id, organisation_id FROM commitment WHERE id = $1", [id.into()])
        }
        Flaggable::File => Sql::with(
            "SELECT COALESCE((SELECT id FROM issue WHERE id = file.subject_id), (SELECT issue_id FROM claim WHERE id = file.subject_id), \
             (SELECT issue_id FROM appeal WHERE id = file.subject_id), (SELECT issue_id FROM task WHERE note_id = file.subject_id), \
             (SELECT issue_id FROM commitment WHERE id = file.subject_id)) AS issue_id, owner_id AS account_id, \
             CAST(NULL AS uuid) AS organisation_id FROM file WHERE id = $1 AND subject_kind IN ('issue', 'task', 'commitment')",
            [id.into()],
        ),
    };
    let row: Row = sql.one(&**tx).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let issue = row.issue_id.ok_or_else(|| Error::of(Code::NotFound))?;
    Ok(Found { issue: store::lock(tx, caller, issue).await?, author: row.account_id, side: row.organisation_id })
}
