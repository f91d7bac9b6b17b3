//! Triage: a report is accepted, which can be undone while nothing came of it.

use crate::{
    auth::needs::Needs,
    db::Sql,
    events::Told,
    http::{
        answer::{Answer, IfMatch},
        error::Result,
    },
    issue::{detail, notice, store},
    state::AppState,
};
use actix_web::{
    delete, post,
    web::{Data, Path},
};
use shared::{change::EventKind, ids::IssueId, issue::IssueDetail, permission::permit};

/// Accept a report: it is open, and public unless it is private.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/accept")]
pub(crate) async fn accept_issue(
    needs: Needs<permit::TriageIssue>,
    id: Path<IssueId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    if_match.check(issue.version)?;
    issue.needs_shown()?;
    issue.become_as(issue.rules().accept()?);
    issue.accepted_at = Some(tx.at());
    issue.answer_by = None;
    issue.save(&tx).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueAccepted).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        role,
        ..Told::default()
    }));
    notice::accepted(&tx, &needs, &issue).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// Undo accepting, while no task was made of it: it waits for triage again.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[delete("/issues/{id}/accept")]
pub(crate) async fn unaccept_issue(
    needs: Needs<permit::TriageIssue>,
    id: Path<IssueId>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    issue.needs_shown()?;
    issue.become_as(issue.rules().unaccept()?);
    issue.accepted_at = None;
    issue.save(&tx).await?;
    Sql::with(
        "UPDATE issue SET unanswered_at = NULL, answer_by = reported_at + 86400000 * (SELECT CAST(answer_days AS bigint) FROM category WHERE id = issue.category_id) WHERE id = $1",
        [issue.id.into()],
    )
    .run(&*tx)
    .await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueUnaccepted).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        role,
        ..Told::default()
    }));
    detail::answer(tx, &needs, issue.id).await
}
