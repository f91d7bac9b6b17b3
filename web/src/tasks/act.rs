//! What the reader may do with a task now; the server says which.

use super::{
    done::DoneForm,
    form::EditForm,
    inside::{AssignForm, BlockForm, unblock},
    offer::OfferForm,
    step,
};
use crate::{
    api::{Step, Versioned, tasks as api},
    prefs,
    question::{Questions, use_at_once},
    ui::{Button, DialogState, Icon, Kind, Menu, MenuButton, use_toasts},
};
use leptos::prelude::*;
use shared::{
    task::{TaskAction, TaskDetail},
    words::Word,
};

/// Those that move a task on stand in sight, the first of them as the one thing to do.
const IN_SIGHT: [TaskAction; 6] =
    [TaskAction::Start, TaskAction::Done, TaskAction::Verify, TaskAction::Return, TaskAction::Offer, TaskAction::Ask];

/// Buttons for what moves the task on, a menu for the rest, and the dialogs of both.
#[component]
pub(super) fn Actions(task: Versioned<TaskDetail>, questions: Questions, refetch: Callback<()>) -> impl IntoView {
    let Versioned { value: task, etag } = task;
    let toasts = use_toasts();
    let at_once: Action<Step, ()> = use_at_once(refetch);
    let dialogs: Vec<(&'static str, DialogState)> = ["edit", "offer", "ask", "assign", "done", "block"]
        .into_iter()
        .map(|name| (name, DialogState::in_address(name)))
        .collect();
    let dialog = move |name: &str| dialogs.iter().find(|(known, _)| *known == name).map(|(_, state)| *state);
    let states = StoredValue::new(dialog);
    let shown = StoredValue::new((task.clone(), etag.clone()));
    // What has a form opens it, what others will hear of asks first, the rest is done at once.
    let press = move |action: TaskAction| {
        let (task, etag) = shown.get_value();
        if let Some(state) = step::dialog_of(action).and_then(|name| states.with_value(|states| states(name))) {
            state.show();
        } else if let Some(question) = step::question(action, task.id, &task.title, task.holder.as_ref()) {
            questions.ask(question);
        } else if action == TaskAction::Start {
            at_once.dispatch(api::start(task.id));
        } else if action == TaskAction::Unblock {
            unblock(task.id, etag, refetch, toasts);
        }
    };
    let offered = |action: &TaskAction| task.actions.contains(action);
    let rest: Vec<TaskAction> = task
        .actions
        .iter()
        .copied()
        // Contributing has its button where the contributions stand.
        .filter(|action| !IN_SIGHT.contains(action) && *action != TaskAction::Commit)
        .collect();
    let in_sight: Vec<TaskAction> = IN_SIGHT.into_iter().filter(offered).collect();
    let button = |(at, action): (usize, TaskAction)| {
        let kind = if at == 0 { Kind::Primary } else { Kind::Plain };
        view! { <Button kind pending=at_once.pending() on_press=move || press(action)>{move || action.text(prefs::lang())}</Button> }
    };
    let item = move |action: TaskAction| {
        let danger = matches!(action, TaskAction::Release | TaskAction::Recall | TaskAction::Cancel);
        view! { <MenuButton danger on_press=move || press(action)>{move || action.text(prefs::lang())}</MenuButton> }
    };
    let form = |action: TaskAction, name: &'static str| {
        task.actions.contains(&action).then(|| states.with_value(|states| states(name))).flatten()
    };
    (!task.actions.is_empty()).then(|| view! {
        <section class="stack" aria-label=t!(IssueActions)>
            <div class="buttons">
                {in_sight.into_iter().enumerate().map(button).collect_view()}
                {(!rest.is_empty()).then(|| view! {
                    <Menu button=|| view! { {t!(TasksMore)}<Icon name="chevron-down" small=true/> } class="btn">
                        {rest.into_iter().map(item).collect_view()}
                    </Menu>
                })}
            </div>
            {form(TaskAction::Edit, "edit").map(|state| view! { <EditForm state task=task.clone() etag=etag.clone() refetch/> })}
            {form(TaskAction::Offer, "offer").map(|state| view! { <OfferForm state task=task.clone() refetch/> })}
            {form(TaskAction::Ask, "ask").map(|state| view! { <OfferForm state task=task.clone() ask=true refetch/> })}
            {form(TaskAction::Assign, "assign").map(|state| view! { <AssignForm state task=task.clone() etag=etag.clone() refetch/> })}
            {form(TaskAction::Done, "done").map(|state| view! { <DoneForm state id=task.id refetch/> })}
            {form(TaskAction::Block, "block").map(|state| view! { <BlockForm state id=task.id etag=etag.clone() refetch/> })}
        </section>
    })
}
