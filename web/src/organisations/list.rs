use super::{use_slug, verify::VerifyButton};
use crate::{
    api::organisations as api,
    filter::{Filter, use_filter},
    prefs, session,
    shell::PageTitle,
    ui::{Badge, Button, ButtonLink, Empty, Kind, SectorChip, TextField, Tone, load_pages},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    names::Slug,
    organisation::{ListOrganisations, OrganisationSummary, Sector, Verification},
    page::{Limit, Several},
    permission::Permission,
    routes::Page,
    words::Word,
};

/// The organisations of a community, by sector.
#[component]
pub(super) fn OrganisationsPage() -> impl IntoView {
    let slug = use_slug("slug");
    view! {
        <PageTitle title=t!(OrganisationsTitle)/>
        <div class="page">
            <div class="lead">
                <div>
                    <h1>{t!(OrganisationsTitle)}</h1>
                    <p class="lede">{t!(OrganisationsLede)}</p>
                </div>
                {move || slug.get().map(|slug| view! {
                    <ButtonLink href=register(&slug) icon="plus">{t!(OrganisationsRegister)}</ButtonLink>
                })}
            </div>
            {move || slug.get().map(|slug| view! { <Organisations slug/> })}
        </div>
    }
}

/// Registering from here serves this community to begin with.
fn register(community: &Slug) -> String {
    format!("{}?community={community}", Page::RegisterOrganisation.path())
}

#[component]
fn Organisations(slug: Slug) -> impl IntoView {
    let filter = use_filter::<ListOrganisations>();
    let slug = StoredValue::new(slug);
    let page = move |after| {
        let limit = Limit::try_from(Limit::MOST).ok();
        let asked = ListOrganisations { limit, after, ..filter.get_untracked() };
        async move { api::list_organisations(&slug.get_value(), &asked).await }
    };
    let first = LocalResource::new(move || {
        filter.with(|_| ());
        page(None)
    });
    view! {
        <Search filter/>
        <Choices filter slug=slug.get_value()/>
        {load_pages(first, move |cursor| page(Some(cursor)), move |organisations| view! {
            <Show when=move || organisations.with(Vec::is_empty)><Nothing filter slug=slug.get_value()/></Show>
            <BySector slug=slug.get_value() organisations/>
        })}
    }
}

#[component]
fn Search(filter: Filter<ListOrganisations>) -> impl IntoView {
    let words = RwSignal::new(filter.get_untracked().words.unwrap_or_default());
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = words.get_untracked().trim().to_owned();
        filter.change(|filter| filter.words = (!typed.is_empty()).then_some(typed));
    };
    view! {
        <form class="filter-bar" role="search" on:submit=search>
            <TextField name="words" label=t!(OrganisationsWords) value=words/>
            <div class="buttons"><Button submit=true icon="search">{t!(OrganisationsSearch)}</Button></div>
        </form>
    }
}

/// Sectors, and for coordinators how the community regards them.
#[component]
fn Choices(filter: Filter<ListOrganisations>, slug: Slug) -> impl IntoView {
    let sector = move |sector: Sector| {
        let chosen = move || filter.with(|filter| filter.sector.0.contains(&sector));
        let press = move |_| filter.change(|filter| toggle(&mut filter.sector, sector));
        view! {
            <button type="button" class="pill" aria-pressed=move || chosen().to_string() on:click=press>
                <span class=format!("sector {}", sector.word())>{move || sector.text(prefs::lang())}</span>
            </button>
        }
    };
    let regard = move |regard: Verification| {
        let chosen = move || filter.with(|filter| filter.verification.0.contains(&regard));
        let press = move |_| filter.change(|filter| toggle(&mut filter.verification, regard));
        view! {
            <button type="button" class="pill" aria-pressed=move || chosen().to_string() on:click=press>
                {move || regard.text(prefs::lang())}
            </button>
        }
    };
    view! {
        <div class="filters" role="group" aria-label=t!(OrganisationsSectors)>
            {Sector::ALL.iter().copied().map(sector).collect_view()}
        </div>
        {move || session::may_in(&slug, Permission::ManageCommunity).then(|| view! {
            <div class="filters" role="group" aria-label=t!(OrganisationsRegard)>
                {Verification::ALL.iter().copied().map(regard).collect_view()}
            </div>
        })}
    }
}

fn toggle<T: PartialEq>(several: &mut Several<T>, one: T) {
    if several.0.contains(&one) {
        several.0.retain(|other| *other != one);
    } else {
        several.0.push(one);
    }
}

/// A heading for each sector, with the verified first.
#[component]
fn BySector(slug: Slug, organisations: Signal<Vec<OrganisationSummary>>) -> impl IntoView {
    move || {
        let mut all = organisations.get();
        all.sort_by_key(|one| one.verification != Some(Verification::Verified));
        let slug = slug.clone();
        let groups = Sector::ALL.iter().copied().filter_map(move |sector| {
            let those: Vec<_> = all.iter().filter(|one| one.sector == sector).cloned().collect();
            let slug = slug.clone();
            (!those.is_empty()).then(move || {
                let rows = those.into_iter().map(|one| view! { <li><Row slug=slug.clone() one/></li> }).collect_view();
                view! {
                    <section class="stack tight">
                        <h2 class="sector-heading"><SectorChip sector/></h2>
                        <ul class="rows">{rows}</ul>
                    </section>
                }
            })
        });
        groups.collect_view()
    }
}

#[component]
fn Row(slug: Slug, one: OrganisationSummary) -> impl IntoView {
    let OrganisationSummary { id, slug: own, name, verification, tasks_active, tasks_done, .. } = one;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let href = Page::Organisation { organisation: own }.path();
    let verification = verification.unwrap_or(Verification::Unverified);
    let regard = RwSignal::new(verification);
    let badge = move || match regard.get() {
        Verification::Verified => None,
        Verification::Unverified => Some(view! { <Badge tone=Tone::Notice>{t!(OrganisationsUnverified)}</Badge> }),
        Verification::Suspended => Some(view! { <Badge tone=Tone::Danger>{t!(OrganisationsSuspended)}</Badge> }),
    };
    let named = name.clone();
    let waits = verification == Verification::Unverified;
    view! {
        <div class="row between">
            <div class="stack tight">
                <A href=href attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <p class="meta">
                    {badge}
                    {(tasks_active > 0).then(|| view! { <span class="num">{t!(OrganisationsTasksActive; count(tasks_active))}</span> })}
                    {(tasks_done > 0).then(|| view! { <span class="num">{t!(OrganisationsTasksDone; count(tasks_done))}</span> })}
                </p>
            </div>
            {waits.then(|| view! { <VerifyButton community=slug organisation=id name=named regard to=Verification::Verified/> })}
        </div>
    }
}

/// Nobody fits: of none at all the page says what it is for, of a narrow filter how to widen it.
#[component]
fn Nothing(filter: Filter<ListOrganisations>, slug: Slug) -> impl IntoView {
    if filter.get_untracked() == ListOrganisations::default() {
        view! {
            <Empty icon="building-2" title=t!(OrganisationsNoneTitle)>
                <p>{t!(OrganisationsNoneText)}</p>
                <ButtonLink href=register(&slug) kind=Kind::Primary>{t!(OrganisationsRegister)}</ButtonLink>
            </Empty>
        }
        .into_any()
    } else {
        let all = Signal::derive(move || filter.href(|filter| *filter = ListOrganisations::default()));
        view! {
            <Empty icon="list-filter" title=t!(OrganisationsNoMatch)>
                <ButtonLink href=all>{t!(OrganisationsShowAll)}</ButtonLink>
            </Empty>
        }
        .into_any()
    }
}
