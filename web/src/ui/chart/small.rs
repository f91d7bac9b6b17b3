use super::{
    days::Days,
    line::{Point, path},
    scale::Scale,
};
use leptos::prelude::*;
use shared::indicator::Level;

/// The course of the last values, without numbers: they stand beside it.
#[component]
pub fn Sparkline(
    /// Oldest first; of one value there is no course.
    values: Vec<Level>,
) -> impl IntoView {
    let points: Vec<Point> =
        values.into_iter().map(|level| Point { from: level.day, to: level.day, value: level.value }).collect();
    let scale = Scale::around(points.iter().map(|point| point.value));
    let days = Days::around(points.iter().map(|point| point.to));
    let (Some(scale), Some(days), true) = (scale, days, points.len() > 1) else { return ().into_any() };
    view! {
        <svg class="sparkline" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
            <path class="series" d=path(&points, &scale, &days)/>
        </svg>
    }
    .into_any()
}

/// How much of the way from baseline to target is done; the words beside it say the same.
#[component]
pub fn Way(percent: i64) -> impl IntoView {
    view! {
        <svg class="way" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="whole" width="100" height="8"/>
            <rect class="done" width=percent.clamp(0, 100).to_string() height="8"/>
        </svg>
    }
}
