//! The claim that an issue is solved.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::{Sql, Write},
    http::{answer::{Answer, IfMatch}, error::{Error, Result}, extract::Valid},
    issue::{detail, notice, photos, store::{self, Issue, Told}},
    state::AppState,
    wording,
};
use actix_web::{post, web::{Data, Path}};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId},
    issue::{IssueDetail, IssueState, ResolveIssue, ResolveIssueDraft},
    permission::{Permission, permit},
    problem::Code,
};

/// Claim that an issue is solved, and ask its reporter: the coordinator, or the organisation that
/// has done the last of its tasks.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = ResolveIssueDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/resolve")]
pub(crate) async fn resolve_issue(
    needs: Needs<permit::ClaimResolved>,
    id: Path<IssueId>,
    Valid(claim): Valid<ResolveIssueDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    if_match.check(issue.version)?;
    if !needs.actor().may_in(Permission::CoordinateTasks, issue.community_id) {
        has_finished(&tx, &issue, needs.acting_for(), needs.actor()).await?;
    }
    this(&mut tx, &needs, &mut issue, &claim).await?;
    detail::answer(tx, &needs, issue.id).await
}

#[derive(Debug, FromQueryResult)]
struct Involved {
    unfinished: bool,
}

/// 403 unless the organisation one acts for has taken a task of the issue; 409 while tasks of it
/// are unfinished.
async fn has_finished(tx: &Write<'_>, issue: &Issue, organisation: Option<OrganisationId>, actor: &crate::auth::session::Actor) -> Result<()> {
    let organisation = organisation.ok_or_else(|| Error::of(Code::ActingForRequired))?;
    if !actor.may_for(Permission::SpeakForOrganisation, organisation) {
        return Err(Error::of(Code::Forbidden));
    }
    let involved: Involved = Sql::with(
        "SELECT issue.unfinished FROM issue JOIN issue_organisation ON issue_organisation.issue_id = issue.id \
         WHERE issue.id = $1 AND issue_organisation.organisation_id = $2 AND issue_organisation.taken",
        [issue.id.into(), organisation.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| Error::of(Code::Forbidden))?;
    if involved.unfinished { Err(Error::conflict(issue.state.as_str())) } else { Ok(()) }
}

/// Claims it in the caller's name, whose right to do so was checked.
pub(crate) async fn this(tx: &mut Write<'_>, caller: &Caller, issue: &mut Issue, claim: &ResolveIssue) -> Result<()> {
    issue.needs_shown()?;
    issue.needs_state(&[IssueState::Open, IssueState::InProgress])?;
    let words = wording::put(tx, issue.community_id, &claim.statement).await?;
    let role = if caller.acting_for().is_some() { None } else { store::acting_role(caller, issue.community_id) };
    let id = tx.id();
    Sql::with(
        "INSERT INTO claim (id, community_id, issue_id, wording_id, account_id, organisation_id, role, claimed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            id.into(),
            issue.community_id.into(),
            issue.id.into(),
            words.id.into(),
            caller.actor().map(|actor| actor.account_id).into(),
            caller.acting_for().into(),
            role.into(),
            tx.at().into(),
        ],
    )
    .run(&**tx)
    .await?;
    photos::attach(tx, issue.community_id, issue.id, Some(id), &claim.photos).await?;
    issue.state = IssueState::Resolved;
    issue.resolved_at = Some(tx.at());
    issue.confirmed_at = None;
    issue.confirmed_by = None;
    issue.save(tx).await?;
    tx.record(issue.event(EventKind::IssueResolved).by(caller).data(Told { state: Some(issue.state), role, words: Some(words), ..Told::default() }));
    notice::resolved(tx, caller, issue, &claim.statement).await
}
