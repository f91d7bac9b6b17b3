use super::{Due, acting::ActingHint, address, form::CreateForm};
use crate::{
    prefs,
    ui::{Badge, Button, Column, DialogState, Link, SectorChip, StateChip, Table, Tone},
};
use leptos::prelude::*;
use shared::{
    issue::{IssueAction, IssueDetail, IssueState},
    task::TaskSummary,
    words::Word,
};

/// Who does what about an issue: its tasks with holder, state and term, and the ways to add one.
#[component]
pub(crate) fn Work(issue: IssueDetail, refetch: Callback<()>) -> impl IntoView {
    let adding = DialogState::in_address("add-task");
    let proposing = DialogState::in_address("propose-task");
    let may = |action| issue.actions.contains(&action);
    let (adds, proposes) = (may(IssueAction::AddTask), may(IssueAction::ProposeTask));
    // Work begins when the issue is accepted, and ends when it is solved.
    let open = matches!(issue.state, IssueState::Open | IssueState::InProgress);
    let (id, community) = (issue.id, issue.community.slug.clone());
    let tasks = issue.tasks;
    if tasks.is_empty() && !open {
        return None;
    }
    let empty = tasks.is_empty();
    let columns = {
        let community = community.clone();
        vec![
            Column::new(t!(TasksTask), move |task: &TaskSummary| {
                let (href, title, blocked) = (address(&community, task.id, None), task.title.clone(), task.blocked);
                view! {
                    <span class="row tight">
                        <Link href>{title}</Link>
                        {blocked.then(|| view! { <Badge tone=Tone::Danger>{t!(TasksBlocked)}</Badge> })}
                    </span>
                }
            }),
            Column::new(t!(TasksWho), |task: &TaskSummary| holder(task)),
            Column::new(t!(TasksState), |task: &TaskSummary| view! { <StateChip state=task.state/> }),
            Column::new(t!(TasksDue), |task: &TaskSummary| {
                let overdue = task.overdue;
                task.due.map(|day| view! { <Due day overdue/> })
            }),
        ]
    };
    Some(view! {
        <section class="stack" id="work">
            <div class="row between">
                <h2>{t!(IssueWork)}</h2>
                <div class="buttons">
                    {adds.then(|| view! { <Button icon="plus" on_press=move || adding.show()>{t!(TasksAdd)}</Button> })}
                    {proposes.then(|| view! { <Button icon="handshake" on_press=move || proposing.show()>{t!(TasksPropose)}</Button> })}
                </div>
            </div>
            {if empty {
                view! { <p class="muted">{t!(TasksNoneYet)}</p> }.into_any()
            } else {
                view! { <Table columns rows=tasks key=|task: &TaskSummary| task.id caption=t!(IssueWork)/> }.into_any()
            }}
            {(open && !proposes).then(|| view! { <ActingHint/> })}
            {adds.then(|| view! { <CreateForm state=adding issue=id community=community.clone() proposes=false refetch/> })}
            {proposes.then(|| view! { <CreateForm state=proposing issue=id community=community.clone() proposes=true refetch/> })}
        </section>
    })
}

/// Who has a task, else the sector that is wanted for it.
pub(super) fn holder(task: &TaskSummary) -> impl IntoView + use<> {
    let sector = task.sector;
    match task.holder.clone() {
        Some(holder) => {
            view! { <SectorChip sector=holder.sector name=move || holder.name.get(prefs::lang()).to_owned()/> }
                .into_any()
        }
        None => view! {
            <small>
                {t!(TasksNobodyYet)}
                {sector.map(|sector| view! { " · "{move || sector.text(prefs::lang())} })}
            </small>
        }
        .into_any(),
    }
}
