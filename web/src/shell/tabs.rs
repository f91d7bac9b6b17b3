use super::use_community_here;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::names::Slug;

/// The views of one community.
#[component]
pub(super) fn CommunityTabs() -> impl IntoView {
    let here = use_community_here();
    move || {
        here.slug().map(|slug| {
            view! {
                <nav class="tabs community-tabs" aria-label=t!(ShellCommunityNav)>
                    <CommunityLinks slug/>
                </nav>
            }
        })
    }
}

/// The same links, for the tabs and for the sheet of the bottom bar.
#[component]
pub(super) fn CommunityLinks(slug: Slug) -> impl IntoView {
    let to = |page: &str| format!("/c/{slug}{page}");
    view! {
        <A href=to("") exact=true>{t!(ShellTabOverview)}</A>
        <A href=to("/issues")>{t!(ShellTabIssues)}</A>
        <A href=to("/tasks")>{t!(ShellTabTasks)}</A>
        <A href=to("/indicators")>{t!(ShellTabIndicators)}</A>
    }
}
