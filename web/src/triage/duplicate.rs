use super::{desk::Desk, queue::Entry};
use crate::{
    api::{issues, triage as api},
    ui::{DialogState, Input, StateChip, TextField},
};
use leptos::prelude::*;
use shared::{
    ids::IssueId,
    issue::{IssueState, ListIssues},
    names::Slug,
    page::Limit,
};

/// An issue that may be the same.
#[derive(Debug, Clone)]
struct Found {
    id: IssueId,
    number: i64,
    title: String,
    state: IssueState,
}

/// The issue that stays is found by its number or by words; one press marks, and can be undone.
#[component]
pub(super) fn FindDuplicate(desk: Desk, entry: Entry, state: DialogState) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let id = entry.issue.id;
    let found = LocalResource::new(move || {
        let typed = words.get();
        async move { find(&desk.slug.get_value(), &typed, id).await }
    });
    let key = StoredValue::new(entry.key);
    let number = entry.issue.number;
    let mark = Action::new_local(move |of: &IssueId| {
        let of = *of;
        async move {
            match api::mark_duplicate(id, of).await {
                Ok(_) => {
                    let key = key.get_value();
                    state.hide();
                    desk.leave(|one| one.key == key);
                    desk.settled();
                    desk.offer(key, id, t!(TriageMarked, number = number)(), move || async move {
                        api::unmark_duplicate(id).await.map(drop)
                    });
                }
                Err(error) => desk.toasts.fail(&error),
            }
        }
    });
    view! {
        <p class="row-title">{entry.issue.title}</p>
        <TextField name="of" label=t!(TriageFind) hint=t!(TriageFindHint) value=words kind=Input::Search/>
        <div class="found" aria-live="polite">
            {move || {
                let found = found.get().unwrap_or_default();
                let nothing = found.is_empty() && words.with(|words| words.trim().chars().count() > 1);
                view! {
                    {nothing.then(|| view! { <p class="muted">{t!(TriageNotFound)}</p> })}
                    {found.into_iter().map(|one| view! {
                        <button type="button" class="found-row" on:click=move |_| { mark.dispatch(one.id); }>
                            <span>{t!(IssuesNumber, number = one.number)}" · "{one.title}</span>
                            <StateChip state=one.state/>
                        </button>
                    }).collect_view()}
                }
            }}
        </div>
    }
}

async fn find(slug: &Slug, typed: &str, but: IssueId) -> Vec<Found> {
    let typed = typed.trim();
    let number = typed.trim_start_matches(['№', '#']).trim();
    let found: Vec<Found> = if number.is_empty() {
        Vec::new()
    } else if let Ok(number) = number.parse() {
        let issue = issues::find_issue(slug, number).await.ok().map(|issue| issue.value);
        issue
            .into_iter()
            .map(|one| Found { id: one.id, number: one.number, title: one.title, state: one.state })
            .collect()
    } else {
        let asked =
            ListIssues { words: Some(typed.to_owned()), limit: Limit::try_from(8).ok(), ..ListIssues::default() };
        let page = issues::list_issues(slug, &asked).await;
        let items = page.map(|page| page.items).unwrap_or_default().into_iter();
        items.map(|one| Found { id: one.id, number: one.number, title: one.title, state: one.state }).collect()
    };
    found.into_iter().filter(|one| one.id != but && one.state != IssueState::Duplicate).collect()
}
