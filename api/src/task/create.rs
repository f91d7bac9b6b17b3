//! Splitting an issue into tasks, and proposing one.

use crate::{
    auth::{
        limits::{self, WORK_OF_ACCOUNT},
        needs::Needs,
    },
    db::Write,
    events::{Told, told},
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        report,
        store::{self as issues, Issue},
    },
    offer,
    state::AppState,
    task::{
        detail, notice,
        settle::settle,
        store::{self, Task},
    },
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId},
    offer::OfferSide,
    permission::permit,
    problem::Code,
    task::{CreateTask, CreateTaskDraft, TaskDetail},
    transition::{Refusal, Transition},
};

/// Make a task of an issue: of a coordinator it is a draft; of an organisation a proposal, for which
/// it asks in the same moment, at most sixty times an hour. What an organisation proposes that is not
/// verified there is seen by itself and by those who look after the community, until they take it up.
#[utoipa::path(tag = "tasks", params(("id" = IssueId, Path)), request_body = CreateTaskDraft, responses((status = CREATED, body = TaskDetail)))]
#[post("/issues/{id}/tasks")]
pub(crate) async fn create_task(
    needs: Needs<permit::HandleTask>,
    id: Path<IssueId>,
    Valid(create): Valid<CreateTaskDraft>,
    app: Data<AppState>,
) -> Result<Answer<TaskDetail>> {
    app.bursts.check(&needs)?;
    let mut tx = app.write(&needs).await?;
    let issue = issues::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    let organisation = proposer(&needs, &issue)?;
    issue.rules().add_task()?;
    limits::allow(&tx, &needs, issue.community_id, &WORK_OF_ACCOUNT).await?;
    let mut task = draft(&tx, &needs, &issue, organisation, &create).await?;
    task.save(&tx).await?;
    let role = if organisation.is_some() { None } else { issues::acting_role(&needs, issue.community_id) };
    let told = Told { role, ..told(task.state.as_str()) };
    tx.record(task.event(EventKind::TaskCreated).by(&needs).data(told));
    if let Some(organisation) = organisation {
        let new = offer::NewOffer { side: OfferSide::Organisation, organisation, answer_by: None, note: String::new() };
        let offer = offer::open(&mut tx, &needs, &issue, &mut task, new).await?;
        notice::proposed(&tx, &needs, &issue, &task, &offer).await?;
    }
    settle(&mut tx, issue.id).await?;
    let task = detail::load(&*tx, &needs, tx.at(), task.id).await?;
    let (version, touched) = task.version;
    let location = format!("/api/v1/tasks/{}", task.body.id);
    tx.answer(Answer::created(task.body, location).version(version, touched)).await
}

/// Whose proposal it is; nobody's when a coordinator splits the issue.
fn proposer(needs: &Needs<permit::HandleTask>, issue: &Issue) -> Result<Option<OrganisationId>> {
    match needs.acting_for() {
        Some(organisation) => needs.for_organisation(organisation).map(|()| Some(organisation)),
        None if needs.in_community(issue.community_id).is_ok() => Ok(None),
        None => Err(Error::of(Code::ActingForRequired)),
    }
}

/// 409 unless tasks of the issue may be made, offered and taken.
pub(crate) fn allows_work(issue: &Issue) -> Result<()> {
    if issue.rules().allows_work() {
        Ok(())
    } else {
        Err(Transition { state: issue.state.as_str(), why: Refusal::WrongState }.into())
    }
}

async fn draft(
    tx: &Write<'_>,
    needs: &Needs<permit::HandleTask>,
    issue: &Issue,
    organisation: Option<OrganisationId>,
    create: &CreateTask,
) -> Result<Task> {
    if let Some(due) = create.due {
        store::check_due(tx, issue.community_id, due).await?;
    }
    if let Some(indicator) = create.indicator {
        store::check_indicator(tx, issue.community_id, indicator).await?;
    }
    let title = wording::put(tx, issue.community_id, &create.title).await?;
    let result = wording::put(tx, issue.community_id, &create.result).await?;
    let mut task = Task::draft(tx, issue, &title, &result, create.due);
    task.sector = create.sector;
    task.indicator_id = create.indicator;
    task.created_by = Some(needs.actor().account_id);
    task.proposed_by = organisation;
    task.vetted = organisation.is_none() || report::is_at_once(tx, issue.community_id, organisation).await?;
    Ok(task)
}
