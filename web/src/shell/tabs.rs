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
    let triages = {
        let slug = slug.clone();
        move || session::may_in(&slug, Permission::TriageIssue)
    };
    let manages = {
        let slug = slug.clone();
        move || session::may_in(&slug, Permission::ManageCommunity)
    };
    let (triage, settings) = (to("/triage"), to("/settings"));
    view! {
        <A href=to("") exact=true>{t!(ShellTabOverview)}</A>
        <A href=to("/issues")>{t!(ShellTabIssues)}</A>
        {move || triages().then(|| view! { <A href=triage.clone()>{t!(ShellTabTriage)}</A> })}
        <A href=to("/tasks")>{t!(ShellTabTasks)}</A>
        <A href=to("/indicators")>{t!(ShellTabIndicators)}</A>
        <A href=to("/organisations")>{t!(ShellTabOrganisations)}</A>
        {move || manages().then(|| view! { <A href=settings.clone()>{t!(ShellTabSettings)}</A> })}
    }
}
