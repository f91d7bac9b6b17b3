//! It is not solved: the first objection opens the issue again, later ones are decided.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::{Sql, Write},
    http::{answer::Answer, error::{Error, Result}, extract::Valid},
    issue::{appeals, detail, notice, photos, store::{self, Issue, Told}, story, terms},
    state::AppState,
    wording::{self, Wording},
};
use actix_web::{post, web::{Data, Path}};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId},
    issue::{IssueDetail, IssueState, ObjectToIssueDraft},
    names::ActingRole,
    permission::permit,
    problem::Code,
};

/// Object to the claim that it is solved: its reporter, or somebody who supported it before the
/// claim; while it is resolved, or within 28 days of being confirmed.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = ObjectToIssueDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/object")]
pub(crate) async fn object_to_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(objection): Valid<ObjectToIssueDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    if !terms::may_be_objected_to(&issue, tx.at()) {
        return Err(Error::conflict(issue.state.as_str()));
    }
    let story = story::load(&*tx, &needs, &issue).await?;
    if !(issue.is_reporter(&needs) || story.supported_before) {
        return Err(Error::of(Code::Forbidden));
    }
    if story.objection_waits() {
        return Err(Error::conflict(issue.state.as_str()));
    }
    let claim = story.claim_id.ok_or_else(|| anyhow::anyhow!("a resolved issue has no claim"))?;
    let words = wording::put(&tx, issue.community_id, &objection.words).await?;
    let waits = issue.objections > 0;
    let appeal = appeals::Appeal {
        about: "claim",
        about_id: claim,
        wording: words.id,
        account: needs.actor().account_id,
        decide_by: waits.then(|| tx.at() + terms::DECISION),
        waiting: waits,
    };
    let appeal = appeals::put(&tx, &issue, &appeal).await?;
    photos::attach(&tx, issue.community_id, issue.id, Some(appeal), &objection.photos).await?;
    issue.objections += 1;
    if waits {
        issue.save(&tx).await?;
        tx.record(issue.event(EventKind::IssueObjected).by(&needs).data(Told { state: Some(issue.state), words: Some(words), ..Told::default() }));
        notice::objected(&tx, &needs, &issue, &objection.words).await?;
    } else {
        reopen(&mut tx, &needs, &mut issue, None, words, &objection.words).await?;
    }
    detail::answer(tx, &needs, issue.id).await
}

#[derive(Debug, FromQueryResult)]
struct Ended {
    organisation_id: Option<OrganisationId>,
}

/// Ends the claim and opens the issue again.
pub(crate) async fn reopen(tx: &mut Write<'_>, by: &Caller, issue: &mut Issue, role: Option<ActingRole>, words: Wording, said: &str) -> Result<()> {
    let claim: Option<Ended> = Sql::with(
        "UPDATE claim SET ended_at = $1 WHERE issue_id = $2 AND ended_at IS NULL RETURNING organisation_id",
        [tx.at().into(), issue.id.into()],
    )
    .one(&**tx)
    .await?;
    let claimant = claim.and_then(|claim| claim.organisation_id);
    issue.state = if issue.is_worked_on(tx).await? { IssueState::InProgress } else { IssueState::Open };
    issue.resolved_at = None;
    issue.confirmed_at = None;
    issue.confirmed_by = None;
    issue.save(tx).await?;
    tx.record(issue.event(EventKind::IssueReopened).by(by).data(Told { state: Some(issue.state), role, words: Some(words), ..Told::default() }));
    notice::reopened(tx, by, issue, claimant, said).await
}
