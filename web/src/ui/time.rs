use super::intl;
use chrono::NaiveDate;
use leptos::prelude::*;
use shared::time::Timestamp;

/// A moment as "2 hours ago", with the date and time one hover away.
#[component]
pub fn Time(#[prop(into)] at: Timestamp) -> impl IntoView {
    view! {
        <time datetime=at.to_string() title=move || intl::moment(at)>
            {move || intl::relative(at)}
        </time>
    }
}

/// A day.
#[component]
pub fn Day(
    day: NaiveDate,
    /// With the month shortened.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    view! {
        <time datetime=day.to_string()>{move || if short { intl::day_short(day) } else { intl::day(day) }}</time>
    }
}
