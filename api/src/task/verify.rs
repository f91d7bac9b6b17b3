//! Somebody else than its holder looks at what was done.

use crate::{
    auth::needs::Needs,
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    state::AppState,
    task::{
        actions, detail, notice,
        settle::settle,
        store::{self, Locked, by_role},
    },
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::TaskId,
    permission::permit,
    problem::Code,
    reason::ReasonDraft,
    task::{TaskDetail, Verifier},
};

/// Say that a task is done as asked: a moderator, a coordinator or the facilitator of the community,
/// or the reporter of the issue; never of one's own organisation's work.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/verify")]
pub(crate) async fn verify_task(
    needs: Needs<permit::VerifyTask>,
    id: Path<TaskId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let locked = store::lock(&tx, &needs, *id).await?;
    if_match.check(locked.task.version)?;
    let by = verifier(&needs, &locked)?;
    let Locked { issue, mut task } = locked;
    task.become_as(task.rules().verify(by)?, tx.at());
    task.save(&tx).await?;
    let told = told(task.state.as_str());
    tx.record(by_role(task.event(EventKind::TaskVerified), &needs, task.community_id, told));
    notice::verified(&tx, Some(&needs), &issue, &task).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// Send a task back to its holder, with a reason: who may verify it.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = ReasonDraft, responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/return")]
pub(crate) async fn return_task(
    needs: Needs<permit::VerifyTask>,
    id: Path<TaskId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let locked = store::lock(&tx, &needs, *id).await?;
    if_match.check(locked.task.version)?;
    let by = verifier(&needs, &locked)?;
    let Locked { issue, mut task } = locked;
    task.become_as(task.rules().send_back(by)?, tx.at());
    let words = task.because(&tx, reason.as_str()).await?;
    task.save(&tx).await?;
    let told = Told { words: Some(words), ..told(task.state.as_str()) };
    tx.record(by_role(task.event(EventKind::TaskReturned), &needs, task.community_id, told));
    notice::returned(&tx, &needs, &issue, &task, reason.as_str()).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// As what the caller verifies; 403 when they may not.
fn verifier(needs: &Needs<permit::VerifyTask>, Locked { issue, task }: &Locked) -> Result<Verifier> {
    let actor = needs.actor();
    let role = actions::verifier(&actor.communities, task.community_id, issue.is_reporter(needs))
        .ok_or_else(|| Error::of(Code::Forbidden))?;
    Ok(Verifier { role, of_holder: task.holder_id.is_some_and(|holder| actor.is_member_of(holder)) })
}
