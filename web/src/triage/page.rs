use super::{
    desk::Desk,
    dialogs::{Asked, Dialogs},
    keys::{self, KeysDialog},
    queue::Queue,
    report::Report,
};
use crate::{
    session,
    settings::Gate,
    shell::PageTitle,
    ui::{Button, DialogState, Empty, Failed, Kind, Lines, Skeleton},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{names::Slug, permission::Permission};

/// What waits for moderators and coordinators: the queue, and beside it what is looked at.
#[component]
pub(super) fn TriagePage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").and_then(|slug| Slug::parse(&slug).ok())));
    let may = Signal::derive(move || {
        slug.with(|slug| slug.as_ref().is_some_and(|slug| session::may_in(slug, Permission::TriageIssue)))
    });
    view! {
        <PageTitle title=t!(TriageTitle)/>
        <div class="page triage-page">
            <Gate may whose=t!(TriageForModerators) heading=t!(TriageTitle)>
                {move || slug.get().map(|slug| view! { <Work slug/> })}
            </Gate>
        </div>
    }
}

#[component]
fn Work(slug: Slug) -> impl IntoView {
    let desk = Desk::new(slug);
    let asked = Asked::new();
    let help = DialogState::in_address("keys");
    keys::listen(desk, asked, help);
    let count = move || desk.entries.with(|entries| u64::try_from(entries.len()).unwrap_or_default());
    // What was there stays while the queue is read again.
    let arrived = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|before| *before) || matches!(desk.queue.get(), Some(Ok(_)))
    });
    let failed = Memo::new(move |_| desk.queue.get().and_then(Result::err).filter(|_| !arrived.get()));
    let empty = Memo::new(move |_| desk.entries.with(Vec::is_empty));
    let named = move || desk.shown.with(|shown| shown.at.is_some());
    view! {
        <div class="row between triage-head" class:open=named>
            <div>
                <h1>{t!(TriageTitle)}</h1>
                <p class="muted" aria-live="polite">{move || arrived.get().then(|| t!(TriageWaiting; count())())}</p>
            </div>
            <span class="wide-only">
                <Button kind=Kind::Quiet on_press=move || help.show()>{t!(TriageKeys)}" "<kbd>"?"</kbd></Button>
            </span>
        </div>
        {move || if let Some(error) = failed.get() {
            view! { <Failed error retry=move || desk.queue.refetch()/> }.into_any()
        } else if !arrived.get() {
            view! { <Skeleton lines=Lines::Rows/> }.into_any()
        } else if empty.get() {
            view! { <Empty icon="circle-check" title=t!(TriageNothing)><p>{t!(TriageNothingText)}</p></Empty> }.into_any()
        } else {
            view! {
                <div class="triage" class:open=named>
                    <Queue desk/>
                    <Report desk asked/>
                </div>
            }
            .into_any()
        }}
        <Dialogs desk asked/>
        <KeysDialog state=help/>
    }
}
