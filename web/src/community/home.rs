use crate::{
    api::communities as api,
    prefs,
    shell::PageTitle,
    ui::{Empty, intl, load_pages},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    community::{CommunitySummary, ListCommunities},
    words::Word,
};

/// What this is, and the communities that work here.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let first = LocalResource::new(|| async { api::list_communities(&ListCommunities::default()).await });
    let more = |cursor| async move {
        api::list_communities(&ListCommunities { after: Some(cursor), ..Default::default() }).await
    };
    view! {
        <PageTitle title=t!(HomeTitle)/>
        <div class="page">
            <div class="lead">
                <div>
                    <h1>{t!(HomeHeading)}</h1>
                    <p class="lede">{t!(HomeLede)}</p>
                </div>
            </div>
            <section class="stack">
                <h2>{t!(HomeCommunities)}</h2>
                {load_pages(first, more, |communities| view! {
                    <Show when=move || communities.with(Vec::is_empty)>
                        <Empty icon="map-pin" title=t!(HomeNoneTitle)><p>{t!(HomeNoneText)}</p></Empty>
                    </Show>
                    <ul class="tiles">
                        <For each=move || communities.get() key=|community| community.id let(community)>
                            <li><CommunityTile community/></li>
                        </For>
                    </ul>
                })}
            </section>
        </div>
    }
}

#[component]
fn CommunityTile(community: CommunitySummary) -> impl IntoView {
    let CommunitySummary { slug, name, kind, region, population, issues_open, issues_solved, .. } = community;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    view! {
        <div class="tile">
            <A href=format!("/c/{slug}") attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
            <p class="meta">
                <span>{move || kind.text(prefs::lang())}</span>
                {region.map(|region| view! { <span>{region.name}</span> })}
                {population.map(|people| view! { <span class="num">{t!(HomePopulation, n = intl::number(people))}</span> })}
            </p>
            <p class="meta num">
                <span>{t!(HomeOpen; count(issues_open))}</span>
                <span>{t!(HomeSolved; count(issues_solved))}</span>
            </p>
        </div>
    }
}
