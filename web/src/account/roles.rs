use crate::{
    prefs,
    ui::{ButtonLink, Kind, SectorChip},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{account::Me, routes::Page, words::Word};

/// One's organisations, and one's roles in communities.
#[component]
pub(super) fn Roles(me: Me) -> impl IntoView {
    let none = me.organisations.is_empty() && me.communities.is_empty();
    let organisations = me.organisations.into_iter().map(|held| {
        let href = Page::Organisation { organisation: held.organisation.slug }.path();
        let (name, sector) = (held.organisation.name, held.organisation.sector);
        view! {
            <li class="row between">
                <A href=href attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <span class="meta"><SectorChip sector/><span>{move || held.role.text(prefs::lang())}</span></span>
            </li>
        }
    });
    let communities = me.communities.into_iter().map(|held| {
        let href = Page::Community { community: held.community.slug }.path();
        let name = held.community.name;
        view! {
            <li class="row between">
                <A href=href attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <span class="meta">{move || held.role.text(prefs::lang())}</span>
            </li>
        }
    });
    view! {
        <section class="stack rule">
            <h2>{t!(AccountRoles)}</h2>
            {none.then(|| view! { <p class="muted">{t!(AccountRolesNone)}</p> })}
            <ul class="rows">{organisations.collect_view()}{communities.collect_view()}</ul>
            <div class="buttons">
                <ButtonLink href=Page::RegisterOrganisation.path() kind=Kind::Plain icon="building-2">{t!(AccountRegister)}</ButtonLink>
            </div>
        </section>
    }
}
