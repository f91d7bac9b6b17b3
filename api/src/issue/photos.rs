//! Photos of reports, claims and objections.

use crate::{db::{Sql, Write}, http::error::Result};
use shared::{ids::{CommunityId, IssueId}, upload::UploadClaim};
use uuid::Uuid;

/// Attaches uploaded photos to an issue: its own, or those of a claim or an objection.
pub(crate) async fn attach(tx: &Write<'_>, community: CommunityId, issue: IssueId, subject: Option<Uuid>, claims: &[UploadClaim]) -> Result<()> {
    for (position, claim) in (0i64..).zip(claims) {
        Sql::with(
            "INSERT INTO issue_photo (issue_id, file_id, community_id, subject_id, position) VALUES ($1, $2, $3, $4, $5)",
            [issue.into(), claim.id.into(), community.into(), subject.into(), position.into()],
        )
        .run(&**tx)
        .await?;
    }
    Ok(())
}
