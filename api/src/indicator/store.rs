//! Rows of indicators and measurements, and how they are shown.

use crate::{
    auth::session::Caller,
    db::Write,
    file,
    http::error::{Error, Result},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use shared::{
    change::Thing,
    goal::GoalRef,
    ids::{CommunityId, IndicatorId, MeasurementId, OrganisationId},
    indicator::{
        Correction, Decimal, Direction, Distance, IndicatorDetail, IndicatorKind, IndicatorSummary, Level, Measurement,
        RECENT,
    },
    names::{CommunityLink, Names, OrganisationLink, Slug},
    organisation::Sector,
    permission::Permission,
    problem::Code,
    time::Timestamp,
    upload::FileLink,
};
use std::collections::HashMap;

/// The columns of [`Row`], of `indicator` joined with `community`.
const COLUMNS: &str = "indicator.id, indicator.community_id, community.slug AS community_slug, community.name_uk AS community_name_uk, \
     community.name_en AS community_name_en, indicator.name_uk, indicator.name_en, indicator.unit_uk, indicator.unit_en, indicator.kind, \
     indicator.direction, indicator.source, indicator.goal_framework, indicator.goal_code, indicator.baseline_mantissa, \
     indicator.baseline_scale, indicator.baseline_day, indicator.target_mantissa, indicator.target_scale, indicator.target_day, \
     indicator.latest_mantissa, indicator.latest_scale, indicator.latest_day, indicator.retired, indicator.version, indicator.touched";

#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    pub(super) id: IndicatorId,
    pub(super) community_id: CommunityId,
    pub(super) community_slug: Slug,
    community_name_uk: String,
    community_name_en: Option<String>,
    name_uk: String,
    name_en: Option<String>,
    unit_uk: String,
    unit_en: Option<String>,
    kind: IndicatorKind,
    pub(super) direction: Direction,
    pub(super) source: String,
    goal_framework: Option<String>,
    goal_code: Option<String>,
    baseline_mantissa: Option<i64>,
    baseline_scale: Option<i32>,
    baseline_day: Option<NaiveDate>,
    target_mantissa: Option<i64>,
    target_scale: Option<i32>,
    target_day: Option<NaiveDate>,
    latest_mantissa: Option<i64>,
    latest_scale: Option<i32>,
    latest_day: Option<NaiveDate>,
    pub(super) retired: bool,
    pub(super) version: i64,
    pub(super) touched: i64,
}

/// A decimal of two columns; a scale outside 0 to 9 cannot have been stored.
fn decimal(mantissa: i64, scale: i32) -> Option<Decimal> {
    Decimal::new(mantissa, u8::try_from(scale).ok()?)
}

fn level(mantissa: Option<i64>, scale: Option<i32>, day: Option<NaiveDate>) -> Option<Level> {
    Some(Level { value: decimal(mantissa?, scale?)?, day: day? })
}

/// The three columns of a level.
pub(super) fn level_values(level: Option<Level>) -> [Value; 3] {
    [
        level.map(|level| level.value.mantissa()).into(),
        level.map(|level| i32::from(level.value.scale())).into(),
        level.map(|level| level.day).into(),
    ]
}

impl Row {
    pub(super) fn names(&self) -> Names {
        Names { uk: self.name_uk.clone(), en: self.name_en.clone() }
    }

    /// The name of its community.
    pub(super) fn community(&self) -> Names {
        Names { uk: self.community_name_uk.clone(), en: self.community_name_en.clone() }
    }

    pub(super) fn unit(&self) -> Names {
        Names { uk: self.unit_uk.clone(), en: self.unit_en.clone() }
    }

    pub(super) fn goal(&self) -> Option<GoalRef> {
        Some(GoalRef { framework: self.goal_framework.clone()?, code: self.goal_code.clone()? })
    }

    pub(super) fn baseline(&self) -> Option<Level> {
        level(self.baseline_mantissa, self.baseline_scale, self.baseline_day)
    }

    pub(super) fn target(&self) -> Option<Level> {
        level(self.target_mantissa, self.target_scale, self.target_day)
    }

    fn latest(&self) -> Option<Level> {
        level(self.latest_mantissa, self.latest_scale, self.latest_day)
    }

    fn distance(&self) -> Option<Distance> {
        let (latest, target) = (self.latest()?, self.target()?);
        Distance::of(latest.value, self.baseline().map(|level| level.value), target.value, self.direction)
    }

    pub(super) fn summary(self) -> IndicatorSummary {
        IndicatorSummary {
            id: self.id,
            name: self.names(),
            unit: self.unit(),
            kind: self.kind,
            direction: self.direction,
            goal: self.goal(),
            baseline: self.baseline(),
            target: self.target(),
            latest: self.latest(),
            distance: self.distance(),
            recent: Vec::new(),
            retired: self.retired,
        }
    }

    pub(super) fn detail(self, caller: &Caller) -> IndicatorDetail {
        let may_edit = caller.actor().is_some_and(|actor| actor.may_in(Permission::ManageCommunity, self.community_id));
        IndicatorDetail {
            id: self.id,
            community: CommunityLink {
                id: self.community_id,
                slug: self.community_slug.clone(),
                name: Names { uk: self.community_name_uk.clone(), en: self.community_name_en.clone() },
            },
            name: self.names(),
            unit: self.unit(),
            kind: self.kind,
            direction: self.direction,
            goal: self.goal(),
            baseline: self.baseline(),
            target: self.target(),
            latest: self.latest(),
            distance: self.distance(),
            retired: self.retired,
            issues: Vec::new(),
            tasks: Vec::new(),
            may_edit,
            version: self.version,
            source: self.source,
        }
    }
}

/// The indicator, or 404.
pub(super) async fn find(db: &impl ConnectionTrait, id: IndicatorId) -> Result<Row> {
    let sql = format!(
        "SELECT {COLUMNS} FROM indicator JOIN community ON community.id = indicator.community_id WHERE indicator.id = $1"
    );
    Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, [id.0.into()]))
        .one(db)
        .await?
        .ok_or_else(|| Error::of(Code::NotFound))
}

/// Indicators of a community after `after`, oldest first, with conditions in SQL.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    conditions: &str,
    values: Vec<Value>,
    rows: u64,
) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM indicator JOIN community ON community.id = indicator.community_id WHERE {conditions} ORDER BY indicator.id LIMIT {rows}"
    );
    Ok(Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await?)
}

#[derive(Debug, FromQueryResult)]
struct RecentRow {
    indicator_id: IndicatorId,
    mantissa: i64,
    scale: i32,
    to_day: NaiveDate,
}

/// The last values of each, oldest first: one statement for all.
pub(super) async fn add_recent(db: &impl ConnectionTrait, indicators: &mut [IndicatorSummary]) -> Result<()> {
    let measured: Vec<Value> =
        indicators.iter().filter(|one| one.latest.is_some()).map(|one| one.id.0.into()).collect();
    if measured.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=measured.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT indicator_id, mantissa, scale, to_day FROM (SELECT indicator_id, mantissa, scale, to_day, from_day, \
         ROW_NUMBER() OVER (PARTITION BY indicator_id ORDER BY to_day DESC, from_day DESC) AS place \
         FROM measurement WHERE indicator_id IN ({})) AS numbered WHERE place <= {RECENT} ORDER BY to_day, from_day",
        places.join(", ")
    );
    let rows = RecentRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, measured))
        .all(db)
        .await?;
    for row in rows {
        let indicator = indicators.iter_mut().find(|one| one.id == row.indicator_id);
        if let (Some(indicator), Some(value)) = (indicator, decimal(row.mantissa, row.scale)) {
            indicator.recent.push(Level { value, day: row.to_day });
        }
    }
    Ok(())
}

/// After measurements of it have changed: its latest value, and its mark of being touched.
pub(super) async fn settle(tx: &Write<'_>, id: IndicatorId) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE indicator SET touched = touched + 1, \
         latest_mantissa = (SELECT mantissa FROM measurement WHERE indicator_id = $1 ORDER BY to_day DESC, from_day DESC LIMIT 1), \
         latest_scale = (SELECT scale FROM measurement WHERE indicator_id = $1 ORDER BY to_day DESC, from_day DESC LIMIT 1), \
         latest_day = (SELECT to_day FROM measurement WHERE indicator_id = $1 ORDER BY to_day DESC, from_day DESC LIMIT 1) \
         WHERE id = $1",
        [id.0.into()],
    ))
    .await?;
    Ok(())
}

const MEASUREMENT_COLUMNS: &str = "measurement.id, measurement.indicator_id, measurement.from_day, measurement.to_day, measurement.mantissa, \
     measurement.scale, measurement.note, measurement.organisation_id, organisation.slug AS organisation_slug, \
     organisation.name_uk AS organisation_name_uk, organisation.name_en AS organisation_name_en, organisation.sector AS organisation_sector, \
     measurement.added_at, measurement.version";

#[derive(Debug, FromQueryResult)]
pub(super) struct MeasurementRow {
    pub(super) id: MeasurementId,
    pub(super) indicator_id: IndicatorId,
    pub(super) from_day: NaiveDate,
    pub(super) to_day: NaiveDate,
    mantissa: i64,
    scale: i32,
    note: String,
    organisation_id: Option<OrganisationId>,
    organisation_slug: Option<Slug>,
    organisation_name_uk: Option<String>,
    organisation_name_en: Option<String>,
    organisation_sector: Option<Sector>,
    added_at: Timestamp,
    pub(super) version: i64,
}

impl MeasurementRow {
    pub(super) fn value(&self) -> Result<Decimal> {
        Ok(decimal(self.mantissa, self.scale)
            .ok_or_else(|| anyhow::anyhow!("measurement {} is no decimal", self.id))?)
    }

    fn organisation(&self) -> Option<OrganisationLink> {
        Some(OrganisationLink {
            id: self.organisation_id?,
            slug: self.organisation_slug.clone()?,
            name: Names { uk: self.organisation_name_uk.clone()?, en: self.organisation_name_en.clone() },
            sector: self.organisation_sector?,
        })
    }

    /// As it is shown, without evidence and without what it said before.
    pub(super) fn plain(self) -> Result<Measurement> {
        self.shown(Vec::new(), Vec::new())
    }

    fn shown(self, corrections: Vec<Correction>, evidence: Vec<FileLink>) -> Result<Measurement> {
        Ok(Measurement {
            id: self.id,
            from: self.from_day,
            to: self.to_day,
            value: self.value()?,
            organisation: self.organisation(),
            note: self.note,
            evidence,
            added_at: self.added_at,
            corrections,
            version: self.version,
        })
    }
}

/// Measurements with conditions in SQL, oldest period first.
pub(super) async fn measurements(
    db: &impl ConnectionTrait,
    conditions: &str,
    values: Vec<Value>,
    rows: u64,
) -> Result<Vec<MeasurementRow>> {
    let sql = format!(
        "SELECT {MEASUREMENT_COLUMNS} FROM measurement LEFT JOIN organisation ON organisation.id = measurement.organisation_id \
         WHERE {conditions} ORDER BY measurement.to_day, measurement.from_day LIMIT {rows}"
    );
    Ok(MeasurementRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await?)
}

/// One measurement, or 404.
pub(super) async fn measurement(db: &impl ConnectionTrait, id: MeasurementId) -> Result<MeasurementRow> {
    measurements(db, "measurement.id = $1", vec![id.0.into()], 1).await?.pop().ok_or_else(|| Error::of(Code::NotFound))
}

#[derive(Debug, FromQueryResult)]
struct CorrectionRow {
    measurement_id: MeasurementId,
    mantissa: i64,
    scale: i32,
    reason: String,
    at: Timestamp,
}

/// The measurements as they are shown, with evidence and what each said before. Two more statements
/// for all.
pub(super) async fn shown(db: &impl ConnectionTrait, rows: Vec<MeasurementRow>) -> Result<Vec<Measurement>> {
    // Of a measurement that was never corrected there is nothing to ask for.
    let corrected: Vec<Value> = rows.iter().filter(|row| row.version > 1).map(|row| row.id.0.into()).collect();
    let mut corrections: HashMap<MeasurementId, Vec<Correction>> = HashMap::new();
    if !corrected.is_empty() {
        let places: Vec<String> = (1..=corrected.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT measurement_id, mantissa, scale, reason, at FROM correction WHERE measurement_id IN ({}) ORDER BY measurement_id, version DESC",
            places.join(", ")
        );
        for row in
            CorrectionRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, corrected))
                .all(db)
                .await?
        {
            if let Some(value) = decimal(row.mantissa, row.scale) {
                corrections.entry(row.measurement_id).or_default().push(Correction {
                    value,
                    at: row.at,
                    reason: row.reason,
                });
            }
        }
    }
    let mut evidence = file::links(db, Thing::Measurement, rows.iter().map(|row| row.id.0)).await?;
    rows.into_iter()
        .map(|row| {
            let corrections = corrections.remove(&row.id).unwrap_or_default();
            let evidence = evidence.remove(&row.id.0).unwrap_or_default();
            row.shown(corrections, evidence)
        })
        .collect()
}
