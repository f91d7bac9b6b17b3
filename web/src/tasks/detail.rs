use super::{Due, act::Actions, acting::ActingHint, offers::Offers};
use crate::{
    api::{ApiError, Versioned, tasks as api},
    commitments::{CommitTo, Commitments},
    files::Files,
    prefs,
    question::{Asks, use_questions},
    shell::PageTitle,
    stream::{self, Live, use_changes},
    ui::{Badge, Link, SectorChip, StateChip, Time, Tone, intl, load},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{
    ids::{OrganisationId, TaskId},
    offer::OfferState,
    task::{TaskAction, TaskDetail, TaskState, UNVERIFIED},
    words::Word,
};

/// One task: what is wanted, who has it, who was asked, what was put in, what was done.
#[component]
pub(super) fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("task").and_then(|task| task.parse::<TaskId>().ok())));
    let task = LocalResource::new(move || {
        let id = id.get();
        stream::read(async move {
            match id {
                Some(id) => api::find_task(id).await,
                None => Err(ApiError::not_found()),
            }
        })
    });
    let reread = Callback::new(move |()| task.refetch());
    let refetch = Callback::new(move |()| {
        stream::ask();
        task.refetch();
    });
    // Offers and contributions name their issue, the task is found by its own id.
    let issue = Memo::new(move |_| task.get().and_then(Result::ok).map(|task| task.value.issue.id.to_string()));
    let changes = use_changes(move |told| told.issue.is_some() && told.issue == issue.get_untracked());
    view! {
        <div class="page">
            <Live changes refetch=reread/>
            {load(task, move |task| view! { <Whole task refetch/> })}
        </div>
    }
}

#[component]
fn Whole(task: Versioned<TaskDetail>, refetch: Callback<()>) -> impl IntoView {
    let questions = use_questions(refetch);
    let whole = task.clone();
    let task = task.value;
    let community = task.issue.community.slug.clone();
    let board = format!("/c/{community}/tasks");
    let issue = format!("/c/{community}/issues/{}", task.issue.number);
    let may_commit = task.actions.contains(&TaskAction::Commit);
    // Where nothing is to be put in and nothing was, contributions say nothing.
    let commitments = (may_commit || !task.commitments.is_empty()).then(|| {
        let community = community.clone();
        view! { <Commitments commitments=task.commitments.clone() to=CommitTo::Task(task.id) community may_commit questions refetch/> }
    });
    let holder = task.holder.clone();
    let (concerns, unfinished) = (concerned(&task), task.state.is_unfinished());
    let (number, of) = (task.issue.number, task.issue.title.clone());
    let title = task.title.clone();
    let (state, due, overdue, is_blocked) = (task.state, task.due, task.overdue, task.blocked.is_some());
    let result = task.result.clone();
    view! {
        <PageTitle title=title.clone()/>
        <div class="head">
            <ol class="crumbs">
                <li><Link href=board>{t!(TasksTitle)}</Link></li>
                <li><Link href=issue>{t!(IssuesNumber, number = number)}" "{of}</Link></li>
            </ol>
            <h1>{title}</h1>
            <div class="meta">
                <StateChip state/>
                {match holder {
                    Some(holder) => view! { <SectorChip sector=holder.sector name=move || holder.name.get(prefs::lang()).to_owned()/> }.into_any(),
                    None => view! { <span>{t!(TasksNobodyYet)}</span> }.into_any(),
                }}
                {due.map(|day| view! { <Due day overdue/> })}
                {is_blocked.then(|| view! { <Badge tone=Tone::Danger>{t!(TasksBlocked)}</Badge> })}
            </div>
        </div>
        {unfinished.then(|| view! { <ActingHint concerns/> })}
        <Actions task=whole questions refetch/>
        <div class="with-aside">
            <div class="stack loose">
                <Notices task=task.clone()/>
                {(!result.is_empty()).then(|| view! {
                    <section class="stack tight"><h2>{t!(TasksResult)}</h2><p class="issue-text">{result}</p></section>
                })}
                <Offers offers=task.offers.clone() community questions/>
                {commitments}
            </div>
            <aside><Facts task/></aside>
        </div>
        <Asks questions/>
    }
}

/// The organisations that have a say in it now; nobody in particular where any may ask for it.
fn concerned(task: &TaskDetail) -> Vec<OrganisationId> {
    let asked = task.offers.iter().filter(|offer| offer.state == OfferState::Open).map(|offer| offer.organisation.id);
    task.holder.iter().map(|holder| holder.id).chain(asked).collect()
}

/// What the reader should know first: what blocks it, why it came back, what its holder says was done and who
/// checks that.
#[component]
fn Notices(task: TaskDetail) -> impl IntoView {
    let title = task.title;
    let blocked = task.blocked.map(|reason| {
        view! { <div class="note danger"><h2>{t!(TasksBlocked)}</h2><p>{reason}</p></div> }
    });
    // Once it is done again, what was amiss before is past.
    let is_done = matches!(task.state, TaskState::Done | TaskState::Verified);
    let reason = task.reason.filter(|_| !is_done).map(|reason| {
        view! { <div class="note notice"><h2>{t!(TasksCameBack)}</h2><p>{reason}</p></div> }
    });
    let waits = task.done.as_ref().filter(|_| task.state == TaskState::Done).map(|done| {
        let until = done.at + UNVERIFIED;
        view! { <div class="note"><p>{move || t!(TasksWaitsForCheck, day = intl::day(intl::last_day(until)))()}</p></div> }
    });
    let done = task.done.map(|done| {
        view! {
            <section class="stack tight">
                <h2>{t!(TasksWhatWasDone)}</h2>
                <p class="issue-text">{done.note}</p>
                <p class="meta">
                    <Time at=done.at/>
                    {task.verified_by.map(|by| view! { <span>{move || by.text(prefs::lang())}</span> })}
                    {task.verified_at.map(|at| view! { <Time at/> })}
                </p>
                <Files files=done.evidence title/>
            </section>
        }
    });
    (blocked, reason, waits, done)
}

#[component]
fn Facts(task: TaskDetail) -> impl IntoView {
    let community = task.issue.community.slug;
    view! {
        <dl class="pairs">
            <dt>{t!(TasksIssue)}</dt>
            <dd><Link href=format!("/c/{community}/issues/{}", task.issue.number)>{task.issue.title}</Link></dd>
            {task.sector.map(|sector| view! { <dt>{t!(TasksSectorWanted)}</dt><dd><SectorChip sector/></dd> })}
            {task.due.map(|day| view! { <dt>{t!(TasksDue)}</dt><dd><Due day overdue=task.overdue/></dd> })}
            {task.assignee.map(|one| view! { <dt>{t!(TasksAssignee)}</dt><dd>{one.name}</dd> })}
            {task.indicator.map(|one| view! {
                <dt>{t!(TasksIndicator)}</dt>
                <dd><Link href=format!("/c/{community}/indicators/{}", one.id)>{move || one.name.get(prefs::lang()).to_owned()}</Link></dd>
            })}
            <dt>{t!(TasksChangedAt)}</dt>
            <dd><Time at=task.changed_at/></dd>
        </dl>
    }
}
