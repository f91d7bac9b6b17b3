use super::{GoalTile, Progress, create::CreateIndicator, shown::Latest};
use crate::{
    api::indicators as api,
    filter::{Filter, use_filter},
    issues::use_community_slug,
    prefs, session,
    shell::PageTitle,
    ui::{Badge, Button, ButtonLink, DialogState, Empty, Icon, Kind, chart::Sparkline, load_pages},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    goal::Goal,
    indicator::{IndicatorKind, IndicatorSummary, ListIndicators},
    names::Slug,
    permission::Permission,
    words::Word,
};

/// What a community measures.
#[component]
pub(super) fn IndicatorsPage() -> impl IntoView {
    let slug = use_community_slug();
    view! {
        <PageTitle title=t!(IndicatorsTitle)/>
        <div class="page">{move || slug.get().map(|slug| view! { <Indicators slug/> })}</div>
    }
}

#[component]
fn Indicators(slug: Slug) -> impl IntoView {
    let filter = use_filter::<ListIndicators>();
    let adding = DialogState::in_address("create");
    let may_add = {
        let slug = slug.clone();
        Signal::derive(move || session::may_in(&slug, Permission::ManageCommunity))
    };
    let page = {
        let slug = slug.clone();
        move |asked: ListIndicators| {
            let slug = slug.clone();
            async move { api::list_indicators(&slug, &asked).await }
        }
    };
    let first = {
        let page = page.clone();
        LocalResource::new(move || page(filter.get()))
    };
    let more = move |cursor| page(ListIndicators { after: Some(cursor), ..filter.get_untracked() });
    let here = StoredValue::new(slug);
    let rows = move |indicators: Signal<Vec<IndicatorSummary>>| {
        view! {
            <Show when=move || indicators.with(Vec::is_empty)>
                <Nothing filter may_add add=adding/>
            </Show>
            <ul class="rows">
                <For each=move || indicators.get() key=|one| (one.id, one.latest.map(|latest| latest.day)) let(indicator)>
                    <li><IndicatorRow slug=here.get_value() indicator/></li>
                </For>
            </ul>
        }
    };
    view! {
        <div class="lead">
            <div>
                <h1>{t!(IndicatorsTitle)}</h1>
                <p class="lede">{t!(IndicatorsLede)}</p>
            </div>
            {move || may_add.get().then(|| view! {
                <Button kind=Kind::Primary icon="plus" on_press=move || adding.show()>{t!(IndicatorsAdd)}</Button>
            })}
        </div>
        <Chosen filter/>
        {load_pages(first, more, rows)}
        {move || may_add.get().then(|| view! { <CreateIndicator slug=here.get_value() state=adding/> })}
    }
}

/// Chips that choose what is listed.
#[component]
fn Chosen(filter: Filter<ListIndicators>) -> impl IntoView {
    let kind = move |kind: IndicatorKind| {
        let chosen = move || filter.with(|filter| filter.kind.0.contains(&kind));
        let press = move |_| {
            filter.change(|filter| {
                let kinds = &mut filter.kind.0;
                if kinds.contains(&kind) {
                    kinds.retain(|one| *one != kind);
                } else {
                    kinds.push(kind);
                }
            });
        };
        view! {
            <button type="button" class="filter-chip" aria-pressed=move || chosen().to_string() on:click=press>
                {move || kind.text(prefs::lang())}
            </button>
        }
    };
    let goal = move || {
        let goal = filter.with(|filter| filter.goal.as_deref().and_then(|code| code.parse::<Goal>().ok()))?;
        let words = t!(IndicatorsGoalOnly, goal = goal.name(prefs::lang()));
        Some(view! {
            <button type="button" class="filter-chip" aria-pressed="true" on:click=move |_| filter.change(|filter| filter.goal = None)>
                {words}" "<Icon name="x" small=true/>
            </button>
        })
    };
    view! {
        <div class="row tight" role="group" aria-label=t!(IndicatorsKinds)>
            {IndicatorKind::ALL.iter().copied().map(kind).collect_view()}
            {goal}
        </div>
    }
}

#[component]
fn IndicatorRow(slug: Slug, indicator: IndicatorSummary) -> impl IntoView {
    let href = format!("/c/{slug}/indicators/{}", indicator.id);
    let IndicatorSummary { name, unit, kind, goal, baseline, target, distance, retired, recent, .. } =
        indicator.clone();
    view! {
        <div class="indicator-row">
            {goal.and_then(|goal| goal.goal()).map(|goal| view! { <GoalTile goal/> })}
            <div class="stack tight">
                <A href attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <p class="meta">
                    <span>{move || kind.text(prefs::lang())}</span>
                    {retired.then(|| view! { <Badge>{t!(IndicatorsRetired)}</Badge> })}
                </p>
                <Progress baseline target distance unit/>
            </div>
            <Sparkline values=recent/>
            <Latest indicator/>
        </div>
    }
}

/// No indicator fits: of none at all the page says what it is for, of a narrow filter how to widen it.
#[component]
fn Nothing(filter: Filter<ListIndicators>, may_add: Signal<bool>, add: DialogState) -> impl IntoView {
    move || {
        if filter.get() == ListIndicators::default() {
            view! {
                <Empty icon="chart-line" title=t!(IndicatorsNoneTitle)>
                    <p>{t!(IndicatorsNoneText)}</p>
                    {move || may_add.get().then(|| view! {
                        <Button on_press=move || add.show()>{t!(IndicatorsAdd)}</Button>
                    })}
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty icon="list-filter" title=t!(IndicatorsNoMatchTitle)>
                    <ButtonLink href=filter.href(|filter| *filter = ListIndicators::default())>{t!(IndicatorsShowAll)}</ButtonLink>
                </Empty>
            }
            .into_any()
        }
    }
}
