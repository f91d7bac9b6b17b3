use crate::{
    indicators::{GoalTile, Progress, measured},
    prefs,
    ui::Link,
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{indicator::IndicatorSummary, names::Slug};

/// The community's indicators with how far each is from its target.
#[component]
pub(super) fn Measures(slug: Slug, indicators: Vec<IndicatorSummary>) -> impl IntoView {
    let list = format!("/c/{slug}/indicators");
    let rows = indicators
        .into_iter()
        .filter(|one| !one.retired)
        .map(|one| view! { <li><Measure href=format!("{list}/{}", one.id) indicator=one/></li> })
        .collect::<Vec<_>>();
    let empty = rows.is_empty();
    view! {
        <section class="stack">
            <h2>{t!(DashboardIndicators)}</h2>
            {empty.then(|| view! { <p class="muted">{t!(DashboardNoIndicators)}</p> })}
            <ul class="rows">{rows}</ul>
            <p><Link href=list>{t!(DashboardAllIndicators)}</Link></p>
        </section>
    }
}

#[component]
fn Measure(href: String, indicator: IndicatorSummary) -> impl IntoView {
    let IndicatorSummary { name, unit, goal, baseline, target, latest, distance, .. } = indicator;
    let of_latest = unit.clone();
    view! {
        <div class="measure">
            {goal.and_then(|goal| goal.goal()).map(|goal| view! { <GoalTile goal/> })}
            <A href attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
            {latest.map(|latest| view! { <strong class="num">{move || measured(latest.value, &of_latest)}</strong> })}
            <div class="measure-way"><Progress baseline target distance unit/></div>
        </div>
    }
}
