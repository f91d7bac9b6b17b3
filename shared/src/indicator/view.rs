//! Indicators as they are listed, read and taken away.

use super::{Decimal, Direction, IndicatorKind, Level};
use crate::body::query;
use crate::goal::GoalRef;
use crate::ids::{IndicatorId, MeasurementId};
use crate::issue::IssueSummary;
use crate::names::{CommunityLink, Names, OrganisationLink};
use crate::page::Several;
use crate::task::TaskSummary;
use crate::time::Timestamp;
use crate::upload::FileLink;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

query! {
    /// `GET /communities/{slug}/indicators`
    ListIndicators {
        kind: Several<IndicatorKind>,
        /// The code of a goal of the UN's framework: `11`.
        goal: Option<String>,
    }
}

query! {
    /// `GET /indicators/{id}/measurements`, oldest period first.
    ListMeasurements {
        /// Of periods that end on this day or later.
        from: Option<NaiveDate>,
        /// Of periods that begin on this day or earlier.
        to: Option<NaiveDate>,
    }
}

/// An indicator in a list and on the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorSummary {
    pub id: IndicatorId,
    pub name: Names,
    pub unit: Names,
    pub kind: IndicatorKind,
    pub direction: Direction,
    pub goal: Option<GoalRef>,
    pub baseline: Option<Level>,
    pub target: Option<Level>,
    /// Of the period that ended last.
    pub latest: Option<Level>,
    /// How far the latest value is from the target.
    pub distance: Option<Distance>,
    /// The last values, at most [`RECENT`], oldest first; in the list of indicators only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Level>,
    pub retired: bool,
}

/// How many values of an indicator a list tells.
pub const RECENT: u8 = 24;

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorDetail {
    pub id: IndicatorId,
    pub community: CommunityLink,
    pub name: Names,
    pub unit: Names,
    pub kind: IndicatorKind,
    pub direction: Direction,
    pub source: String,
    pub goal: Option<GoalRef>,
    pub baseline: Option<Level>,
    pub target: Option<Level>,
    pub latest: Option<Level>,
    pub distance: Option<Distance>,
    pub retired: bool,
    /// The issues that name it, those changed last; at most 50.
    pub issues: Vec<IssueSummary>,
    /// The tasks that name it, those changed last; at most 50.
    pub tasks: Vec<TaskSummary>,
    /// Whether the reader may add and correct values, and change it.
    pub may_edit: bool,
    pub version: i64,
}

/// How far an indicator is from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Distance {
    /// What is missing, never negative; zero when the target is reached or passed.
    pub missing: Decimal,
    pub reached: bool,
    /// The share of the way from baseline to target in whole percent; null without a baseline.
    pub percent: Option<i64>,
}

impl Distance {
    /// The distance of `latest` from `target`; nothing when the difference does not fit a decimal.
    pub fn of(latest: Decimal, baseline: Option<Decimal>, target: Decimal, direction: Direction) -> Option<Distance> {
        let (missing, reached) = match direction {
            Direction::Up => (target.minus(latest)?, latest >= target),
            Direction::Down => (latest.minus(target)?, latest <= target),
        };
        let missing = if reached { Decimal::new(0, missing.scale())? } else { missing };
        let percent = baseline.and_then(|from| latest.percent_of_way(from, target));
        Some(Distance { missing, reached, percent })
    }
}

/// One value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measurement {
    pub id: MeasurementId,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub value: Decimal,
    pub note: String,
    pub evidence: Vec<FileLink>,
    /// In whose name it was added; null for the community's own.
    pub organisation: Option<OrganisationLink>,
    pub added_at: Timestamp,
    /// What it said before, newest first.
    pub corrections: Vec<Correction>,
    pub version: i64,
}

/// A value that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    /// The value that was there before.
    pub value: Decimal,
    /// When it was replaced.
    pub at: Timestamp,
    pub reason: String,
}

/// The header of the CSV of an indicator's values.
pub const CSV_HEADER: [&str; 8] = ["from", "to", "value", "unit", "note", "source", "version", "added_at"];

/// A row of the CSV of an indicator's values, in the order of [`CSV_HEADER`].
pub fn csv_row(measurement: &Measurement, unit: &str, source: &str) -> [String; 8] {
    [
        measurement.from.to_string(),
        measurement.to.to_string(),
        measurement.value.to_string(),
        unit.to_owned(),
        measurement.note.clone(),
        source.to_owned(),
        measurement.version.to_string(),
        measurement.added_at.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_never_negative() {
        let decimal = |text| Decimal::parse(text).unwrap();
        let far = Distance::of(decimal("91"), Some(decimal("82")), decimal("100"), Direction::Up).unwrap();
        let reached = Distance::of(decimal("2.5"), Some(decimal("10")), decimal("3"), Direction::Down).unwrap();

        assert_eq!((far.missing.to_string().as_str(), far.reached, far.percent), ("9", false, Some(50)));
        assert_eq!((reached.missing.to_string().as_str(), reached.reached, reached.percent), ("0.0", true, Some(107)));
    }
}
