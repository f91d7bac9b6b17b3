//! What can be flagged and hidden: issues, their comments, their photos, the evidence of their tasks and
//! commitments.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::{Error, Result},
    issue::store::{self, Issue},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{AccountId, IssueId},
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
}

#[derive(Debug, FromQueryResult)]
struct Row {
    issue_id: Option<IssueId>,
    account_id: Option<AccountId>,
}

/// The thing, its issue locked; 404 when the caller may not see the issue.
pub(crate) async fn find(tx: &Write<'_>, caller: &Caller, kind: Flaggable, id: Uuid) -> Result<Found> {
    let sql = match kind {
        Flaggable::Issue => {
            let issue = store::lock(tx, caller, IssueId(id)).await?;
            return Ok(Found { author: issue.reporter_id, issue });
        }
        Flaggable::Comment => {
            Sql::with("SELECT issue_id, account_id FROM comment WHERE id = $1 AND deleted_at IS NULL", [id.into()])
        }
        Flaggable::File => Sql::with(
            "SELECT COALESCE((SELECT id FROM issue WHERE id = file.subject_id), (SELECT issue_id FROM claim WHERE id = file.subject_id), \
             (SELECT issue_id FROM appeal WHERE id = file.subject_id), (SELECT issue_id FROM task WHERE note_id = file.subject_id), \
             (SELECT issue_id FROM commitment WHERE id = file.subject_id)) AS issue_id, owner_id AS account_id \
             FROM file WHERE id = $1 AND subject_kind IN ('issue', 'task', 'commitment')",
            [id.into()],
        ),
    };
    let row: Row = sql.one(&**tx).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let issue = row.issue_id.ok_or_else(|| Error::of(Code::NotFound))?;
    Ok(Found { issue: store::lock(tx, caller, issue).await?, author: row.account_id })
}
