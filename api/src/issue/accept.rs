//! Triage: a report is accepted.

use crate::{
    auth::needs::Needs,
    http::{answer::{Answer, IfMatch}, error::Result},
    issue::{detail, notice, store::{self, Told}},
    state::AppState,
};
use actix_web::{post, web::{Data, Path}};
use shared::{change::EventKind, ids::IssueId, issue::{IssueDetail, IssueState}, permission::permit};

/// Accept a report: it is open, and public unless it is private.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/accept")]
pub(crate) async fn accept_issue(needs: Needs<permit::TriageIssue>, id: Path<IssueId>, if_match: IfMatch, app: Data<AppState>) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    if_match.check(issue.version)?;
    issue.needs_shown()?;
    issue.needs_state(&[IssueState::Reported])?;
    issue.state = IssueState::Open;
    issue.accepted_at = Some(tx.at());
    issue.answer_by = None;
    issue.save(&tx).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueAccepted).by(&needs).data(Told { state: Some(issue.state), role, ..Told::default() }));
    notice::accepted(&tx, &needs, &issue).await?;
    detail::answer(tx, &needs, issue.id).await
}
