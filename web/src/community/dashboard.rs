use super::{
    commitments::Commitments, figures::MainFigures, measures::Measures, overview::Latest, tasks::Tasks,
    waiting::Waiting,
};
use crate::{api::ApiError, prefs, ui::intl};
use leptos::prelude::*;
use shared::{dashboard::Dashboard, issue::IssueSummary, names::Slug, text::Key};

/// The dashboard: figures that matter first, then what changed and what is measured, then who does what
/// and what waits.
#[component]
pub(super) fn Figures(
    slug: Slug,
    dashboard: Dashboard,
    latest: LocalResource<Result<Vec<IssueSummary>, ApiError>>,
) -> impl IntoView {
    let day = dashboard.day;
    let Dashboard { tasks, commitments, waiting_by_category, waiting_by_group, indicators, .. } = dashboard.clone();
    view! {
        <MainFigures slug=slug.clone() dashboard/>
        <div class="columns">
            <Latest slug=slug.clone() from=latest/>
            <Measures slug=slug.clone() indicators/>
        </div>
        <div class="columns">
            <div class="stack loose">
                <Tasks slug=slug.clone() tasks/>
                <Commitments totals=commitments/>
            </div>
            <Waiting slug day by_category=waiting_by_category by_group=waiting_by_group/>
        </div>
        <p class="small-text faint">
            {move || Key::DashboardAsOf.with(prefs::lang(), &[("day", &intl::day(day))])}
        </p>
    }
}
