//! What the holder of a task arranges inside: who does it, and what blocks it.

use super::form::Buttons;
use crate::{
    api::{ApiError, Versioned, tasks as api},
    ui::{Dialog, DialogState, Form, FormFaults, SelectField, TextArea, Toasts, use_submit},
};
use leptos::prelude::*;
use shared::{
    draft::Patch,
    ids::TaskId,
    task::{TaskDetail, UpdateTaskDraft},
};

/// Names the member who does it.
#[component]
pub(super) fn AssignForm(state: DialogState, task: TaskDetail, etag: String, refetch: Callback<()>) -> impl IntoView {
    let (task, etag) = (StoredValue::new(task), StoredValue::new(etag));
    view! {
        <Dialog state title=t!(TasksAssignTitle)>
            {
                let TaskDetail { id, holder, assignee, .. } = task.get_value();
                let chosen = RwSignal::new(assignee.map(|one| one.account.to_string()).unwrap_or_default());
                let members = LocalResource::new(move || {
                    let holder = holder.clone();
                    async move {
                        match holder {
                            Some(holder) => api::list_members_to_assign(&holder.slug).await,
                            None => Err(ApiError::not_found()),
                        }
                    }
                });
                let options = Signal::derive(move || {
                    let known = members.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
                    known.into_iter().map(|one| (one.account.to_string(), one.name)).collect::<Vec<_>>()
                });
                let faults = FormFaults::new();
                let send = use_change(state, faults, id, etag, refetch);
                let submit = move || {
                    let assignee = chosen.get_untracked().parse().map_or(Patch::Null, Patch::Value);
                    send.send(UpdateTaskDraft { assignee, ..Default::default() });
                };
                view! {
                    <Form faults on_submit=submit>
                        <SelectField name="assignee" label=t!(TasksAssignee) value=chosen options nothing=t!(TasksNobody) optional=true/>
                        <Buttons state pending=send.pending()>{t!(UiSave)}</Buttons>
                    </Form>
                }
            }
        </Dialog>
    }
}

/// Says what blocks it.
#[component]
pub(super) fn BlockForm(state: DialogState, id: TaskId, etag: String, refetch: Callback<()>) -> impl IntoView {
    let etag = StoredValue::new(etag);
    view! {
        <Dialog state title=t!(TasksBlockTitle)>
            {
                let reason = RwSignal::new(String::new());
                let faults = FormFaults::new();
                let send = use_change(state, faults, id, etag, refetch);
                let submit =
                    move || send.send(UpdateTaskDraft { blocked: Patch::Value(reason.get_untracked()), ..Default::default() });
                view! {
                    <Form faults on_submit=submit>
                        <TextArea name="blocked" label=t!(TasksBlocked) hint=t!(TasksBlockHint) value=reason most=500/>
                        <Buttons state pending=send.pending()>{t!(IssueSend)}</Buttons>
                    </Form>
                }
            }
        </Dialog>
    }
}

/// Nothing blocks it any more.
pub(super) fn unblock(id: TaskId, etag: String, refetch: Callback<()>, toasts: Toasts) {
    leptos::task::spawn_local(async move {
        let draft = UpdateTaskDraft { blocked: Patch::Null, ..Default::default() };
        match api::update_task(id, &etag, &draft).await {
            Ok(_) => refetch.run(()),
            Err(error) => toasts.fail(&error),
        }
    });
}

fn use_change(
    state: DialogState,
    faults: FormFaults,
    id: TaskId,
    etag: StoredValue<String>,
    refetch: Callback<()>,
) -> crate::ui::Submit<UpdateTaskDraft> {
    use_submit(
        faults,
        move |draft: UpdateTaskDraft| async move { api::update_task(id, &etag.get_value(), &draft).await },
        move |_: Versioned<TaskDetail>| {
            state.hide();
            refetch.run(());
        },
    )
}
