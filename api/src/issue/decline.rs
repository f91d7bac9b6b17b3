//! Triage: a report is declined, publicly and with a reason.

use crate::{
    auth::needs::Needs,
    db::Sql,
    events::Told,
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    issue::{detail, notice, store},
    state::AppState,
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{DeclineIssueDraft, IssueDetail},
    permission::permit,
};

/// Decline a report, with a reason that is public unless the issue is hidden or private.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = DeclineIssueDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/decline")]
pub(crate) async fn decline_issue(
    needs: Needs<permit::TriageIssue>,
    id: Path<IssueId>,
    Valid(decline): Valid<DeclineIssueDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    if_match.check(issue.version)?;
    issue.needs_shown()?;
    let next = issue.rules().decline()?;
    let words = wording::put(&tx, issue.community_id, &decline.words).await?;
    let role = store::acting_role(&needs, issue.community_id);
    Sql::with(
        "INSERT INTO decline (issue_id, community_id, reason, wording_id, account_id, role, declined_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (issue_id) DO UPDATE SET reason = excluded.reason, wording_id = excluded.wording_id, account_id = excluded.account_id, \
         role = excluded.role, declined_at = excluded.declined_at",
        [
            issue.id.into(),
            issue.community_id.into(),
            decline.reason.into(),
            words.id.into(),
            needs.actor().account_id.into(),
            role.into(),
            tx.at().into(),
        ],
    )
    .run(&*tx)
    .await?;
    issue.become_as(next);
    issue.answer_by = None;
    issue.save(&tx).await?;
    tx.record(issue.event(EventKind::IssueDeclined).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        role,
        words: Some(words),
        ..Told::default()
    }));
    notice::declined(&tx, &needs, &issue, &decline.words).await?;
    detail::answer(tx, &needs, issue.id).await
}
