use super::dashboard::Figures;
use crate::{
    api::{ApiError, communities as api, dashboard, issues},
    issues::IssueRows,
    prefs,
    shell::PageTitle,
    ui::{ButtonLink, Kind, Lines, Link, Skeleton, intl, load},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{
    community::CommunityDetail,
    dashboard::Dashboard,
    issue::{IssueSort, IssueSummary, ListIssues},
    names::Slug,
    page::Limit,
    words::Word,
};

/// How many issues the front page shows.
const SHOWN: u8 = 6;

/// The front page of a community: what goes on, in words and figures, and what changed last.
#[component]
pub(super) fn CommunityPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").and_then(|slug| Slug::parse(&slug).ok())));
    let community = LocalResource::new(move || {
        let slug = slug.get();
        async move {
            match slug {
                Some(slug) => api::find_community(slug.as_str()).await,
                None => Err(ApiError::not_found()),
            }
        }
    });
    view! { <div class="page">{load(community, |community| view! { <Overview community/> })}</div> }
}

#[component]
fn Overview(community: CommunityDetail) -> impl IntoView {
    let slug = community.slug.clone();
    let figures = {
        let slug = slug.clone();
        LocalResource::new(move || {
            let slug = slug.clone();
            async move { dashboard::find_dashboard(&slug).await }
        })
    };
    let latest = {
        let slug = slug.clone();
        LocalResource::new(move || {
            let slug = slug.clone();
            async move {
                let asked = ListIssues {
                    sort: Some(IssueSort::RecentlyChanged),
                    limit: Limit::try_from(SHOWN).ok(),
                    ..Default::default()
                };
                issues::list_issues(&slug, &asked).await.map(|page| page.items)
            }
        })
    };
    view! {
        <Header community figures/>
        {move || match figures.get() {
            None => view! { <Skeleton lines=Lines::Figures n=3/> }.into_any(),
            Some(Err(error)) => view! { <crate::ui::Failed error retry=move || figures.refetch()/> }.into_any(),
            Some(Ok(dashboard)) => view! { <Figures slug=slug.clone() dashboard latest/> }.into_any(),
        }}
    }
}

/// What the community is, and what goes on in one sentence.
#[component]
fn Header(community: CommunityDetail, figures: LocalResource<Result<Dashboard, ApiError>>) -> impl IntoView {
    let CommunityDetail { slug, name, kind, population, units, .. } = community;
    let title = move || name.get(prefs::lang()).to_owned();
    // The last unit is the community itself, whose name is above.
    let above: Vec<_> = units.into_iter().rev().skip(1).collect();
    let people = population.map(|people| {
        view! { <span class="num">{t!(HomePopulation; u64::try_from(people).unwrap_or_default(), people = intl::number(people))}</span> }
    });
    let sentence = move || figures.get().and_then(Result::ok).map(|dashboard| super::figures::sentence(&dashboard));
    view! {
        <PageTitle title=title.clone()/>
        <div class="lead">
            <div>
                <h1>{title}</h1>
                <p class="meta">
                    <span>{move || kind.text(prefs::lang())}</span>
                    {above.into_iter().map(|unit| view! { <span>{move || unit.full_name(prefs::lang())}</span> }).collect_view()}
                    {people}
                </p>
                <p class="lede" aria-live="polite">{sentence}</p>
            </div>
            <ButtonLink href=format!("/c/{slug}/report") kind=Kind::Primary icon="plus">{t!(IssuesReport)}</ButtonLink>
        </div>
    }
}

/// What changed last.
#[component]
pub(super) fn Latest(slug: Slug, from: LocalResource<Result<Vec<IssueSummary>, ApiError>>) -> impl IntoView {
    let list = format!("/c/{slug}/issues");
    view! {
        <section class="stack">
            <h2>{t!(CommunityLatest)}</h2>
            {load(from, move |issues| if issues.is_empty() {
                view! { <p class="muted">{t!(IssuesNoneText)}</p> }.into_any()
            } else {
                view! { <IssueRows community=slug.clone() issues by_change=true/> }.into_any()
            })}
            <p><Link href=list>{t!(CommunityAllIssues)}</Link></p>
        </section>
    }
}
