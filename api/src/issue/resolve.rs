//! The claim that an issue is solved.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::{Sql, Write},
    events::Told,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        detail, notice, photos,
        store::{self, Issue},
    },
    state::AppState,
    task, wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId},
    issue::{Claimant, IssueDetail, ResolveIssue, ResolveIssueDraft},
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
    let claimant = claimant(&needs, &issue)?;
    this(&mut tx, &needs, &mut issue, claimant, &claim).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// A coordinator of the community, or the organisation one acts for and speaks for.
fn claimant(needs: &Needs<permit::ClaimResolved>, issue: &Issue) -> Result<Claimant> {
    match needs.acting_for() {
        None if needs.actor().may_in(Permission::CoordinateTasks, issue.community_id) => Ok(Claimant::Coordinator),
        None => Err(Error::of(Code::ActingForRequired)),
        Some(organisation) => needs.for_organisation(organisation).map(|()| Claimant::Holder(organisation)),
    }
}

/// Claims it; who may claim at all was checked.
pub(crate) async fn this(
    tx: &mut Write<'_>,
    caller: &Caller,
    issue: &mut Issue,
    claimant: Claimant,
    claim: &ResolveIssue,
) -> Result<()> {
    issue.needs_shown()?;
    let holds = match claimant {
        Claimant::Coordinator => false,
        Claimant::Holder(organisation) => holds_task(tx, issue.id, organisation).await?,
    };
    let mut next = issue.rules().resolve(claimant, holds, tx.at())?;
    if let Claimant::Holder(_) = claimant {
        next = next.with_tasks(task::cancel_drafts(tx, caller, issue.id).await?);
    }
    let words = wording::put(tx, issue.community_id, &claim.statement).await?;
    let (organisation, role) = match claimant {
        Claimant::Coordinator => (None, store::acting_role(caller, issue.community_id)),
        Claimant::Holder(organisation) => (Some(organisation), None),
    };
    let id = tx.id();
    Sql::with(
        "INSERT INTO claim (id, community_id, issue_id, wording_id, account_id, organisation_id, role, claimed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            id.into(),
            issue.community_id.into(),
            issue.id.into(),
            words.id.into(),
            caller.actor().map(|actor| actor.account_id).into(),
            organisation.into(),
            role.into(),
            tx.at().into(),
        ],
    )
    .run(&**tx)
    .await?;
    photos::attach(tx, issue.community_id, issue.id, id, &claim.photos).await?;
    issue.become_as(next);
    issue.save(tx).await?;
    tx.record(issue.event(EventKind::IssueResolved).by(caller).data(Told {
        state: Some(issue.state.as_str()),
        role,
        words: Some(words),
        ..Told::default()
    }));
    notice::resolved(tx, caller, issue, &claim.statement).await
}

#[derive(Debug, FromQueryResult)]
struct Taken {
    taken: bool,
}

/// Whether the organisation has taken a task of the issue.
async fn holds_task(tx: &Write<'_>, issue: IssueId, organisation: OrganisationId) -> Result<bool> {
    let row: Option<Taken> = Sql::with(
        "SELECT taken FROM issue_organisation WHERE issue_id = $1 AND organisation_id = $2",
        [issue.into(), organisation.into()],
    )
    .one(&**tx)
    .await?;
    Ok(row.is_some_and(|row| row.taken))
}
