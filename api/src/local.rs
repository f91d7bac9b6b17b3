//! Days of a place: where they begin and end there.

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use shared::time::Timestamp;

/// The first moment of a day in a time zone (IANA name; an unknown one is UTC).
///
/// Where the clock leaps over midnight, the day begins when the leap ends.
pub fn start_of_day(zone: &str, day: NaiveDate) -> Timestamp {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let midnight = day.and_time(NaiveTime::MIN);
    let start = (0..24).find_map(|hours| zone.from_local_datetime(&(midnight + TimeDelta::hours(hours))).earliest());
    start.map_or_else(|| midnight.and_utc().into(), |moment| moment.to_utc().into())
}

/// The first moment after a day in a time zone.
pub fn end_of_day(zone: &str, day: NaiveDate) -> Timestamp {
    start_of_day(zone, day.succ_opt().unwrap_or(day))
}

/// Which day it is in a time zone.
pub fn day(zone: &str, at: Timestamp) -> NaiveDate {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    at.to_utc().with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_local_midnight_also_when_the_clock_is_turned() {
        let start = |text: &str| start_of_day("Europe/Kyiv", text.parse().unwrap()).to_string();

        assert_eq!(start("2026-11-23"), "2026-11-22T22:00:00.000Z");
        assert_eq!(start("2026-07-01"), "2026-06-30T21:00:00.000Z");
        assert_eq!(day("Europe/Kyiv", "2026-11-22T22:00:00Z".parse().unwrap()).to_string(), "2026-11-23");
        assert_eq!(end_of_day("Europe/Kyiv", "2026-03-29".parse().unwrap()).to_string(), "2026-03-29T21:00:00.000Z");
    }
}
