use super::{
    GoalTile,
    edit::EditIndicator,
    finding::{Course, Finding, ToTarget},
    measure::AddMeasurement,
    measured,
    serves::Serves,
    shown::{Progress, difference},
    values::Values,
};
use crate::{
    api::{ApiError, Versioned, indicators as api},
    filter::use_filter,
    issues::use_community_slug,
    prefs,
    shell::PageTitle,
    ui::{
        Badge, Button, DialogState, Icon, Kind, Link, Tab, Tabs,
        chart::{LineChart, Point},
        intl, load,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use shared::{
    ids::IndicatorId,
    indicator::{Direction, IndicatorDetail, Measurement},
    text::Key,
    words::Word,
};

/// One indicator: what it finds, its chart and values, what it is, and what is to move it.
#[component]
pub(super) fn IndicatorPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<IndicatorId>().ok())));
    let slug = use_community_slug();
    let indicator = LocalResource::new(move || {
        let (slug, id) = (slug.get(), id.get());
        async move {
            let found = match id {
                Some(id) => api::find_indicator(id).await?,
                None => return Err(ApiError::not_found()),
            };
            // An indicator is at one address only.
            if Some(&found.value.community.slug) == slug.as_ref() { Ok(found) } else { Err(ApiError::not_found()) }
        }
    });
    let refetch = Callback::new(move |()| indicator.refetch());
    view! { <div class="page">{load(indicator, move |indicator| view! { <Indicator indicator refetch/> })}</div> }
}

#[component]
fn Indicator(indicator: Versioned<IndicatorDetail>, refetch: Callback<()>) -> impl IntoView {
    let IndicatorDetail { id, name, kind, goal, retired, may_edit, .. } = indicator.value.clone();
    let detail = indicator.value.clone();
    let list = format!("/c/{}/indicators", detail.community.slug);
    let (measuring, editing) = (DialogState::in_address("measure"), DialogState::in_address("edit"));
    let title = {
        let name = name.clone();
        move || name.get(prefs::lang()).to_owned()
    };
    let of_goal = goal.and_then(|goal| goal.goal()).map(|goal| {
        let href = format!("{list}?goal={goal}");
        view! { <Link href><GoalTile goal named=true/></Link> }
    });
    let unit = detail.unit.clone();
    view! {
        <PageTitle title=title.clone()/>
        <div class="lead">
            <div>
                <ol class="crumbs"><li><Link href=list>{t!(IndicatorsTitle)}</Link></li></ol>
                <h1>{title}</h1>
                <div class="meta">
                    <span>{move || kind.text(prefs::lang())}</span>
                    {of_goal}
                    {retired.then(|| view! { <Badge>{t!(IndicatorsRetired)}</Badge> })}
                </div>
            </div>
            {may_edit.then(|| view! {
                <div class="buttons">
                    <Button on_press=move || editing.show() icon="pencil">{t!(IndicatorsEdit)}</Button>
                    <Button kind=Kind::Primary icon="plus" on_press=move || measuring.show()>{t!(IndicatorsMeasure)}</Button>
                </div>
            })}
        </div>
        <div class="with-aside">
            <div class="stack loose">
                <History detail=detail.clone() refetch/>
                <Serves issues=detail.issues.clone() tasks=detail.tasks.clone() community=detail.community.slug.clone()/>
            </div>
            <aside class="stack">
                <Progress baseline=detail.baseline target=detail.target distance=detail.distance unit=detail.unit.clone()/>
                <About detail/>
            </aside>
        </div>
        {may_edit.then(|| view! {
            <AddMeasurement id unit state=measuring refetch/>
            <EditIndicator indicator state=editing refetch/>
        })}
    }
}

/// Which view of the values is in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct View {
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<String>,
}

/// The values as a chart, or as a table of all that is known of them.
#[component]
fn History(detail: IndicatorDetail, refetch: Callback<()>) -> impl IntoView {
    let id = detail.id;
    let detail = StoredValue::new(detail);
    let filter = use_filter::<View>();
    let selected =
        Signal::derive(
            move || if filter.with(|view| view.view.as_deref() == Some("values")) { "values" } else { "chart" },
        );
    let select = move |key: &'static str| filter.change(|view| view.view = (key == "values").then(|| key.to_owned()));
    // The values change with the indicator, which is read again after each change.
    let values = LocalResource::new(move || async move { api::all_measurements(id).await });
    load(values, move |measurements| {
        let many = measurements.len();
        let measurements = StoredValue::new(measurements);
        let tabs = vec![
            Tab::new("chart", t!(IndicatorsViewChart)),
            Tab::new("values", move || format!("{} {many}", t!(IndicatorsViewValues)())),
        ];
        view! {
            <section class="stack">
                <h2>{move || measurements.with_value(|all| detail.with_value(|detail| finding(detail, all)))}</h2>
                {(many > 0).then(|| view! {
                    <Tabs tabs selected on_select=select label=t!(IndicatorsViews)>
                        {move || match selected.get() {
                            "values" => detail.with_value(|detail| view! {
                                <Values measurements=measurements.get_value() unit=detail.unit.clone() may_edit=detail.may_edit refetch/>
                            }).into_any(),
                            _ => detail.with_value(|detail| chart(detail.clone(), measurements.get_value())).into_any(),
                        }}
                    </Tabs>
                })}
                <p><a class="text-link" href=api::csv_address(id) download rel="external"><Icon name="download" small=true/>" "{t!(IndicatorsCsv)}</a></p>
            </section>
        }
    })
}

fn chart(detail: IndicatorDetail, measurements: Vec<Measurement>) -> impl IntoView {
    let ends = measurements.first().zip(measurements.last()).map(|(first, last)| (first.from, last.to));
    let many = u64::try_from(measurements.len()).unwrap_or_default();
    let points: Vec<Point> =
        measurements.iter().map(|one| Point { from: one.from, to: one.to, value: one.value }).collect();
    let IndicatorDetail { baseline, target, direction, unit, .. } = detail.clone();
    let up = direction == Direction::Up;
    let title = Signal::derive(move || finding(&detail, &measurements));
    let description = Signal::derive(move || {
        let (first, last) = ends.map(|(first, last)| (intl::day(first), intl::day(last))).unwrap_or_default();
        let n = t!(IndicatorsPoints; many)();
        Key::IndicatorsChartText.with(prefs::lang(), &[("first", &first), ("last", &last), ("n", &n)])
    });
    view! {
        <LineChart points baseline target up unit title description/>
    }
}

/// The sentence above the chart.
fn finding(detail: &IndicatorDetail, measurements: &[Measurement]) -> String {
    let lang = prefs::lang();
    let first = measurements.first().map(|one| one.value);
    let latest = measurements.last().map(|one| shared::indicator::Level { value: one.value, day: one.to });
    let found = Finding::of(detail.baseline, first, latest, detail.distance, detail.direction, measurements.len() > 1);
    let amount = |value| measured(value, &detail.unit);
    let course = match found.course {
        Course::None => return Key::IndicatorsFindNone.get(lang).to_owned(),
        Course::First(to) => Key::IndicatorsFindFirst.with(lang, &[("to", &amount(to))]),
        Course::Same(to) => Key::IndicatorsFindSame.with(lang, &[("to", &amount(to))]),
        Course::Better(from, to) => {
            Key::IndicatorsFindBetter.with(lang, &[("from", &amount(from)), ("to", &amount(to))])
        }
        Course::Worse(from, to) => Key::IndicatorsFindWorse.with(lang, &[("from", &amount(from)), ("to", &amount(to))]),
    };
    match found.to_target {
        ToTarget::Unknown => course,
        ToTarget::Reached => Key::IndicatorsFindReached.with(lang, &[("finding", &course)]),
        ToTarget::Missing(missing) => Key::IndicatorsFindMissing
            .with(lang, &[("finding", &course), ("missing", &difference(missing, &detail.unit))]),
    }
}

/// What it is: unit, source, where it began and where it is to be.
#[component]
fn About(detail: IndicatorDetail) -> impl IntoView {
    let IndicatorDetail { unit, direction, source, baseline, target, .. } = detail;
    let level = {
        let unit = unit.clone();
        move |level: shared::indicator::Level| {
            let unit = unit.clone();
            move || {
                let (value, day) = (measured(level.value, &unit), intl::day(level.day));
                Key::IndicatorsOnDay.with(prefs::lang(), &[("value", &value), ("day", &day)])
            }
        }
    };
    view! {
        <dl class="pairs">
            <dt>{t!(IndicatorsUnit)}</dt><dd>{move || unit.get(prefs::lang()).to_owned()}</dd>
            <dt>{t!(IndicatorsDirection)}</dt><dd>{move || direction.text(prefs::lang())}</dd>
            {baseline.map(|baseline| view! { <dt>{t!(IndicatorsBaseline)}</dt><dd>{level(baseline)}</dd> })}
            {target.map(|target| view! { <dt>{t!(IndicatorsTarget)}</dt><dd>{level(target)}</dd> })}
            <dt>{t!(IndicatorsSource)}</dt><dd>{source}</dd>
        </dl>
    }
}
