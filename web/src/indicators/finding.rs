use shared::indicator::{Decimal, Direction, Distance, Level};
use std::cmp::Ordering;

/// What the values of an indicator say, in the fewest words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub course: Course,
    pub to_target: ToTarget,
}

/// From where it began to where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Nothing was measured.
    None,
    /// One value, and no baseline to compare it with.
    First(Decimal),
    Better(Decimal, Decimal),
    Worse(Decimal, Decimal),
    Same(Decimal),
}

/// How it stands with the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ToTarget {
    /// There is none, or nothing to compare it with.
    Unknown,
    Missing(Decimal),
    Reached,
}

impl Finding {
    /// `first` is the value of the earliest period; it stands in for a baseline that is not there.
    pub(super) fn of(
        baseline: Option<Level>,
        first: Option<Decimal>,
        latest: Option<Level>,
        distance: Option<Distance>,
        direction: Direction,
        several: bool,
    ) -> Finding {
        let Some(to) = latest.map(|level| level.value) else {
            return Finding { course: Course::None, to_target: ToTarget::Unknown };
        };
        let from = baseline.map(|level| level.value).or(first.filter(|_| several));
        let course = match from.map(|from| (from, to.cmp(&from), direction)) {
            None => Course::First(to),
            Some((_, Ordering::Equal, _)) => Course::Same(to),
            Some((from, Ordering::Greater, Direction::Up) | (from, Ordering::Less, Direction::Down)) => {
                Course::Better(from, to)
            }
            Some((from, _, _)) => Course::Worse(from, to),
        };
        let to_target = match distance {
            None => ToTarget::Unknown,
            Some(Distance { reached: true, .. }) => ToTarget::Reached,
            Some(Distance { missing, .. }) => ToTarget::Missing(missing),
        };
        Finding { course, to_target }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(value: &str) -> Level {
        Level { value: decimal(value), day: "2026-01-01".parse().unwrap() }
    }

    fn decimal(value: &str) -> Decimal {
        Decimal::parse(value).unwrap()
    }

    fn course(baseline: Option<&str>, first: &str, latest: &str, direction: Direction, several: bool) -> Course {
        Finding::of(baseline.map(level), Some(decimal(first)), Some(level(latest)), None, direction, several).course
    }

    #[test]
    fn better_is_what_the_direction_says() {
        let (low, high) = (decimal("82"), decimal("91"));

        assert_eq!(course(Some("82"), "85", "91", Direction::Up, true), Course::Better(low, high));
        assert_eq!(course(Some("82"), "85", "91", Direction::Down, true), Course::Worse(low, high));
        assert_eq!(course(Some("91"), "85", "91.0", Direction::Down, true), Course::Same(high));
    }

    #[test]
    fn the_first_value_stands_in_for_a_baseline() {
        assert_eq!(course(None, "82", "91", Direction::Up, true), Course::Better(decimal("82"), decimal("91")));
        assert_eq!(course(None, "91", "91", Direction::Up, false), Course::First(decimal("91")));
    }

    #[test]
    fn the_target_is_reached_or_something_is_missing() {
        let far = Distance::of(decimal("91"), None, decimal("98"), Direction::Up);
        let there = Distance::of(decimal("99"), None, decimal("98"), Direction::Up);
        let to_target = |distance| Finding::of(None, None, Some(level("91")), distance, Direction::Up, false).to_target;

        assert_eq!(to_target(far), ToTarget::Missing(decimal("7")));
        assert_eq!(to_target(there), ToTarget::Reached);
        assert_eq!(to_target(None), ToTarget::Unknown);
    }
}
