use crate::{
    api::issues as api,
    prefs,
    ui::{SectorChip, Time, load},
};
use leptos::prelude::*;
use shared::{change::EventKind, ids::IssueId, issue::HistoryEntry, names::Who, words::Word};

/// Everything that happened to an issue, newest first.
#[component]
pub(super) fn History(id: IssueId) -> impl IntoView {
    let history = LocalResource::new(move || async move { api::list_history(id).await });
    view! {
        <section class="stack">
            <h2>{t!(IssueHistory)}</h2>
            {load(history, |page| {
                let entries = page.items.into_iter().rev().map(|entry| view! { <Entry entry/> }).collect_view();
                view! { <ol class="story">{entries}</ol> }
            })}
        </section>
    }
}

#[component]
fn Entry(entry: HistoryEntry) -> impl IntoView {
    let told = entry.clone();
    // Whoever did it stands below: once is enough.
    let concerned = entry.organisation.clone().filter(|_| !entry.is_own());
    let HistoryEntry { at, who, what, state, task, words, .. } = entry;
    view! {
        <li class=state.unwrap_or_default()>
            <div>
                <p>
                    <strong>{move || told.text(prefs::lang())}</strong>
                    {task.map(|task| view! { " «"{task.title}"»" })}
                    {concerned.map(|organisation| {
                        let name = organisation.name.clone();
                        view! { " "<SectorChip sector=organisation.sector name=move || name.get(prefs::lang()).to_owned()/> }
                    })}
                </p>
                {(what == EventKind::OfferSuperseded).then(|| view! { <p>{t!(IssueStoryClosedWhy)}</p> })}
                <p class="meta"><WhoName who/><Time at/></p>
                {words.map(|words| view! { <p class="say">{words}</p> })}
            </div>
        </li>
    }
}

/// Who did something, as anybody may know it.
#[component]
pub(crate) fn WhoName(who: Who) -> impl IntoView {
    match who {
        Who::Organisation { organisation } => {
            let name = organisation.name.clone();
            view! { <SectorChip sector=organisation.sector name=move || name.get(prefs::lang()).to_owned()/> }
                .into_any()
        }
        Who::Role { role } => view! { <span>{move || role.text(prefs::lang())}</span> }.into_any(),
        Who::Resident { name: Some(name) } => view! { <span>{name}</span> }.into_any(),
        Who::Resident { name: None } => view! { <span>{t!(IssueResident)}</span> }.into_any(),
    }
}
