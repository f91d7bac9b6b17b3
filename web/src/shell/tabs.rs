use super::use_community_here;
use crate::session;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{names::Slug, permission::Permission};

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
    let (triage, settings) = (to("/triage"), to("/settings"));
    let may = |permission| {
        let slug = slug.clone();
        move || session::may_in(&slug, permission)
    };
    view! {
        <A href=to("") exact=true>{t!(ShellTabOverview)}</A>
        <A href=to("/issues")>{t!(ShellTabIssues)}</A>
        <A href=to("/tasks")>{t!(ShellTabTasks)}</A>
        <Show when=may(Permission::TriageIssue)>
            <A href=triage.clone()>{t!(ShellTabTriage)}</A>
        </Show>
        <A href=to("/organisations")>{t!(ShellTabOrganisations)}</A>
        <A href=to("/indicators")>{t!(ShellTabIndicators)}</A>
        <Show when=may(Permission::ManageCommunity)>
            <A href=settings.clone()>{t!(ShellTabSettings)}</A>
        </Show>
    }
}
