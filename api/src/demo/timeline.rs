//! When each thing happens: one line of moments over all communities, since the clock only moves on.

use crate::demo::{
    content::{Content, Indicator, Period},
    place,
};
use anyhow::{Context, Result};
use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};
use shared::time::Timestamp;

/// A thing that happens; the numbers are places in the content.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Community(usize),
    Organisation(usize),
    Indicator(usize),
    /// The value of that place is noted.
    Measure(usize, usize),
    /// The correction of that place is made.
    Correct(usize, usize),
    Report(usize),
    Step(usize, usize),
    /// Time does its part: what is due is done.
    Tick,
}

/// A thing with its moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) at: Timestamp,
    pub(super) what: What,
}

/// For so many days before today the mails are kept, and time does its part daily.
pub(super) const RECENT: i64 = 14;

/// Everything that happens, in its order.
pub(super) fn of(content: &Content, now: Timestamp) -> Result<Vec<Moment>> {
    let today = now.to_utc().date_naive();
    let ago = |days: i64, hours: i64| midnight(today) - TimeDelta::days(days) + TimeDelta::hours(hours);
    let mut moments = Vec::new();
    let mut put = |at: Timestamp, what: What| moments.push(Moment { at, what });
    for (n, community) in content.communities.iter().enumerate() {
        put(ago(community.days, 6), What::Community(n));
    }
    for (n, organisation) in content.organisations.iter().enumerate() {
        put(ago(organisation.days, 8), What::Organisation(n));
    }
    for (n, indicator) in content.indicators.iter().enumerate() {
        let made = ago(content.community(&indicator.community)?.days - 10, 4);
        put(made, What::Indicator(n));
        let noted = |place: usize| -> Result<Timestamp> {
            let (_, last) = period(indicator, place, today)?;
            let soon = midnight(last) + TimeDelta::days(9) + TimeDelta::hours(10);
            Ok(soon.min(ago(1, 10)).max(made + TimeDelta::minutes(5)))
        };
        for place in 0..indicator.values.len() {
            put(noted(place)?, What::Measure(n, place));
        }
        for (place, correction) in indicator.corrections.iter().enumerate() {
            put((noted(correction.at)? + TimeDelta::days(12)).min(ago(1, 12)), What::Correct(n, place));
        }
    }
    for (n, issue) in content.issues.iter().enumerate() {
        let hour = 5 + place::below(&issue.title, 12);
        let reported = ago(issue.days, hour) + TimeDelta::minutes(place::below(&issue.place, 60));
        put(reported, What::Report(n));
        let mut at = reported;
        for (place, step) in issue.then.iter().enumerate() {
            let hour = 6 + place::below(&format!("{} {}", issue.title, step.day), 8);
            // The steps of a day follow each other.
            at = (at + TimeDelta::minutes(23)).max(ago(issue.days - step.day, hour));
            put(at, What::Step(n, place));
        }
    }
    let begun = moments.iter().map(|moment| moment.at).min().context("something happens")?;
    let last = content.communities.iter().map(|community| community.days).max().unwrap_or_default();
    for days in (0..last).filter(|days| *days <= RECENT || days % 7 == 0) {
        moments.push(Moment { at: ago(days, 4), what: What::Tick });
    }
    moments.retain(|moment| moment.at >= begun && moment.at < now);
    moments.sort_by_key(|moment| moment.at);
    Ok(moments)
}

fn midnight(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::MIN).and_utc().into()
}

/// The first and the last day of the period of a value; the last value is of the last period that
/// is over.
pub(super) fn period(indicator: &Indicator, place: usize, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let months = match indicator.every {
        Period::Month => 1,
        Period::Quarter => 3,
    };
    let begun = today.with_day(1).and_then(|day| day.with_month0(day.month0() / months * months));
    let back = u32::try_from(indicator.values.len() - place).unwrap_or_default() * months;
    let first = begun.and_then(|day| day.checked_sub_months(Months::new(back)));
    let last = first.and_then(|day| day.checked_add_months(Months::new(months))).and_then(|next| next.pred_opt());
    first.zip(last).context("the calendar goes that far")
}
