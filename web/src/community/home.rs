use crate::{
    api::communities as api,
    filter::{Filter, use_filter},
    prefs,
    shell::PageTitle,
    ui::{Button, ButtonLink, Empty, SelectField, TextField, intl, load_pages},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    community::{CommunitySort, CommunitySummary, ListCommunities},
    words::Word,
};

/// So many communities are seen at a glance; of more, one looks for one's own.
const FEW: usize = 6;

/// What this is, and the communities that work here with what is going on in them.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let filter = use_filter::<ListCommunities>();
    let first = LocalResource::new(move || {
        let asked = ListCommunities {
            sort: filter.with(|filter| filter.sort.or(Some(CommunitySort::MostActive))),
            ..filter.get()
        };
        async move { api::list_communities(&asked).await }
    });
    let more = move |cursor| {
        let asked = ListCommunities {
            after: Some(cursor),
            sort: filter.with_untracked(|filter| filter.sort.or(Some(CommunitySort::MostActive))),
            ..filter.get_untracked()
        };
        async move { api::list_communities(&asked).await }
    };
    let many = move || {
        filter.with(|filter| filter.words.is_some() || filter.sort.is_some())
            || first.get().and_then(Result::ok).is_some_and(|page| page.items.len() > FEW)
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
                <Show when=many>
                    <Search filter/>
                </Show>
                {load_pages(first, more, move |communities| view! {
                    <Show when=move || communities.with(Vec::is_empty)>
                        <Nothing filter/>
                    </Show>
                    <ul class="rows">
                        <For each=move || communities.get() key=|community| community.id let(community)>
                            <li><CommunityRow community/></li>
                        </For>
                    </ul>
                })}
            </section>
        </div>
    }
}

/// The name and the order, in the address.
#[component]
fn Search(filter: Filter<ListCommunities>) -> impl IntoView {
    let words = RwSignal::new(filter.with_untracked(|filter| filter.words.clone().unwrap_or_default()));
    let sort = RwSignal::new(
        filter.with_untracked(|filter| filter.sort.unwrap_or(CommunitySort::MostActive).as_str().to_owned()),
    );
    let sorts = Signal::derive(move || {
        let lang = prefs::lang();
        let all = [CommunitySort::MostActive, CommunitySort::Name];
        all.map(|sort| (sort.as_str().to_owned(), sort.text(lang).to_owned())).to_vec()
    });
    Effect::new(move |before: Option<String>| {
        let now = sort.get();
        if before.is_some_and(|before| before != now) {
            filter.change(|filter| filter.sort = now.parse().ok().filter(|sort| *sort != CommunitySort::MostActive));
        }
        now
    });
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = words.get_untracked().trim().to_owned();
        filter.change(|filter| filter.words = (!typed.is_empty()).then_some(typed));
    };
    view! {
        <form class="filter-bar" role="search" on:submit=search>
            <TextField name="words" label=t!(HomeWords) value=words/>
            <SelectField name="sort" label=t!(HomeSort) value=sort options=sorts/>
            <Button submit=true icon="search">{t!(HomeSearch)}</Button>
        </form>
    }
}

#[component]
fn CommunityRow(community: CommunitySummary) -> impl IntoView {
    let CommunitySummary { slug, name, kind, region, population, issues_open, issues_solved, .. } = community;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    view! {
        <div class="community-row">
            <div class="stack tight">
                <A href=format!("/c/{slug}") attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <p class="meta">
                    <span>{move || kind.text(prefs::lang())}</span>
                    {region.map(|region| view! { <span>{move || region.full_name(prefs::lang())}</span> })}
                    {population.map(|people| view! {
                        <span class="num">{t!(HomePopulation; count(people), people = intl::number(people))}</span>
                    })}
                </p>
            </div>
            <p class="community-counts num">
                <A href=format!("/c/{slug}/issues?state=open,in_progress")>{t!(HomeOpen; count(issues_open))}</A>
                <span>{t!(HomeSolved; count(issues_solved))}</span>
            </p>
        </div>
    }
}

/// No community fits: there is none yet, or none of that name.
#[component]
fn Nothing(filter: Filter<ListCommunities>) -> impl IntoView {
    move || {
        if filter.with(|filter| filter.words.is_none()) {
            view! { <Empty icon="map-pin" title=t!(HomeNoneTitle)><p>{t!(HomeNoneText)}</p></Empty> }.into_any()
        } else {
            view! {
                <Empty icon="search" title=t!(HomeNoMatchTitle)>
                    <ButtonLink href=filter.href(|filter| filter.words = None)>{t!(HomeShowAll)}</ButtonLink>
                </Empty>
            }
            .into_any()
        }
    }
}
