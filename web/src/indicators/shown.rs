use crate::{
    prefs,
    ui::{chart::Way, intl},
};
use leptos::prelude::*;
use shared::{
    indicator::{Decimal, Distance, IndicatorSummary, Level},
    names::Names,
    text::Key,
};

/// A value with its unit; follows the language.
pub(crate) fn measured(value: Decimal, unit: &Names) -> String {
    intl::amount(value, unit.get(prefs::lang()))
}

/// A difference of two values with its unit: between percentages it is in percentage points.
pub(super) fn difference(value: Decimal, unit: &Names) -> String {
    let lang = prefs::lang();
    match unit.get(lang) {
        "%" => intl::amount(value, Key::IndicatorsPercentagePoints.get(lang)),
        unit => intl::amount(value, unit),
    }
}

/// Where an indicator stands between its baseline and its target, as a bar and in words.
#[component]
pub(crate) fn Progress(
    baseline: Option<Level>,
    target: Option<Level>,
    distance: Option<Distance>,
    unit: Names,
) -> impl IntoView {
    let percent = distance.and_then(|distance| distance.percent);
    let words = move || {
        let lang = prefs::lang();
        let mut words: Vec<String> = Vec::new();
        if let Some(baseline) = baseline {
            words.push(Key::IndicatorsWas.with(lang, &[("value", &measured(baseline.value, &unit))]));
        }
        if let Some(target) = target {
            let (value, day) = (measured(target.value, &unit), intl::day_short(target.day));
            words.push(Key::IndicatorsTargetBy.with(lang, &[("value", &value), ("day", &day)]));
        }
        match distance {
            None => {}
            Some(Distance { reached: true, .. }) => words.push(Key::IndicatorsReached.get(lang).to_owned()),
            Some(Distance { missing, .. }) => {
                words.push(Key::IndicatorsMissing.with(lang, &[("value", &difference(missing, &unit))]));
                match percent {
                    Some(..0) => words.push(Key::IndicatorsBackwards.get(lang).to_owned()),
                    Some(percent) => {
                        let percent = Decimal::new(percent, 0).map(|percent| intl::amount(percent, "%"));
                        words.push(Key::IndicatorsWay.with(lang, &[("percent", &percent.unwrap_or_default())]));
                    }
                    None => {}
                }
            }
        }
        words.join(" · ")
    };
    view! {
        {percent.map(|percent| view! { <Way percent/> })}
        <p class="small-text muted">{words}</p>
    }
}

/// The latest value with its day; that there is none is said.
#[component]
pub(super) fn Latest(indicator: IndicatorSummary) -> impl IntoView {
    let IndicatorSummary { latest, unit, .. } = indicator;
    match latest {
        Some(latest) => view! {
            <p class="indicator-latest">
                <strong class="num">{move || measured(latest.value, &unit)}</strong>
                <span class="small-text faint">
                    {move || Key::IndicatorsLatestOn.with(prefs::lang(), &[("day", &intl::day_short(latest.day))])}
                </span>
            </p>
        }
        .into_any(),
        None => view! { <p class="small-text faint">{t!(IndicatorsNotMeasured)}</p> }.into_any(),
    }
}
