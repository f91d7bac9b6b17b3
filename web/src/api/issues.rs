//! Issues: reporting, listing, reading, and what residents and moderators do with them.

use super::{ApiError, Step, Versioned, client};
use serde::Serialize;
use shared::{
    category::Category,
    ids::{CommentId, IssueId},
    issue::{
        Comment, CommentDraft, DeclineIssueDraft, FlagDraft, HistoryEntry, IssueDetail, IssuePage, ListIssues,
        ObjectToIssueDraft, PastComment, PendingReport, ReportIssueDraft, ResolveIssueDraft, SupportDraft,
        SupportState, UpdateIssueDraft,
    },
    names::Slug,
    page::Page,
    reason::DecisionDraft,
};

/// `GET /communities/{slug}/issues`
pub async fn list_issues(community: &Slug, filter: &ListIssues) -> Result<IssuePage, ApiError> {
    client::get(&format!("/communities/{community}/issues{}", client::query(filter))).await
}

/// `GET /communities/{slug}/issues/{n}`
pub async fn find_issue(community: &Slug, number: i64) -> Result<Versioned<IssueDetail>, ApiError> {
    client::get_versioned(&format!("/communities/{community}/issues/{number}")).await
}

/// `GET /communities/{slug}/categories`
pub async fn list_categories(community: &Slug) -> Result<Page<Category>, ApiError> {
    client::get(&format!("/communities/{community}/categories")).await
}

/// `POST /communities/{slug}/issues` of somebody signed in.
pub async fn report_issue(community: &Slug, draft: &ReportIssueDraft) -> Result<IssueDetail, ApiError> {
    client::post(&format!("/communities/{community}/issues"), draft).await
}

/// `POST /communities/{slug}/issues` by e-mail: the report waits until the mailed link is followed.
pub async fn report_by_mail(community: &Slug, draft: &ReportIssueDraft) -> Result<PendingReport, ApiError> {
    client::post(&format!("/communities/{community}/issues"), draft).await
}

/// `PATCH /issues/{id}`
pub async fn update_issue(
    id: IssueId,
    etag: &str,
    draft: &UpdateIssueDraft,
) -> Result<Versioned<IssueDetail>, ApiError> {
    client::patch(&format!("/issues/{id}"), etag, draft).await
}

/// `POST /issues/{id}/support`
pub async fn support(id: IssueId) -> Result<SupportState, ApiError> {
    step(id, "support", &SupportDraft::default()).await
}

/// `DELETE /issues/{id}/support`
pub async fn unsupport(id: IssueId) -> Result<SupportState, ApiError> {
    client::delete_for(&format!("/issues/{id}/support")).await
}

/// `POST /issues/{id}/follow`
pub async fn follow(id: IssueId) -> Result<SupportState, ApiError> {
    step(id, "follow", &SupportDraft::default()).await
}

/// `DELETE /issues/{id}/follow`
pub async fn unfollow(id: IssueId) -> Result<SupportState, ApiError> {
    client::delete_for(&format!("/issues/{id}/follow")).await
}

/// `POST /issues/{id}/accept`
pub async fn accept(id: IssueId) -> Result<IssueDetail, ApiError> {
    step(id, "accept", &serde_json::json!({})).await
}

/// `POST /issues/{id}/decline`
pub async fn decline(id: IssueId, draft: &DeclineIssueDraft) -> Result<IssueDetail, ApiError> {
    step(id, "decline", draft).await
}

/// `POST /issues/{id}/resolve`
pub async fn resolve(id: IssueId, draft: &ResolveIssueDraft) -> Result<IssueDetail, ApiError> {
    step(id, "resolve", draft).await
}

/// `POST /issues/{id}/confirm`
pub async fn confirm(id: IssueId) -> Result<IssueDetail, ApiError> {
    step(id, "confirm", &serde_json::json!({})).await
}

/// [`confirm`] as a step, for where the issue is not read afterwards.
pub fn confirm_step(id: IssueId) -> Step {
    Step::plain(format!("/issues/{id}/confirm"))
}

/// `POST /issues/{id}/object`
pub async fn object(id: IssueId, draft: &ObjectToIssueDraft) -> Result<IssueDetail, ApiError> {
    step(id, "object", draft).await
}

/// `POST /issues/{id}/appeal`
pub fn appeal(id: IssueId) -> Step {
    Step::with_reason(format!("/issues/{id}/appeal"))
}

/// `POST /issues/{id}/decide_appeal`
pub async fn decide_appeal(id: IssueId, draft: &DecisionDraft) -> Result<IssueDetail, ApiError> {
    step(id, "decide_appeal", draft).await
}

/// `POST /issues/{id}/decide_objection`
pub async fn decide_objection(id: IssueId, draft: &DecisionDraft) -> Result<IssueDetail, ApiError> {
    step(id, "decide_objection", draft).await
}

/// `POST /flags`
pub async fn flag(draft: &FlagDraft) -> Result<(), ApiError> {
    client::post_quietly("/flags", draft).await
}

/// `GET /issues/{id}/history`
pub async fn list_history(id: IssueId) -> Result<Page<HistoryEntry>, ApiError> {
    client::get(&format!("/issues/{id}/history?limit=100")).await
}

/// `GET /issues/{id}/comments`
pub async fn list_comments(id: IssueId) -> Result<Page<Comment>, ApiError> {
    client::get(&format!("/issues/{id}/comments?limit=100")).await
}

/// `POST /issues/{id}/comments`
pub async fn create_comment(id: IssueId, draft: &CommentDraft) -> Result<Comment, ApiError> {
    step(id, "comments", draft).await
}

/// `PATCH /comments/{id}`
pub async fn update_comment(comment: &Comment, draft: &CommentDraft) -> Result<Comment, ApiError> {
    let path = format!("/comments/{}", comment.id);
    client::patch(&path, &client::listed(comment.version), draft).await.map(|saved| saved.value)
}

/// `GET /comments/{id}/past`
pub async fn list_past_comments(id: CommentId) -> Result<Page<PastComment>, ApiError> {
    client::get(&format!("/comments/{id}/past")).await
}

/// `DELETE /comments/{id}`
pub async fn delete_comment(comment: &Comment) -> Result<(), ApiError> {
    client::delete_version(&format!("/comments/{}", comment.id), &client::listed(comment.version)).await
}

async fn step<T: serde::de::DeserializeOwned>(id: IssueId, verb: &str, sent: &impl Serialize) -> Result<T, ApiError> {
    client::post(&format!("/issues/{id}/{verb}"), sent).await
}
