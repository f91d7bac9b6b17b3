use chrono::{Datelike, NaiveDate};

/// The days of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    first: NaiveDate,
    last: NaiveDate,
}

/// How finely the days of an axis are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Days,
    Months,
    Years,
}

impl Days {
    /// From the first to the last of the days; none of no days.
    pub(super) fn around(days: impl IntoIterator<Item = NaiveDate>) -> Option<Days> {
        let mut days = days.into_iter();
        let first = days.next()?;
        let (first, last) = days.fold((first, first), |(first, last), day| (first.min(day), last.max(day)));
        Some(Days { first, last })
    }

    /// With another day too, unless it lies so far off that it would press the rest together.
    pub(super) fn with(self, day: NaiveDate) -> Days {
        let wide = Days { first: self.first.min(day), last: self.last.max(day) };
        if self.length() == 0 || wide.length() <= self.length() * 2 { wide } else { self }
    }

    /// Whether the day lies on the axis.
    pub(super) fn has(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// How far after the first day, in thousandths of the whole; the middle when all is one day.
    pub(super) fn place(&self, day: NaiveDate) -> i64 {
        if self.length() == 0 { 500 } else { (day - self.first).num_days() * 1000 / self.length() }
    }

    fn length(&self) -> i64 {
        (self.last - self.first).num_days()
    }

    /// Two to six days to name: the first days of months or years, else both ends.
    pub(super) fn ticks(&self) -> (Vec<NaiveDate>, Named) {
        let months = self.length() / 30;
        for step in [1, 3, 6, 12, 24, 60, 120] {
            if months / i64::from(step) <= 5 {
                let ticks = self.months(step);
                let named = if step < 12 { Named::Months } else { Named::Years };
                if ticks.len() >= 2 {
                    return (ticks, named);
                }
            }
        }
        let both = if self.first == self.last { vec![self.first] } else { vec![self.first, self.last] };
        (both, Named::Days)
    }

    /// The first days of every `step`th month, counted from January.
    fn months(&self, step: u32) -> Vec<NaiveDate> {
        let step = i32::try_from(step).unwrap_or(1);
        let number = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default();
        let next = number(self.first).div_euclid(step) * step;
        (0..)
            .map(|n| next + n * step)
            .take_while(|month| *month <= number(self.last))
            .filter_map(|month| {
                let of_year = u32::try_from(month.rem_euclid(12)).ok()?;
                NaiveDate::from_ymd_opt(month.div_euclid(12), of_year + 1, 1)
            })
            .filter(|day| self.has(*day))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(first: &str, last: &str) -> Days {
        Days::around([day(first), day(last)]).unwrap()
    }

    fn ticks(first: &str, last: &str) -> Vec<String> {
        days(first, last).ticks().0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_axis_names_a_few_months_or_years() {
        assert_eq!(ticks("2026-01-15", "2026-04-10"), ["2026-02-01", "2026-03-01", "2026-04-01"]);
        assert_eq!(ticks("2025-01-01", "2026-11-30"), ["2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01"]);
        assert_eq!(ticks("2019-05-01", "2027-12-31"), ["2020-01-01", "2022-01-01", "2024-01-01", "2026-01-01"]);
        assert_eq!(ticks("2026-03-02", "2026-03-20"), ["2026-03-02", "2026-03-20"]);
        assert_eq!(ticks("2026-03-02", "2026-03-02"), ["2026-03-02"]);
    }

    #[test]
    fn a_far_day_does_not_press_the_rest_together() {
        let year = days("2025-01-01", "2025-12-31");

        assert!(year.with(day("2026-06-30")).has(day("2026-06-30")));
        assert!(!year.with(day("2031-12-31")).has(day("2031-12-31")));
        assert_eq!(year.place(day("2025-01-01")), 0);
        assert_eq!(year.place(day("2025-12-31")), 1000);
    }
}
