use crate::{
    prefs,
    ui::{Link, intl},
};
use leptos::prelude::*;
use shared::{
    dashboard::{Dashboard, LONG_WAIT_DAYS, RoughDuration},
    names::Slug,
    text::Key,
};

/// What goes on this month, in words.
pub(super) fn sentence(dashboard: &Dashboard) -> String {
    let lang = prefs::lang();
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let month = &dashboard.this_month;
    let mut said = if month.reported == 0 && month.solved == 0 {
        Key::DashboardQuiet.get(lang).to_owned()
    } else {
        let reported = Key::DashboardReported.count(lang, count(month.reported), &[]);
        let solved = Key::DashboardSolvedToo.count(lang, count(month.solved), &[]);
        Key::DashboardMonth.with(lang, &[("reported", &reported), ("solved", &solved)])
    };
    let waiting: i64 = dashboard.waiting_by_category.iter().map(|one| one.count).sum();
    if waiting > 0 {
        let days = LONG_WAIT_DAYS.to_string();
        said.push(' ');
        said.push_str(&Key::DashboardWaiting.count(lang, count(waiting), &[("days", &days)]));
    }
    said
}

/// A duration at the precision it is known.
fn duration(duration: RoughDuration) -> String {
    let lang = prefs::lang();
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    match duration {
        RoughDuration::Hours { hours: 0 } => Key::DashboardLessThanHour.get(lang).to_owned(),
        RoughDuration::Hours { hours } => Key::DomainAmountHours.count(lang, count(hours), &[]),
        RoughDuration::Days { days } => Key::DomainAmountDays.count(lang, count(days), &[]),
    }
}

/// The six figures that matter: each leads to the issues it counts, where a list of just those can be had.
#[component]
pub(super) fn MainFigures(slug: Slug, dashboard: Dashboard) -> impl IntoView {
    let Dashboard { issues, unanswered, this_month, last_month, .. } = dashboard;
    let list = |query: &str| format!("/c/{slug}/issues?{query}");
    let counted = |label: Key, count: i64, query: &str| {
        let href = list(query);
        view! {
            <dt>{move || label.get(prefs::lang())}</dt>
            <dd class="value"><Link href>{move || intl::number(count)}</Link></dd>
        }
    };
    // Counted with those that not every reader sees: no list would show them all.
    let late = (unanswered > 0).then(|| {
        let n = u64::try_from(unanswered).unwrap_or_default();
        view! { <dd class="late-note">{t!(DashboardUnanswered; n)}</dd> }
    });
    let median = |label: Key, now: Option<RoughDuration>, before: Option<RoughDuration>| {
        let value = match now {
            Some(now) => view! { <dd class="value">{move || duration(now)}</dd> }.into_any(),
            None => view! {
                <dd class="value"><span aria-hidden="true">"—"</span><span class="visually-hidden">{t!(DashboardNoValue)}</span></dd>
                <dd>{t!(DashboardNoMedian)}</dd>
            }
            .into_any(),
        };
        view! {
            <dt>{move || label.get(prefs::lang())}</dt>
            {value}
            {before.map(|before| view! {
                <dd>{move || Key::DashboardMedianLast.with(prefs::lang(), &[("duration", &duration(before))])}</dd>
            })}
        }
    };
    let noted =
        |key: Key, count: i64| view! { <dd>{move || key.with(prefs::lang(), &[("count", &intl::number(count))])}</dd> };
    view! {
        <section aria-label=t!(DashboardFigures)>
            <div class="figures six">
                <dl class="figure">{counted(Key::DashboardNew, issues.reported, "state=reported")}{late}</dl>
                <dl class="figure">{counted(Key::DashboardOpen, issues.open, "state=open")}</dl>
                <dl class="figure">{counted(Key::DashboardInProgress, issues.in_progress, "state=in_progress")}</dl>
                <dl class="figure">
                    <dt>{t!(DashboardSolved)}</dt>
                    <dd class="value">{move || intl::number(this_month.solved)}</dd>
                    {noted(Key::DashboardByResidents, this_month.confirmed_by_residents)}
                    {noted(Key::DashboardSolvedLast, last_month.solved)}
                </dl>
                <dl class="figure">{median(Key::DashboardToAnswer, this_month.to_answer, last_month.to_answer)}</dl>
                <dl class="figure">{median(Key::DashboardToSolve, this_month.to_solve, last_month.to_solve)}</dl>
            </div>
        </section>
    }
}
