//! Its holder works on a task: begins, says that it is done, or gives it back.

use crate::{
    auth::needs::Needs,
    events::{Told, told},
    file,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    state::AppState,
    task::{
        detail, notice,
        settle::settle,
        store::{self, Locked, Task},
    },
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::{EventKind, Thing},
    ids::{OrganisationId, TaskId},
    permission::{Permission, permit},
    problem::Code,
    reason::ReasonDraft,
    task::{TaskDetail, TaskDoneDraft},
};

/// Begin a task: who it is assigned to, or who speaks for its holder.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/start")]
pub(crate) async fn start_task(
    needs: Needs<permit::WorkOnTask>,
    id: Path<TaskId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    if_match.check(task.version)?;
    let worker = worker(&needs, &task)?;
    task.become_as(task.rules().start(worker)?, tx.at());
    task.save(&tx).await?;
    tx.record(task.event(EventKind::TaskStarted).by(&needs).data(told(task.state.as_str())));
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// Say that a task is done, and show it: who it is assigned to, or who speaks for its holder.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = TaskDoneDraft, responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/done")]
pub(crate) async fn finish_task(
    needs: Needs<permit::WorkOnTask>,
    id: Path<TaskId>,
    Valid(done): Valid<TaskDoneDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    if_match.check(task.version)?;
    let worker = worker(&needs, &task)?;
    task.become_as(task.rules().done(worker, tx.at())?, tx.at());
    let note = wording::put(&tx, task.community_id, &done.note).await?;
    task.note_id = Some(note.id);
    // Files lie under the id of what they came with: work that is done again has its own.
    let subject = file::Subject { kind: Thing::Task, id: note.id, community: task.community_id };
    file::claim(&tx, &done.evidence, None, subject, "evidence").await?;
    task.save(&tx).await?;
    let told = Told { words: Some(note), ..told(task.state.as_str()) };
    tx.record(task.event(EventKind::TaskDone).by(&needs).data(told));
    notice::done(&tx, &needs, &issue, &task, &done.note).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// Give a task back, with a reason: its holder cannot do it.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = ReasonDraft, responses((status = OK, body = TaskDetail)))]
#[post("/tasks/{id}/release")]
pub(crate) async fn release_task(
    needs: Needs<permit::SpeakForOrganisation>,
    id: Path<TaskId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    if_match.check(task.version)?;
    let holder = store::acts_for(&needs, Permission::SpeakForOrganisation)?;
    let event = task.event(EventKind::TaskReleased);
    task.become_as(task.rules().release(holder)?, tx.at());
    let words = task.because(&tx, reason.as_str()).await?;
    task.save(&tx).await?;
    tx.record(event.by(&needs).data(Told { words: Some(words), ..told(task.state.as_str()) }));
    notice::released(&tx, &needs, &issue, &task, holder, reason.as_str()).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

/// For which organisation the caller works: a member on what is assigned to them, who speaks for it
/// on anything. That it is the holder, the rules ask.
fn worker(needs: &Needs<permit::WorkOnTask>, task: &Task) -> Result<OrganisationId> {
    let organisation = store::acts_for(needs, Permission::WorkOnTask)?;
    let speaks = needs.actor().may_for(Permission::SpeakForOrganisation, organisation);
    if speaks || task.assignee_id == Some(needs.actor().account_id) {
        Ok(organisation)
    } else {
        Err(Error::of(Code::Forbidden))
    }
}
