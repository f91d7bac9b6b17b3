//! Two issues are the same: one stays, and gets the other's supporters for as long as it is so.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    http::{answer::Answer, error::{Error, Result}, extract::Valid},
    issue::{detail, notice, store::{self, Issue, Told}, support},
    state::AppState,
    wording,
};
use actix_web::{delete, post, web::{Data, Path}};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{IssueDetail, IssueState, MarkDuplicateDraft},
    permission::permit,
    problem::{Code, Fault},
};

/// Mark an issue as the same as another of the community, which is no duplicate itself and is as
/// visible. Its supporters support the other from now on.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = MarkDuplicateDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/duplicate")]
pub(crate) async fn mark_duplicate(
    needs: Needs<permit::TriageIssue>,
    id: Path<IssueId>,
    Valid(mark): Valid<MarkDuplicateDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let (mut issue, target) = both(&tx, &needs, *id, mark.of).await?;
    needs.in_community(issue.community_id)?;
    issue.needs_shown()?;
    issue.needs_state(&[IssueState::Reported, IssueState::Open])?;
    if issue.is_worked_on(&tx).await? || has_duplicates(&tx, issue.id).await? {
        return Err(Error::conflict(issue.state.as_str()));
    }
    let Some(target) = target.filter(|target| may_stand_for(target, &issue)) else {
        return Err(Error::field("of", Fault::DoesNotFit));
    };
    issue.state = IssueState::Duplicate;
    issue.duplicate_of = Some(target.id);
    issue.answer_by = None;
    issue.save(&tx).await?;
    // Who supports both stays where they are, so that undoing moves back exactly what was moved.
    Sql::with(
        "UPDATE support SET issue_id = $1, moved_from = $2 WHERE issue_id = $3 AND account_id NOT IN (SELECT account_id FROM support WHERE issue_id = $4) \
         AND account_id <> COALESCE($5, account_id)",
        [target.id.into(), issue.id.into(), issue.id.into(), target.id.into(), target.reporter_id.into()],
    )
    .run(&*tx)
    .await?;
    support::recount(&mut tx, &issue).await?;
    support::recount(&mut tx, &target).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueMarkedDuplicate).by(&needs).data(Told { state: Some(issue.state), role, ..Told::default() }));
    let title = wording::read(&*tx, [target.title_id], false).await?.remove(&target.title_id).unwrap_or_default();
    notice::merged(&tx, &needs, &issue, &title).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// They are not the same after all: the supporters that were moved come back.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[delete("/issues/{id}/duplicate")]
pub(crate) async fn unmark_duplicate(needs: Needs<permit::TriageIssue>, id: Path<IssueId>, app: Data<AppState>) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    issue.needs_shown()?;
    issue.needs_state(&[IssueState::Duplicate])?;
    let target = issue.duplicate_of.take().ok_or_else(|| anyhow::anyhow!("a duplicate of nothing"))?;
    let target = store::lock_as_system(&tx, target).await?;
    // Marking it was its triage.
    issue.state = IssueState::Open;
    issue.accepted_at = issue.accepted_at.or(Some(tx.at()));
    issue.save(&tx).await?;
    Sql::with(
        "UPDATE support SET issue_id = $1, moved_from = NULL WHERE issue_id = $2 AND moved_from = $3",
        [issue.id.into(), target.id.into(), issue.id.into()],
    )
    .run(&*tx)
    .await?;
    support::recount(&mut tx, &issue).await?;
    support::recount(&mut tx, &target).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueUnmarkedDuplicate).by(&needs).data(Told { state: Some(issue.state), role, ..Told::default() }));
    detail::answer(tx, &needs, issue.id).await
}

/// Both issues, locked in the order of their ids so that two such writes never wait for each other.
async fn both(tx: &Write<'_>, needs: &Needs<permit::TriageIssue>, id: IssueId, of: IssueId) -> Result<(Issue, Option<Issue>)> {
    let present = |found: Result<Issue>| match found {
        Ok(issue) => Ok(Some(issue)),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let (issue, target) = if id < of {
        let issue = store::lock(tx, needs, id).await?;
        (issue, present(store::lock(tx, needs, of).await)?)
    } else {
        let target = present(store::lock(tx, needs, of).await)?;
        (store::lock(tx, needs, id).await?, target)
    };
    Ok((issue, target))
}

/// Whether the target may stay for the issue: of the same community, no duplicate, at least as visible.
fn may_stand_for(target: &Issue, issue: &Issue) -> bool {
    target.id != issue.id
        && target.community_id == issue.community_id
        && target.hidden_at.is_none()
        && !matches!(target.state, IssueState::Duplicate | IssueState::Declined)
        && (target.listed || issue.private)
        && (!target.private || issue.private)
}

#[derive(Debug, FromQueryResult)]
struct Count {
    count: i64,
}

async fn has_duplicates(tx: &Write<'_>, id: IssueId) -> Result<bool> {
    let count: Option<Count> = Sql::with("SELECT count(*) AS count FROM issue WHERE duplicate_of = $1", [id.into()]).one(&**tx).await?;
    Ok(count.is_some_and(|row| row.count > 0))
}
