//! Commitments: what organisations and persons put in.

use super::{ApiError, Step, client};
use shared::{
    commitment::{CommitDraft, CommitmentSummary, DeliverDraft},
    ids::{CommitmentId, IssueId, TaskId},
};

/// `POST /issues/{id}/commitments`
pub async fn commit_to_issue(issue: IssueId, draft: &CommitDraft) -> Result<CommitmentSummary, ApiError> {
    client::post(&format!("/issues/{issue}/commitments"), draft).await
}

/// `POST /tasks/{id}/commitments`
pub async fn commit_to_task(task: TaskId, draft: &CommitDraft) -> Result<CommitmentSummary, ApiError> {
    client::post(&format!("/tasks/{task}/commitments"), draft).await
}

/// `POST /commitments/{id}/deliver`
pub async fn deliver(id: CommitmentId, draft: &DeliverDraft) -> Result<CommitmentSummary, ApiError> {
    client::post(&format!("/commitments/{id}/deliver"), draft).await
}

/// `POST /commitments/{id}/accept`
pub fn accept(id: CommitmentId) -> Step {
    Step::plain(format!("/commitments/{id}/accept"))
}

/// `POST /commitments/{id}/decline`
pub fn decline(id: CommitmentId) -> Step {
    Step::with_reason(format!("/commitments/{id}/decline"))
}

/// `POST /commitments/{id}/withdraw`
pub fn withdraw(id: CommitmentId) -> Step {
    Step::with_reason(format!("/commitments/{id}/withdraw"))
}

/// `POST /commitments/{id}/confirm`
pub fn confirm(id: CommitmentId) -> Step {
    Step::plain(format!("/commitments/{id}/confirm"))
}
