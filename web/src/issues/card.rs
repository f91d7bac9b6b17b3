use crate::{
    prefs,
    ui::{Badge, SectorChip, StateChip, Time, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    issue::{IssueState, IssueSummary},
    names::Slug,
};

/// Issues under one another, each with what decides whether one opens it.
#[component]
pub(crate) fn IssueRows(
    community: Slug,
    #[prop(into)] issues: Signal<Vec<IssueSummary>>,
    /// They stand in the order of their changes: shown is when each changed, not when it was reported.
    #[prop(optional, into)]
    by_change: Signal<bool>,
) -> impl IntoView {
    view! {
        <ul class="rows issue-rows">
            <For each=move || issues.get() key=|issue| (issue.id, issue.changed_at) let(issue)>
                <li><IssueRow community=community.clone() issue by_change/></li>
            </For>
        </ul>
    }
}

#[component]
fn IssueRow(community: Slug, issue: IssueSummary, by_change: Signal<bool>) -> impl IntoView {
    let href = format!("/c/{community}/issues/{}", issue.number);
    let IssueSummary {
        title,
        state,
        category,
        place,
        sectors,
        supporters,
        private,
        hidden,
        reported_at,
        changed_at,
        ..
    } = issue;
    let place = place.address.or(place.description);
    let supporters = u64::try_from(supporters).unwrap_or_default();
    view! {
        <div class="issue-row">
            <A href=href attr:class="row-title">{title}</A>
            <StateChip state/>
            <div class="meta">
                <span>{move || category.name.get(prefs::lang()).to_owned()}</span>
                {place.map(|place| view! { <span>{place}</span> })}
                {move || if by_change.get() {
                    view! { <span>{t!(IssuesChanged)}" "<Time at=changed_at/></span> }.into_any()
                } else {
                    view! { <Time at=reported_at/> }.into_any()
                }}
                {(supporters > 0).then(|| view! { <span class="num">{t!(IssuesSupporters; supporters)}</span> })}
                {private.then(|| view! { <Badge tone=Tone::Notice>{t!(IssuesPrivate)}</Badge> })}
                {hidden.then(|| view! { <Badge tone=Tone::Danger>{t!(IssuesHidden)}</Badge> })}
            </div>
            {(state == IssueState::InProgress && !sectors.is_empty()).then(|| view! {
                <div class="row tight">
                    {sectors.into_iter().map(|sector| view! { <SectorChip sector/> }).collect_view()}
                </div>
            })}
        </div>
    }
}
