use crate::{
    api::communities as api,
    prefs,
    ui::{Icon, Input, TextField, fresh_id},
};
use leptos::prelude::*;
use shared::{
    community::{CommunitySummary, ListCommunities},
    names::CommunityLink,
    page::Limit,
};

/// Several communities, found by the beginning of their names.
#[component]
pub(crate) fn CommunityPicker(#[prop(into)] label: TextProp, chosen: RwSignal<Vec<CommunityLink>>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let found = LocalResource::new(move || {
        let words = words.get();
        let words = (!words.trim().is_empty()).then(|| words.trim().to_owned());
        let asked = ListCommunities { words, limit: Limit::try_from(8).ok(), ..ListCommunities::default() };
        async move { api::list_communities(&asked).await.map(|page| page.items).unwrap_or_default() }
    });
    let others = move || {
        let known = chosen.get();
        let found: Vec<CommunitySummary> = found.get().unwrap_or_default();
        found.into_iter().filter(|one| known.iter().all(|other| other.id != one.id)).collect::<Vec<_>>()
    };
    let heading = fresh_id("areas");
    let named_by = heading.clone();
    view! {
        <div class="field" role="group" aria-labelledby=named_by>
            <span class="picker-label" id=heading>{move || label.get()}</span>
            <div class="filters">
                <For each=move || chosen.get() key=|one| one.id let(one)>
                    <Chosen one chosen/>
                </For>
            </div>
            <TextField name="areas" label=t!(OrganisationsFindCommunity) value=words kind=Input::Search optional=true/>
            <div class="filters">
                {move || others().into_iter().map(|one| {
                    let link = CommunityLink { id: one.id, slug: one.slug, name: one.name };
                    let name = link.name.get(prefs::lang()).to_owned();
                    let add = move |_| chosen.update(|chosen| chosen.push(link.clone()));
                    view! { <button type="button" class="pill" on:click=add><Icon name="plus" small=true/>{name}</button> }
                }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn Chosen(one: CommunityLink, chosen: RwSignal<Vec<CommunityLink>>) -> impl IntoView {
    let CommunityLink { id, name, .. } = one;
    let remove = move |_| chosen.update(|chosen| chosen.retain(|other| other.id != id));
    view! {
        <button type="button" class="pill on" on:click=remove>
            {move || name.get(prefs::lang()).to_owned()}
            <Icon name="x" small=true/>
            <span class="visually-hidden">{t!(OrganisationsRemoveCommunity)}</span>
        </button>
    }
}
