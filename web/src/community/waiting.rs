use crate::{
    prefs,
    ui::{Link, intl},
};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use shared::{
    dashboard::{LEAST_SUM, LONG_WAIT_DAYS, WaitingCategory, WaitingGroup},
    issue::{AffectedGroup, IssueSort, IssueState, ListIssues},
    names::Slug,
    page::Several,
    text::Key,
    words::Word,
};

/// What waits long, by category and by whom it concerns; each figure leads to the issues it counts.
#[component]
pub(super) fn Waiting(
    slug: Slug,
    day: NaiveDate,
    by_category: Vec<WaitingCategory>,
    by_group: Vec<WaitingGroup>,
) -> impl IntoView {
    let list = format!("/c/{slug}/issues");
    // Reported so long ago, and neither solved nor declined.
    let waiting = ListIssues {
        state: Several(vec![IssueState::Reported, IssueState::Open, IssueState::InProgress]),
        to: day.checked_sub_days(Days::new(LONG_WAIT_DAYS.unsigned_abs() + 1)),
        sort: Some(IssueSort::LongestWaiting),
        ..ListIssues::default()
    };
    let most = by_category.iter().map(|one| one.count).max().unwrap_or_default();
    let categories = by_category.into_iter().map(|WaitingCategory { category, count }| {
        let asked = ListIssues { category: Several(vec![category.slug]), ..waiting.clone() };
        let (href, name) = (crate::filter::address(&list, &asked), category.name);
        let share = if most == 0 { 0 } else { count * 100 / most };
        view! {
            <li class="bar-row">
                <Link href>{move || name.get(prefs::lang()).to_owned()}</Link>
                <span class="num">{move || intl::number(count)}</span>
                <svg class="bar-line" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=share.to_string() height="8"/>
                </svg>
            </li>
        }
    });
    // Where nothing waits, no group does; of the others those told only in sums stay, whatever their count.
    let by_group: Vec<WaitingGroup> =
        by_group.into_iter().filter(|one| most > 0 && one.count.is_none_or(|count| count > 0)).collect();
    let few = by_group.iter().any(|one| one.count.is_none());
    let groups = by_group.iter().map(|WaitingGroup { group, count }| {
        let asked = ListIssues { affected: Several(vec![*group]), ..waiting.clone() };
        group_row(*group, *count, crate::filter::address(&list, &asked))
    });
    let (no_categories, no_groups) = (most == 0, by_group.is_empty());
    view! {
        <section class="stack">
            <h2>{t!(DashboardWaitingTitle, days = LONG_WAIT_DAYS)}</h2>
            {no_categories.then(|| view! { <p class="muted">{t!(DashboardNoWaiting)}</p> })}
            {(!no_categories).then(|| view! { <h3>{t!(DashboardByCategory)}</h3><ul>{categories.collect_view()}</ul> })}
            {(!no_groups).then(|| view! { <h3>{t!(DashboardByGroup)}</h3><ul>{groups.collect_view()}</ul> })}
            {few.then(|| view! { <p class="small-text faint">{t!(DashboardFewerNote, least = LEAST_SUM)}</p> })}
        </section>
    }
}

/// Those told only in sums have no list for everybody, and so no link.
fn group_row(group: AffectedGroup, count: Option<i64>, href: String) -> impl IntoView {
    let name = move || group.text(prefs::lang());
    let figure = move || match count {
        Some(count) => intl::number(count),
        None => Key::DashboardFewer.with(prefs::lang(), &[("least", &LEAST_SUM.to_string())]),
    };
    let named = if group.only_in_sums() {
        view! { <span>{name}</span> }.into_any()
    } else {
        view! { <Link href>{name}</Link> }.into_any()
    };
    view! { <li class="bar-row">{named}<span class="num">{figure}</span></li> }
}
