//! Tasks: splitting an issue, reading, changing and moving them on.

use super::{
    ApiError, Step, Versioned,
    client::{self, Acting},
};
use shared::{
    ids::{IssueId, TaskId},
    names::{IndicatorLink, Slug},
    organisation::Member,
    page::Page,
    task::{CreateTaskDraft, ListTasks, TaskDetail, TaskDoneDraft, TaskSummary, UpdateTaskDraft},
};

/// `GET /communities/{slug}/tasks`
pub async fn list_tasks(community: &Slug, filter: &ListTasks) -> Result<Page<TaskSummary>, ApiError> {
    client::get(&format!("/communities/{community}/tasks{}", client::query(filter))).await
}

/// `GET /tasks/{id}`
pub async fn find_task(id: TaskId) -> Result<Versioned<TaskDetail>, ApiError> {
    client::get_versioned(&format!("/tasks/{id}")).await
}

/// `POST /issues/{id}/tasks` of a coordinator: a draft, whomever they act for.
pub async fn create_task(issue: IssueId, draft: &CreateTaskDraft) -> Result<(), ApiError> {
    client::post_as(&format!("/issues/{issue}/tasks"), draft, Acting::Oneself).await
}

/// `POST /issues/{id}/tasks` of the organisation acted for: it asks for what it proposes.
pub async fn propose_task(issue: IssueId, draft: &CreateTaskDraft) -> Result<(), ApiError> {
    client::post_quietly(&format!("/issues/{issue}/tasks"), draft).await
}

/// `PATCH /tasks/{id}`
pub async fn update_task(id: TaskId, etag: &str, draft: &UpdateTaskDraft) -> Result<Versioned<TaskDetail>, ApiError> {
    client::patch(&format!("/tasks/{id}"), etag, draft).await
}

/// `POST /tasks/{id}/done`
pub async fn done(id: TaskId, draft: &TaskDoneDraft) -> Result<(), ApiError> {
    client::post_quietly(&format!("/tasks/{id}/done"), draft).await
}

/// `POST /tasks/{id}/start`
pub fn start(id: TaskId) -> Step {
    Step::plain(format!("/tasks/{id}/start"))
}

/// `POST /tasks/{id}/verify`
pub fn verify(id: TaskId) -> Step {
    Step::plain(format!("/tasks/{id}/verify"))
}

/// `POST /tasks/{id}/return`
pub fn send_back(id: TaskId) -> Step {
    Step::with_reason(format!("/tasks/{id}/return"))
}

/// `POST /tasks/{id}/release`
pub fn release(id: TaskId) -> Step {
    Step::with_reason(format!("/tasks/{id}/release"))
}

/// `POST /tasks/{id}/recall`
pub fn recall(id: TaskId) -> Step {
    Step::with_reason(format!("/tasks/{id}/recall"))
}

/// `POST /tasks/{id}/cancel`
pub fn cancel(id: TaskId) -> Step {
    Step::with_reason(format!("/tasks/{id}/cancel"))
}

/// `GET /communities/{slug}/indicators`: those a task can serve.
pub async fn list_indicators_to_serve(community: &Slug) -> Result<Page<IndicatorLink>, ApiError> {
    client::get(&format!("/communities/{community}/indicators?limit=100")).await
}

/// `GET /organisations/{slug}/members`: those a task can be assigned to.
pub async fn list_members_to_assign(organisation: &Slug) -> Result<Page<Member>, ApiError> {
    client::get(&format!("/organisations/{organisation}/members?limit=100")).await
}
