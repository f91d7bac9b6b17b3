//! Appealing, once, against a decline or a hiding; the main coordinator decides.

use crate::{
    auth::needs::Needs,
    http::{answer::Answer, error::{Error, Result}, extract::Valid},
    issue::{appeals::{self, Appeal}, detail, hide, notice, store::{self, Issue, Told}, story},
    state::AppState,
    wording,
};
use actix_web::{post, web::{Data, Path}};
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{IssueDetail, IssueState},
    names::ActingRole,
    permission::permit,
    problem::Code,
    reason::{DecisionDraft, ReasonDraft},
};

/// Appeal against the decline, or the hiding, of one's own issue.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = ReasonDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/appeal")]
pub(crate) async fn appeal_issue(needs: Needs<permit::Participate>, id: Path<IssueId>, Valid(reason): Valid<ReasonDraft>, app: Data<AppState>) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let issue = store::lock(&tx, &needs, *id).await?;
    if !issue.is_reporter(&needs) {
        return Err(Error::of(Code::Forbidden));
    }
    let story = story::load(&*tx, &needs, &issue).await?;
    let declined = issue.state == IssueState::Declined && story.declined.as_ref().is_some_and(|declined| declined.appeal.is_none());
    let hidden = story.hiding_id.filter(|_| story.hidden.as_ref().is_some_and(|hidden| hidden.appeal.is_none()));
    let (about, about_id, event) = match hidden {
        Some(hiding) => ("hiding", hiding, EventKind::HidingAppealed),
        None if declined => ("decline", issue.id.0, EventKind::IssueAppealed),
        None => return Err(Error::conflict(issue.state.as_str())),
    };
    let words = wording::put(&tx, issue.community_id, reason.as_str()).await?;
    let appeal = Appeal { about, about_id, wording: words.id, account: needs.actor().account_id, decide_by: None, waiting: true };
    appeals::put(&tx, &issue, &appeal).await?;
    store::touch(&tx, issue.id).await?;
    tx.record(issue.event(event).by(&needs).data(Told { state: Some(issue.state), words: Some(words), ..Told::default() }));
    notice::appealed(&tx, &needs, &issue, reason.as_str()).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// Decide an appeal: upheld, a declined issue is open and what was hidden is shown again.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = DecisionDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/decide_appeal")]
pub(crate) async fn decide_appeal(
    needs: Needs<permit::DecideObjection>,
    id: Path<IssueId>,
    Valid(decision): Valid<DecisionDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    if !needs.actor().main_coordinator {
        return Err(Error::of(Code::Forbidden));
    }
    let appeal = appeals::waiting(&tx, &issue, &["decline", "hiding"]).await?;
    let role = Some(ActingRole::MainCoordinator);
    let words = appeals::decide(&tx, &issue, &appeal, &decision, needs.actor().account_id, role).await?;
    let hiding = appeal.about == "hiding";
    let event = match (hiding, decision.upheld) {
        (true, true) => {
            hide::show(&mut tx, &needs, &mut issue, appeal.about_id).await?;
            None
        }
        (true, false) => Some(EventKind::HidingUpheld),
        (false, true) => {
            open(&mut issue, &tx).await?;
            Some(EventKind::IssueAppealUpheld)
        }
        (false, false) => Some(EventKind::IssueAppealDismissed),
    };
    if let Some(event) = event {
        tx.record(issue.event(event).by(&needs).data(Told { state: Some(issue.state), role, words: Some(words), ..Told::default() }));
    }
    store::touch(&tx, issue.id).await?;
    notice::appeal_decided(&tx, &needs, &issue, appeal.account_id, decision.upheld, decision.reason.as_str()).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// A declined issue is accepted after all.
async fn open(issue: &mut Issue, tx: &crate::db::Write<'_>) -> Result<()> {
    issue.needs_state(&[IssueState::Declined])?;
    issue.state = IssueState::Open;
    issue.accepted_at = Some(tx.at());
    issue.save(tx).await
}
