use super::use_community_here;
use crate::{
    prefs, session,
    ui::{Icon, Menu, MenuLink},
};
use leptos::prelude::*;
use shared::names::{Names, Slug};

/// The community here, and the way to others.
#[component]
pub(super) fn CommunitySwitcher() -> impl IntoView {
    let here = use_community_here();
    let name = move || match here.name() {
        Some(name) => name.get(prefs::lang()).to_owned(),
        None => t!(ShellCommunities)().to_owned(),
    };
    let button = move || {
        view! {
            <span>{name}</span>
            <Icon name="chevron-down" small=true/>
        }
    };
    let known = move || {
        let mut known: Vec<(Slug, Names)> = Vec::new();
        let mine = session::account().into_iter().flat_map(|me| me.communities).map(|role| role.community);
        let last = here.last().map(|last| (last.slug, last.name));
        for (slug, name) in mine.map(|community| (community.slug, community.name)).chain(last) {
            if !known.iter().any(|(one, _)| *one == slug) {
                known.push((slug, name));
            }
        }
        known
    };
    let links = move || {
        known()
            .into_iter()
            .map(|(slug, name)| {
                view! { <MenuLink href=format!("/c/{slug}") icon="map-pin">{name.get(prefs::lang()).to_owned()}</MenuLink> }
            })
            .collect_view()
    };
    view! {
        <Menu button=button class="switcher">
            {links}
            <MenuLink href="/" icon="compass">{t!(ShellAllCommunities)}</MenuLink>
        </Menu>
    }
}
