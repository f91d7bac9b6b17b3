use super::verify::VerifyButton;
use crate::{
    prefs,
    ui::{Badge, Link, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    organisation::{Area, OrganisationDetail, Verification},
    routes::Page,
    words::Word,
};

/// Where it works, how each community regards it, and its tasks there.
#[component]
pub(super) fn Areas(organisation: OrganisationDetail) -> impl IntoView {
    let OrganisationDetail { id, slug, name, areas, .. } = organisation;
    let none = areas.is_empty();
    let rows = areas.into_iter().map(move |Area { community, verification }| {
        let regard = RwSignal::new(verification);
        let here = Page::Community { community: community.slug.clone() }.path();
        let tasks = format!("{}?organisation={slug}", Page::Tasks { community: community.slug.clone() }.path());
        let community_name = community.name;
        let button =
            |to| view! { <VerifyButton community=community.slug.clone() organisation=id name=name.clone() regard to/> };
        view! {
            <li class="stack tight">
                <div class="row between">
                    <A href=here attr:class="row-title">{move || community_name.get(prefs::lang()).to_owned()}</A>
                    {move || {
                        let regard = regard.get();
                        view! { <Badge tone=tone(regard)>{move || regard.text(prefs::lang())}</Badge> }
                    }}
                </div>
                <div class="row tight">
                    <Link href=tasks>{t!(OrganisationsTasksHere)}</Link>
                    {button(Verification::Verified)}
                    {button(Verification::Suspended)}
                    {button(Verification::Unverified)}
                </div>
            </li>
        }
    });
    view! {
        <section class="stack tight">
            <h2>{t!(OrganisationsAreas)}</h2>
            {none.then(|| view! { <p class="muted">{t!(OrganisationsNoAreas)}</p> })}
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

const fn tone(regard: Verification) -> Tone {
    match regard {
        Verification::Verified => Tone::Accent,
        Verification::Unverified => Tone::Notice,
        Verification::Suspended => Tone::Danger,
    }
}
