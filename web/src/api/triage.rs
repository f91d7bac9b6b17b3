//! Triage: what moderators and coordinators do with reports, and what takes it back.

use super::{ApiError, Versioned, client};
use shared::{
    ids::{FlagId, IssueId},
    issue::{Flaggable, HideDraft, IssueDetail, MarkDuplicateDraft},
};

/// `GET /issues/{id}`
pub async fn find_issue(id: IssueId) -> Result<Versioned<IssueDetail>, ApiError> {
    client::get_versioned(&format!("/issues/{id}")).await
}

/// `DELETE /issues/{id}/accept`
pub async fn unaccept(id: IssueId) -> Result<IssueDetail, ApiError> {
    client::delete_for(&format!("/issues/{id}/accept")).await
}

/// `POST /issues/{id}/duplicate`
pub async fn mark_duplicate(id: IssueId, of: IssueId) -> Result<IssueDetail, ApiError> {
    client::post(&format!("/issues/{id}/duplicate"), &MarkDuplicateDraft { of: Some(of) }).await
}

/// `DELETE /issues/{id}/duplicate`
pub async fn unmark_duplicate(id: IssueId) -> Result<IssueDetail, ApiError> {
    client::delete_for(&format!("/issues/{id}/duplicate")).await
}

/// `POST /{issues,comments,files,tasks,commitments}/{id}/hide`
pub async fn hide(thing: Flaggable, id: &str, draft: &HideDraft) -> Result<(), ApiError> {
    client::post_quietly(&format!("/{}/{id}/hide", folder(thing)), draft).await
}

/// `DELETE /{issues,comments,files,tasks,commitments}/{id}/hide`
pub async fn show(thing: Flaggable, id: &str) -> Result<(), ApiError> {
    client::delete(&format!("/{}/{id}/hide", folder(thing))).await
}

/// `POST /flags/{id}/dismiss`: all flags of the thing are done with.
pub async fn dismiss_flags(id: FlagId) -> Result<(), ApiError> {
    client::post_quietly(&format!("/flags/{id}/dismiss"), &serde_json::json!({})).await
}

const fn folder(thing: Flaggable) -> &'static str {
    match thing {
        Flaggable::Issue => "issues",
        Flaggable::Comment => "comments",
        Flaggable::File => "files",
        Flaggable::Task => "tasks",
        Flaggable::Commitment => "commitments",
    }
}
