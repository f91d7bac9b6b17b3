//! Changing a task: the coordinator what is wanted, its holder who does it and what blocks it.

use crate::{
    auth::needs::Needs,
    db::Write,
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    issue::store::Issue,
    state::AppState,
    task::{
        detail, notice,
        settle::settle,
        store::{self, Locked, Task, by_role},
    },
    wording,
};
use actix_web::{
    patch,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    draft::Patch,
    ids::{AccountId, OrganisationId, TaskId},
    names::ActingRole,
    permission::{Permission, permit},
    problem::{Code, Fault},
    task::{TaskDetail, TaskState, UpdateTask, UpdateTaskDraft},
    transition::{Refusal, Transition},
};

/// Change a task, each field only by whom it belongs to: a coordinator changes what is wanted until
/// it is done; those who speak for the holder assign it to a member and say what blocks it, while
/// they work on it.
#[utoipa::path(tag = "tasks", params(("id" = TaskId, Path)), request_body = UpdateTaskDraft, responses((status = OK, body = TaskDetail)))]
#[patch("/tasks/{id}")]
pub(crate) async fn update_task(
    needs: Needs<permit::HandleTask>,
    id: Path<TaskId>,
    Valid(update): Valid<UpdateTaskDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = store::lock(&tx, &needs, *id).await?;
    if_match.require(task.version)?;
    let wants = wants(&update);
    let works = !update.assignee.is_absent() || !update.blocked.is_absent();
    if !wants && !works {
        return detail::answer(tx, &needs, task.id).await;
    }
    if wants {
        needs.in_community(task.community_id)?;
        fits(&task, task.state.is_unfinished())?;
    }
    if works {
        let organisation = store::acts_for(&needs, Permission::SpeakForOrganisation)?;
        if task.holder_id != Some(organisation) {
            return Err(Error::of(Code::Forbidden));
        }
        fits(&task, matches!(task.state, TaskState::Accepted | TaskState::InProgress))?;
        assign(&mut tx, &needs, &issue, &mut task, organisation, &update.assignee).await?;
        block(&mut tx, &needs, &issue, &mut task, &update.blocked).await?;
    }
    if wants {
        change(&mut tx, &needs, &mut task, &update).await?;
    }
    task.save(&tx).await?;
    settle(&mut tx, issue.id).await?;
    detail::answer(tx, &needs, task.id).await
}

fn wants(update: &UpdateTask) -> bool {
    update.title.is_some()
        || update.result.is_some()
        || !update.sector.is_absent()
        || !update.due.is_absent()
        || !update.indicator.is_absent()
}

fn fits(task: &Task, yes: bool) -> Result<()> {
    if yes { Ok(()) } else { Err(Transition { state: task.state.as_str(), why: Refusal::WrongState }.into()) }
}

/// What is wanted. New texts are new rows; the old ones are erased.
async fn change(
    tx: &mut Write<'_>,
    needs: &Needs<permit::HandleTask>,
    task: &mut Task,
    update: &UpdateTask,
) -> Result<()> {
    let (mut texts, mut old) = (Vec::new(), Vec::new());
    for (new, id) in [(&update.title, &mut task.title_id), (&update.result, &mut task.result_id)] {
        if let Some(body) = new {
            let wording = wording::put(tx, task.community_id, body).await?;
            old.push(std::mem::replace(id, wording.id));
            texts.push(wording);
        }
    }
    if let Patch::Value(due) = update.due
        && task.due != Some(due)
    {
        store::check_due(tx, task.community_id, due).await?;
    }
    if let Patch::Value(indicator) = update.indicator {
        store::check_indicator(tx, task.community_id, indicator).await?;
    }
    task.sector = update.sector.apply(task.sector);
    task.due = update.due.apply(task.due);
    task.indicator_id = update.indicator.apply(task.indicator_id);
    if !old.is_empty() {
        wording::erase(tx, &old).await?;
    }
    let told = Told { texts, ..told(task.state.as_str()) };
    tx.record(by_role(task.event(EventKind::TaskChanged), needs, task.community_id, told));
    Ok(())
}

/// Who of the holder's members does it; with null, nobody in particular.
async fn assign(
    tx: &mut Write<'_>,
    needs: &Needs<permit::HandleTask>,
    issue: &Issue,
    task: &mut Task,
    holder: OrganisationId,
    assignee: &Patch<AccountId>,
) -> Result<()> {
    let before = task.assignee_id;
    if let Patch::Value(account) = assignee
        && !store::is_member(tx, holder, *account).await?
    {
        return Err(Error::field("assignee", Fault::Unknown));
    }
    task.assignee_id = assignee.apply(before);
    if task.assignee_id == before {
        return Ok(());
    }
    let what = if task.assignee_id.is_some() { EventKind::TaskAssigned } else { EventKind::TaskChanged };
    tx.record(task.event(what).by(needs).data(told(task.state.as_str())));
    notice::assigned(tx, needs, issue, task).await
}

/// What blocks it; with null, nothing any more.
async fn block(
    tx: &mut Write<'_>,
    needs: &Needs<permit::HandleTask>,
    issue: &Issue,
    task: &mut Task,
    blocked: &Patch<String>,
) -> Result<()> {
    match blocked {
        Patch::Value(reason) => {
            let words = wording::put(tx, task.community_id, reason).await?;
            task.blocked_id = Some(words.id);
            let told = Told { words: Some(words), ..told(task.state.as_str()) };
            tx.record(task.event(EventKind::TaskBlocked).by(needs).data(told));
            notice::blocked(tx, needs, issue, task, reason).await
        }
        Patch::Null if task.blocked_id.take().is_some() => {
            tx.record(task.event(EventKind::TaskUnblocked).by(needs).data(told(task.state.as_str())));
            Ok(())
        }
        Patch::Null | Patch::Absent => Ok(()),
    }
}

/// Nobody in particular does the tasks of somebody who leaves their holder.
pub(crate) async fn unassign(tx: &mut Write<'_>, holder: OrganisationId, account: AccountId) -> Result<()> {
    for id in store::assigned(tx, holder, account).await? {
        let Locked { issue, mut task } = store::lock_as_system(tx, id).await?;
        task.assignee_id = None;
        task.save(tx).await?;
        let told = Told { role: Some(ActingRole::System), ..told(task.state.as_str()) };
        tx.record(task.event(EventKind::TaskChanged).data(told));
        settle(tx, issue.id).await?;
    }
    Ok(())
}
