use super::{
    days::{Days, Named},
    runs::runs,
    scale::Scale,
};
use crate::{
    prefs,
    ui::{fresh_id, intl},
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use shared::{
    indicator::{Decimal, Level},
    names::Names,
    text::Key,
};
use std::fmt::Write;

/// Of more values than this only the ends are marked.
const MOST_MARKS: usize = 48;

/// One value of a line, of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub value: Decimal,
}

/// Values over time with where they began and where they are to be. A time without a value is a gap.
///
/// Numbers beside the grid are text of the page, so that they keep their size on any screen.
#[component]
pub fn LineChart(
    /// Oldest first.
    points: Vec<Point>,
    baseline: Option<Level>,
    target: Option<Level>,
    /// Whether more is better: then the line goes from the baseline up.
    up: bool,
    unit: Names,
    /// What the chart finds.
    #[prop(into)]
    title: Signal<String>,
    /// What is drawn, for those who do not see it.
    #[prop(into)]
    description: Signal<String>,
) -> impl IntoView {
    let levels = [baseline, target];
    let values = points.iter().map(|point| point.value).chain(levels.iter().flatten().map(|level| level.value));
    let (Some(scale), Some(days)) = (Scale::around(values), Days::around(points.iter().map(|point| point.to))) else {
        return ().into_any();
    };
    let days = levels.iter().flatten().fold(days, |days, level| days.with(level.day));
    let unit = StoredValue::new(unit);
    let amount = move |value: Decimal| unit.with_value(|unit| intl::amount(value, unit.get(prefs::lang())));
    let ids = (fresh_id("chart"), fresh_id("chart"));
    let named_by = format!("{} {}", ids.0, ids.1);
    let level = |level: Option<Level>, class: &'static str, with_day: Key, plain: Key, below: bool| {
        level.map(|level| {
            let y = from_top(scale.place(level.value));
            let on_axis = days.has(level.day);
            let text = move || {
                let (value, day) = (amount(level.value), intl::day_short(level.day));
                let key = if on_axis { plain } else { with_day };
                key.with(prefs::lang(), &[("value", &value), ("day", &day)])
            };
            let dy = if below { "17" } else { "-7" };
            let (x, dx, anchor) = if class == "target" { ("100%", "-9", "end") } else { ("0", "9", "start") };
            view! {
                <g class=class>
                    <line x1="0" x2="100%" y1=y.clone() y2=y.clone()/>
                    {on_axis.then(|| view! { <circle cx=percent(days.place(level.day)) cy=y.clone() r="5"/> })}
                    <text x=x y=y.clone() dx=dx dy=dy text-anchor=anchor>{text}</text>
                </g>
            }
        })
    };
    let grid = scale.ticks().into_iter().map(|tick| {
        let y = from_top(scale.place(tick));
        view! { <line class="grid" x1="0" x2="100%" y1=y.clone() y2=y/> }
    });
    let labels = scale.ticks().into_iter().rev().map(|tick| view! { <li>{move || intl::decimal(tick)}</li> });
    view! {
        <div class="chart">
            <ol class="chart-y num" aria-hidden="true">{labels.collect_view()}</ol>
            <svg class="chart-plot" role="img" aria-labelledby=named_by>
                <title id=ids.0>{move || title.get()}</title>
                <desc id=ids.1>{move || description.get()}</desc>
                {grid.collect_view()}
                {day_labels(days)}
                {level(baseline, "baseline", Key::IndicatorsChartBaseline, Key::IndicatorsChartBaseline, up)}
                {level(target, "target", Key::IndicatorsChartTargetDay, Key::IndicatorsChartTarget, !up)}
                <svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" overflow="visible">
                    <path class="series" d=path(&points, &scale, &days)/>
                </svg>
                {marks(&points, &scale, &days, amount)}
            </svg>
        </div>
    }
    .into_any()
}

/// The names of days below the plot; every second gives way on a phone.
fn day_labels(days: Days) -> impl IntoView {
    let (ticks, named) = days.ticks();
    let many = ticks.len() > 3;
    ticks
        .into_iter()
        .enumerate()
        .map(|(at, day)| {
            let place = days.place(day);
            let anchor = match place {
                ..60 => "start",
                941.. => "end",
                _ => "middle",
            };
            let text = move || match named {
                Named::Days => intl::day_short(day),
                Named::Months => intl::month_short(day),
                Named::Years => day.year().to_string(),
            };
            let class = if many && at % 2 == 1 { "second" } else { "" };
            view! { <text class=class x=percent(place) y="100%" dy="22" text-anchor=anchor>{text}</text> }
        })
        .collect_view()
}

/// The line itself, broken where there is a gap.
pub(super) fn path(points: &[Point], scale: &Scale, days: &Days) -> String {
    let periods: Vec<_> = points.iter().map(|point| (point.from, point.to)).collect();
    let mut path = String::new();
    for run in runs(&periods) {
        for (at, point) in points.get(run).unwrap_or_default().iter().enumerate() {
            let command = if at == 0 { 'M' } else { 'L' };
            // Writing to a string cannot fail.
            let _ = write!(path, "{command}{} {}", days.place(point.to), 1000 - scale.place(point.value));
        }
    }
    path
}

/// A mark at each value, with its words for the pointer.
fn marks<F>(points: &[Point], scale: &Scale, days: &Days, amount: F) -> impl IntoView + use<F>
where
    F: Fn(Decimal) -> String + Copy + Send + Sync + 'static,
{
    let many = points.len() > MOST_MARKS;
    let periods: Vec<_> = points.iter().map(|point| (point.from, point.to)).collect();
    let ends: Vec<usize> = runs(&periods).into_iter().flat_map(|run| [run.start, run.end.saturating_sub(1)]).collect();
    points
        .iter()
        .enumerate()
        .filter(|(at, _)| !many || ends.contains(at))
        .map(|(_, point)| {
            let (value, to) = (point.value, point.to);
            let words = move || format!("{}: {}", intl::day_short(to), amount(value));
            let y = from_top(scale.place(value));
            view! { <circle class="mark" cx=percent(days.place(to)) cy=y r="4"><title>{words}</title></circle> }
        })
        .collect_view()
}

/// Thousandths from the lower end as a share from the upper.
fn from_top(thousandths: i64) -> String {
    percent(1000 - thousandths)
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
