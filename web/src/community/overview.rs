use crate::{
    api::{ApiError, communities as api, issues},
    issues::IssueRows,
    prefs,
    shell::PageTitle,
    ui::{ButtonLink, Kind, Link, load},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::{
    community::CommunityDetail,
    issue::{CountBy, IssuePage, IssueSort, IssueState, ListIssues},
    names::Slug,
    page::{Limit, Several},
    words::Word,
};

/// How many issues the front page shows.
const SHOWN: u8 = 8;

/// The front page of a community: how its issues stand, and what changed last.
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
    let slug = community.slug;
    let name = community.name;
    let units: Vec<String> = community.units.into_iter().map(|unit| unit.name).collect();
    let title = {
        let name = name.clone();
        move || name.get(prefs::lang()).to_owned()
    };
    let latest = {
        let slug = slug.clone();
        LocalResource::new(move || {
            let slug = slug.clone();
            async move {
                let asked = ListIssues {
                    sort: Some(IssueSort::RecentlyChanged),
                    counts: Several(vec![CountBy::State]),
                    limit: Limit::try_from(SHOWN).ok(),
                    ..Default::default()
                };
                issues::list_issues(&slug, &asked).await
            }
        })
    };
    let report = format!("/c/{slug}/report");
    view! {
        <PageTitle title=title.clone()/>
        <div class="lead">
            <div>
                <h1>{title}</h1>
                {(units.len() > 1).then(|| view! { <p class="muted">{units.join(" · ")}</p> })}
            </div>
            <ButtonLink href=report kind=Kind::Primary icon="plus">{t!(IssuesReport)}</ButtonLink>
        </div>
        {load(latest, move |page| view! { <Latest slug=slug.clone() page/> })}
    }
}

#[component]
fn Latest(slug: Slug, page: IssuePage) -> impl IntoView {
    let counts = page.counts.unwrap_or_default();
    let list = format!("/c/{slug}/issues");
    let figure = |state: IssueState| {
        let href = format!("{list}?state={state}");
        view! {
            <div class="figure">
                <span class="small-text muted">{move || state.text(prefs::lang())}</span>
                <strong><Link href>{counts.of(state)}</Link></strong>
            </div>
        }
    };
    let figures = [IssueState::Reported, IssueState::Open, IssueState::InProgress, IssueState::Confirmed].map(figure);
    view! {
        <section class="figures" aria-label=t!(CommunityFigures)>{figures.into_iter().collect_view()}</section>
        <section class="stack">
            <h2>{t!(CommunityLatest)}</h2>
            {if page.items.is_empty() {
                view! { <p class="muted">{t!(IssuesNoneText)}</p> }.into_any()
            } else {
                view! { <IssueRows community=slug issues=page.items/> }.into_any()
            }}
            <p><Link href=list>{t!(CommunityAllIssues)}</Link></p>
        </section>
    }
}
