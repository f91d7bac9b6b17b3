//! Making and changing indicators, adding and correcting measurements.

use super::{Decimal, Direction, IndicatorKind};
use crate::body::patch;
use crate::draft::{Draft, Faults, Patch, line, optional_line, text};
use crate::fields::{at_most, day, optional_day, required};
use crate::goal::GoalRef;
use crate::issue::MOST_PHOTOS;
use crate::names::Names;
use crate::problem::{Fault, FieldError};
use crate::upload::UploadClaim;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// `POST /communities/{slug}/indicators`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateIndicatorDraft {
    pub name: Names,
    /// What it is counted in: `%`, `осіб`.
    pub unit: Names,
    #[cfg_attr(feature = "openapi", schema(value_type = IndicatorKind))]
    pub kind: Option<IndicatorKind>,
    #[cfg_attr(feature = "openapi", schema(value_type = Direction))]
    pub direction: Option<Direction>,
    /// Exact decimals are strings: `"12.5"`.
    #[serde(default)]
    pub baseline: Option<String>,
    #[serde(default)]
    pub baseline_day: Option<String>,
    #[serde(default)]
    pub target: Option<String>,
    #[serde(default)]
    pub target_day: Option<String>,
    /// Where the values come from.
    pub source: String,
    #[serde(default)]
    pub goal: Option<GoalRef>,
}

/// An indicator to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndicator {
    pub name: Names,
    pub unit: Names,
    pub kind: IndicatorKind,
    pub direction: Direction,
    pub baseline: Option<Level>,
    /// On its better side of the baseline.
    pub target: Option<Level>,
    /// A line of 1 to 300 characters.
    pub source: String,
    pub goal: Option<GoalRef>,
}

/// A value on a day: where a community began, or where it wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Level {
    pub value: Decimal,
    pub day: NaiveDate,
}

/// The level of two fields: both or neither.
fn level(faults: &mut Faults, field: &str, value: Option<&str>, on: Option<&str>) -> Option<Option<Level>> {
    let day_field = format!("{field}_day");
    let given = |raw: Option<&str>| raw.is_some_and(|text| !text.trim().is_empty());
    if !given(value) && !given(on) {
        return Some(None);
    }
    let value = faults.take(field, Decimal::parse(value.unwrap_or_default()));
    let day = faults.take(&day_field, day(on.unwrap_or_default()));
    value.zip(day).map(|(value, day)| Some(Level { value, day }))
}

impl Draft for CreateIndicatorDraft {
    type Parsed = CreateIndicator;

    fn parse(self) -> Result<CreateIndicator, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.take("name", self.name.parse(200));
        let unit = faults.take("unit", self.unit.parse(30));
        let kind = faults.take("kind", required(self.kind));
        let direction = faults.take("direction", required(self.direction));
        let baseline = level(&mut faults, "baseline", self.baseline.as_deref(), self.baseline_day.as_deref());
        let target = level(&mut faults, "target", self.target.as_deref(), self.target_day.as_deref());
        let source = faults.take("source", line(&self.source, 1, 300));
        let goal = self.goal.map_or(Some(None), |goal| faults.take_draft("goal", goal).map(Some));
        if let (Some(Some(from)), Some(Some(to)), Some(direction)) = (baseline, target, direction) {
            check_way(&mut faults, from, to, direction);
        }
        let whole = || {
            Some(CreateIndicator {
                name: name?,
                unit: unit?,
                kind: kind?,
                direction: direction?,
                baseline: baseline?,
                target: target?,
                source: source?,
                goal: goal?,
            })
        };
        faults.finish(whole())
    }
}

/// A target lies on the better side of the baseline and after it.
fn check_way(faults: &mut Faults, from: Level, to: Level, direction: Direction) {
    let better = match direction {
        Direction::Up => to.value >= from.value,
        Direction::Down => to.value <= from.value,
    };
    if !better {
        faults.push(FieldError::new("target", Fault::DoesNotFit));
    }
    if to.day <= from.day {
        faults.push(FieldError::new("target_day", Fault::BeforeStart));
    }
}

patch! {
    /// `PATCH /indicators/{id}`
    UpdateIndicatorDraft {
        name: Names,
        source: String,
        target: LevelDraft | nullable,
        goal: GoalRef | nullable,
        retired: bool,
    }
}

/// A value on a day, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelDraft {
    pub value: String,
    pub day: String,
}

impl Draft for LevelDraft {
    type Parsed = Level;

    fn parse(self) -> Result<Level, Vec<FieldError>> {
        let mut faults = Faults::new();
        let value = faults.take("value", Decimal::parse(&self.value));
        let day = faults.take("day", day(&self.day));
        faults.finish(value.zip(day).map(|(value, day)| Level { value, day }))
    }
}

/// What changes of an indicator; what is absent stays. What it measures does not change: that
/// would be another indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateIndicator {
    pub name: Option<Names>,
    pub source: Option<String>,
    pub target: Patch<Level>,
    pub goal: Patch<GoalRef>,
    pub retired: Option<bool>,
}

impl Draft for UpdateIndicatorDraft {
    type Parsed = UpdateIndicator;

    fn parse(self) -> Result<UpdateIndicator, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.patch("name", self.name, |name| name.parse(200));
        let source = faults.patch("source", self.source, |source| line(&source, 1, 300));
        let target = match self.target {
            Patch::Value(level) => faults.take_draft("target", level).map(Patch::Value),
            Patch::Null => Some(Patch::Null),
            Patch::Absent => Some(Patch::Absent),
        };
        let goal = match self.goal {
            Patch::Value(goal) => faults.take_draft("goal", goal).map(Patch::Value),
            other => Some(other),
        };
        let retired = faults.patch("retired", self.retired, Ok);
        let whole =
            || Some(UpdateIndicator { name: name?, source: source?, target: target?, goal: goal?, retired: retired? });
        faults.finish(whole())
    }
}

/// `POST /indicators/{id}/measurements`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeasureDraft {
    /// The first day of the period.
    pub from: String,
    /// Its last day; the first when absent.
    #[serde(default)]
    pub to: Option<String>,
    /// An exact decimal: `"12.5"`.
    pub value: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub evidence: Vec<UploadClaim>,
}

/// A value to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub from: NaiveDate,
    /// `from` or later.
    pub to: NaiveDate,
    pub value: Decimal,
    /// At most 1,000 characters, possibly empty.
    pub note: String,
    pub evidence: Vec<UploadClaim>,
}

impl Draft for MeasureDraft {
    type Parsed = Measure;

    fn parse(self) -> Result<Measure, Vec<FieldError>> {
        let mut faults = Faults::new();
        let from = faults.take("from", day(&self.from));
        let to = faults.take("to", optional_day(self.to.as_deref())).map(|to| to.or(from));
        let value = faults.take("value", Decimal::parse(&self.value));
        let note = faults.take("note", text(&self.note, 0, 1000));
        let evidence = faults.take("evidence", at_most(self.evidence, MOST_PHOTOS));
        if let (Some(from), Some(Some(to))) = (from, to)
            && to < from
        {
            faults.push(FieldError::new("to", Fault::BeforeStart));
        }
        let whole = || Some(Measure { from: from?, to: to??, value: value?, note: note?, evidence: evidence? });
        faults.finish(whole())
    }
}

/// `POST /measurements/{id}/correct`: a correction; the old value stays in the history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectMeasurementDraft {
    pub value: String,
    /// Why the value was wrong.
    pub reason: String,
}

/// A corrected value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectMeasurement {
    pub value: Decimal,
    /// A line of 1 to 300 characters.
    pub reason: String,
}

impl Draft for CorrectMeasurementDraft {
    type Parsed = CorrectMeasurement;

    fn parse(self) -> Result<CorrectMeasurement, Vec<FieldError>> {
        let mut faults = Faults::new();
        let value = faults.take("value", Decimal::parse(&self.value));
        let reason = faults.take("reason", optional_line(&self.reason, 300).and_then(required));
        let whole = || Some(CorrectMeasurement { value: value?, reason: reason? });
        faults.finish(whole())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> CreateIndicatorDraft {
        CreateIndicatorDraft {
            name: Names { uk: "Проби води в нормі".into(), en: None },
            unit: Names { uk: "%".into(), en: None },
            kind: Some(IndicatorKind::Impact),
            direction: Some(Direction::Up),
            source: "Водоканал".into(),
            ..CreateIndicatorDraft::default()
        }
    }

    fn fields(draft: CreateIndicatorDraft) -> Vec<(String, Fault)> {
        draft.parse().unwrap_err().into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_target_is_better_and_later_than_the_baseline() {
        let backwards = CreateIndicatorDraft {
            baseline: Some("82".into()),
            baseline_day: Some("2026-01-01".into()),
            target: Some("80".into()),
            target_day: Some("2025-01-01".into()),
            ..draft()
        };

        assert_eq!(
            fields(backwards),
            [("target".to_owned(), Fault::DoesNotFit), ("target_day".to_owned(), Fault::BeforeStart)]
        );
        assert!(draft().parse().is_ok());
    }

    #[test]
    fn a_level_needs_its_value_and_its_day() {
        let half = CreateIndicatorDraft { target: Some("80".into()), ..draft() };

        assert_eq!(fields(half), [("target_day".to_owned(), Fault::Required)]);
    }

    #[test]
    fn a_measurement_of_one_day_begins_and_ends_on_it() {
        let one = MeasureDraft { from: "2026-11-23".into(), value: "91,5".into(), ..MeasureDraft::default() };
        let backwards = MeasureDraft { to: Some("2026-11-22".into()), ..one.clone() };

        let measured = one.parse().unwrap();
        assert_eq!(measured.from, measured.to);
        assert_eq!(backwards.parse().unwrap_err(), [FieldError::new("to", Fault::BeforeStart)]);
    }
}
