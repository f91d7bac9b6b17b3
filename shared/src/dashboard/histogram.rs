//! Durations counted in buckets, so that a median costs a few rows instead of a sort of all.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// The first day-wide bucket: 72 buckets of an hour come before it.
const HOURLY: i64 = 72;
/// The last bucket, for all that takes longer: ten years.
const LAST: i64 = HOURLY + 3650;

/// A bucket of durations: an hour wide up to three days, a day wide from there.
///
/// Bucket `n` below 72 holds durations of `n` to less than `n + 1` hours; bucket `72 + d` holds
/// those of `3 + d` to less than `4 + d` days. The last holds all longer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
pub struct Bucket(pub i32);

impl Bucket {
    /// The bucket of a duration; negative ones, of clocks that went back, count as none.
    pub fn of(duration: TimeDelta) -> Bucket {
        let hours = duration.num_hours().max(0);
        let number = if hours < HOURLY { hours } else { (HOURLY + hours / 24 - 3).min(LAST) };
        Bucket(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// The duration the bucket stands for: its lower end, at its width.
    pub fn duration(self) -> RoughDuration {
        let number = i64::from(self.0);
        if number < HOURLY {
            RoughDuration::Hours { hours: number }
        } else {
            RoughDuration::Days { days: number - HOURLY + 3 }
        }
    }
}

/// A duration at the precision it is known: hours up to three days, days from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "unit", rename_all = "snake_case")]
pub enum RoughDuration {
    /// At least this many hours, less than one more.
    Hours { hours: i64 },
    /// At least this many days, less than one more.
    Days { days: i64 },
}

/// The bucket of the median: the first at which half of all durations are reached. Of an even
/// number that is the lower of the two in the middle. The counts may come in any order, and a
/// bucket more than once.
pub fn median(counts: impl IntoIterator<Item = (Bucket, i64)>) -> Option<Bucket> {
    let mut counts: Vec<(Bucket, i64)> = counts.into_iter().collect();
    counts.sort();
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let mut seen = 0;
    counts.into_iter().filter(|(_, count)| *count > 0).find_map(|(bucket, count)| {
        seen += count;
        (seen * 2 >= total).then_some(bucket)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn buckets_are_hours_up_to_three_days_and_days_from_there() {
        for (minutes, duration) in [
            (-5, RoughDuration::Hours { hours: 0 }),
            (59, RoughDuration::Hours { hours: 0 }),
            (60, RoughDuration::Hours { hours: 1 }),
            (72 * 60 - 1, RoughDuration::Hours { hours: 71 }),
            (72 * 60, RoughDuration::Days { days: 3 }),
            (96 * 60 - 1, RoughDuration::Days { days: 3 }),
            (96 * 60, RoughDuration::Days { days: 4 }),
        ] {
            assert_eq!(Bucket::of(TimeDelta::minutes(minutes)).duration(), duration, "{minutes}");
        }
    }

    #[test]
    fn nothing_has_no_median() {
        assert_eq!(median([]), None);
        assert_eq!(median([(Bucket(3), 0)]), None);
    }

    proptest! {
        #[test]
        fn the_median_is_the_bucket_of_the_naive_one(mut minutes in proptest::collection::vec(0..400_000_i64, 1..200)) {
            let mut counts: BTreeMap<Bucket, i64> = BTreeMap::new();
            for &one in &minutes {
                *counts.entry(Bucket::of(TimeDelta::minutes(one))).or_default() += 1;
            }
            minutes.sort();
            let naive = minutes[(minutes.len() - 1) / 2];

            prop_assert_eq!(median(counts), Some(Bucket::of(TimeDelta::minutes(naive))));
        }

        #[test]
        fn the_order_of_rows_does_not_matter(rows in proptest::collection::vec((0..3800, 0..9_i64), 0..40)) {
            let rows: Vec<_> = rows.into_iter().map(|(bucket, count)| (Bucket(bucket), count)).collect();
            let mut turned = rows.clone();
            turned.reverse();

            prop_assert_eq!(median(rows), median(turned));
        }
    }
}
