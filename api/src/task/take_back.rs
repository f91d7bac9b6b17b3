//! A coordinator takes a task from its holder, or gives it up altogether.

use crate::{
    auth::{needs::Needs, session::Caller},
    community,
    db::Write,
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    issue::store::Issue,
    offer, organisation,
    state::AppState,
    task::{
        actions, detail, notice,
        settle::settle,
        store::{self, Locked, Task, by_role},
    },
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::{IssueId, TaskId},
    issue::TaskCounts,
    permission::permit,
    reason::ReasonDraft,
    task::{TaskDetail, TaskState},
};

/// Take a task back from its holder, with a reason: when it is overdue, or the holder suspended.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = ReasonDraft, responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/recall")]
pub(crate) async fn recall_task(
    needs: Needs<permit::CoordinateTasks>,
    id: Path<TaskId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    needs.in_community(task.community_id)?;
    if_match.check(task.version)?;
    let regard = match task.holder_id {
        Some(holder) => organisation::verification(&*tx, task.community_id, holder).await?,
        None => None,
    };
    let before = task.clone();
    let today = community::today(&tx, task.community_id).await?;
    task.become_as(task.rules().recall(today, actions::regard(regard))?, tx.at());
    let words = task.because(&tx, reason.as_str()).await?;
    task.save(&tx).await?;
    let told = Told { words: Some(words), ..told(task.state.as_str()) };
    tx.record(by_role(before.event(EventKind::TaskRecalled), &needs, task.community_id, told));
    notice::recalled(&tx, &needs, &issue, &before, reason.as_str()).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// Give a task up, with a reason, unless it was verified. Its open offers are withdrawn.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = ReasonDraft, responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/cancel")]
pub(crate) async fn cancel_task(
    needs: Needs<permit::CoordinateTasks>,
    id: Path<TaskId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    needs.in_community(task.community_id)?;
    if_match.check(task.version)?;
    let before = task.clone();
    task.become_as(task.rules().cancel()?, tx.at());
    let words = task.because(&tx, reason.as_str()).await?;
    let asked = offer::withdraw_all(&mut tx, &needs, task.id).await?;
    task.save(&tx).await?;
    let told = Told { words: Some(words), ..told(task.state.as_str()) };
    tx.record(by_role(before.event(EventKind::TaskCancelled), &needs, task.community_id, told));
    notice::cancelled(&tx, &needs, &issue, &before, &asked, reason.as_str()).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// Cancels the drafts of an issue, before the holder of its work claims that it is solved; how many
/// tasks there are then in each state. The issue is saved by the caller.
pub(crate) async fn cancel_drafts(tx: &mut Write<'_>, caller: &Caller, issue: IssueId) -> Result<TaskCounts> {
    let mut tasks = store::of_issue(tx, issue).await?;
    for task in tasks.iter_mut().filter(|task| task.state == TaskState::Draft) {
        task.become_as(task.rules().cancel()?, tx.at());
        task.save(tx).await?;
        tx.record(task.event(EventKind::TaskCancelled).by(caller).data(told(task.state.as_str())));
    }
    Ok(TaskCounts::of(tasks.iter().map(|task| task.state)))
}

/// An objection to the claim opens the tasks again on which it rested, with their holders, or in
/// draft where a holder works in the community no more. The issue is open again already.
pub(crate) async fn reopen(
    tx: &mut Write<'_>,
    by: &Caller,
    issue: &Issue,
    claim: shared::issue::Claimant,
    said: &str,
) -> Result<()> {
    let rests = |task: &Task| task.holder_id.is_some_and(|holder| claim.rests_on(holder));
    let done = |task: &Task| matches!(task.state, TaskState::Done | TaskState::Verified);
    let tasks = store::of_issue(tx, issue.id).await?;
    let mut any = false;
    for mut task in tasks.into_iter().filter(|task| rests(task) && done(task)) {
        let left = match task.holder_id {
            Some(holder) => organisation::verification(&**tx, task.community_id, holder).await?.is_none(),
            None => false,
        };
        let before = task.clone();
        task.become_as(task.rules().reopen(left)?, tx.at());
        task.save(tx).await?;
        tx.record(before.event(EventKind::TaskReopened).by(by).data(told(task.state.as_str())));
        notice::reopened(tx, by, issue, &before, said).await?;
        any = true;
    }
    if any { settle(tx, issue.id).await } else { Ok(()) }
}
