use chrono::NaiveDate;
use std::ops::Range;

/// Where a line may be drawn through: periods that follow one another in their usual rhythm. A time
/// without a value is a gap between two runs, and never a line.
///
/// The rhythm is the median step from one period's end to the next; a step of more than one and a half
/// of it, with days in between, is a gap.
pub(super) fn runs(periods: &[(NaiveDate, NaiveDate)]) -> Vec<Range<usize>> {
    let steps: Vec<(i64, bool)> = periods
        .iter()
        .zip(periods.iter().skip(1))
        .map(|((_, end), (from, to))| ((*to - *end).num_days(), (*from - *end).num_days() <= 1))
        .collect();
    let mut sorted: Vec<i64> = steps.iter().map(|(days, _)| *days).collect();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let mut runs = Vec::new();
    let mut begin = 0;
    for (at, (days, adjoins)) in steps.into_iter().enumerate() {
        if days * 2 > usual * 3 && !adjoins {
            runs.push(begin..at + 1);
            begin = at + 1;
        }
    }
    if begin < periods.len() {
        runs.push(begin..periods.len());
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(days: &[&str]) -> Vec<(NaiveDate, NaiveDate)> {
        days.iter().map(|text| (day(text), day(text))).collect()
    }

    /// The first and the last of each run.
    fn ends(periods: &[(NaiveDate, NaiveDate)]) -> Vec<(usize, usize)> {
        runs(periods).into_iter().map(|run| (run.start, run.end - 1)).collect()
    }

    #[test]
    fn a_missing_month_is_a_gap() {
        let months = days(&["2026-01-31", "2026-02-28", "2026-03-31", "2026-05-31", "2026-06-30"]);

        assert_eq!(ends(&months), [(0, 2), (3, 4)]);
    }

    #[test]
    fn months_of_different_length_are_no_gap() {
        assert_eq!(ends(&days(&["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"])), [(0, 3)]);
    }

    #[test]
    fn periods_that_adjoin_are_no_gap_however_long() {
        let periods = [
            (day("2026-01-01"), day("2026-01-31")),
            (day("2026-02-01"), day("2026-02-28")),
            (day("2026-03-01"), day("2026-12-31")),
        ];

        assert_eq!(ends(&periods), [(0, 2)]);
    }

    #[test]
    fn one_value_is_one_run_and_none_is_none() {
        assert_eq!(ends(&days(&["2026-01-31"])), [(0, 0)]);
        assert!(runs(&[]).is_empty());
    }
}
