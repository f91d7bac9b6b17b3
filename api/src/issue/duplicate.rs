//! Two issues are the same: one stays, and gets the other's supporters for as long as it is so.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    events::Told,
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        detail, notice,
        store::{self, Issue},
        support,
    },
    state::AppState,
    wording,
};
use actix_web::{
    delete, post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{IssueDetail, IssueState, MarkDuplicateDraft, Target},
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
    let target = target.ok_or_else(|| Error::field("of", Fault::Unknown))?;
    issue.become_as(issue.rules().mark_duplicate(stands_for(&target, &issue))?);
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
    count(&tx, target.id).await?;
    support::recount(&mut tx, &issue).await?;
    support::recount(&mut tx, &target).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueMarkedDuplicate).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        role,
        ..Told::default()
    }));
    let title = wording::read(&*tx, [target.title_id], false).await?.remove(&target.title_id).unwrap_or_default();
    notice::merged(&tx, &needs, &issue, &title).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// They are not the same after all: the supporters that were moved come back.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[delete("/issues/{id}/duplicate")]
pub(crate) async fn unmark_duplicate(
    needs: Needs<permit::TriageIssue>,
    id: Path<IssueId>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    needs.in_community(issue.community_id)?;
    issue.needs_shown()?;
    issue.become_as(issue.rules().unmark_duplicate()?);
    let target = issue.duplicate_of.take().ok_or_else(|| anyhow::anyhow!("a duplicate of nothing"))?;
    let target = store::lock_as_system(&tx, target).await?;
    issue.save(&tx).await?;
    if issue.state == IssueState::Reported {
        // It waits for triage again, and for no longer than it would have.
        Sql::with(
            "UPDATE issue SET answer_by = reported_at + 86400000 * (SELECT CAST(answer_days AS bigint) FROM category WHERE id = issue.category_id) WHERE id = $1",
            [issue.id.into()],
        )
        .run(&*tx)
        .await?;
    }
    count(&tx, target.id).await?;
    Sql::with(
        "UPDATE support SET issue_id = $1, moved_from = NULL WHERE issue_id = $2 AND moved_from = $3",
        [issue.id.into(), target.id.into(), issue.id.into()],
    )
    .run(&*tx)
    .await?;
    support::recount(&mut tx, &issue).await?;
    support::recount(&mut tx, &target).await?;
    let role = store::acting_role(&needs, issue.community_id);
    tx.record(issue.event(EventKind::IssueUnmarkedDuplicate).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        role,
        ..Told::default()
    }));
    detail::answer(tx, &needs, issue.id).await
}

/// Both issues, locked in the order of their ids so that two such writes never wait for each other.
async fn both(
    tx: &Write<'_>,
    needs: &Needs<permit::TriageIssue>,
    id: IssueId,
    of: IssueId,
) -> Result<(Issue, Option<Issue>)> {
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

/// What the rules need to know of the issue that stays. A report that is public by now cannot
/// hide behind one that is not.
fn stands_for(target: &Issue, issue: &Issue) -> Target {
    let as_visible = target.listed || !issue.listed;
    Target {
        state: target.state,
        private: target.private,
        hidden: target.hidden_at.is_some(),
        another_here: target.id != issue.id && target.community_id == issue.community_id && as_visible,
    }
}

/// Counts the duplicates of an issue anew.
async fn count(tx: &Write<'_>, id: IssueId) -> Result<()> {
    Sql::with(
        "UPDATE issue SET duplicates = (SELECT count(*) FROM issue twin WHERE twin.duplicate_of = $1) WHERE id = $2",
        [id.into(), id.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}
