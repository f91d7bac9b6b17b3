//! A community's dashboard: figures that rollups give and a recount confirms.

mod histogram;

pub use histogram::*;

use crate::commitment::CommitmentTotal;
use crate::indicator::IndicatorSummary;
use crate::issue::{AffectedGroup, StateCounts};
use crate::names::CategoryLink;
use crate::organisation::Sector;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// After how many days an issue that is not solved counts as waiting long.
pub const LONG_WAIT_DAYS: i64 = 30;

/// A sum that may be told in public only when it is this large, for the groups protected so.
pub const LEAST_SUM: i64 = 5;

/// `GET /communities/{slug}/dashboard`; public issues only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// The day in the community's time zone that all figures are of.
    pub day: NaiveDate,
    /// All public issues by their present state.
    pub issues: StateCounts,
    /// Reports that were not triaged within their days.
    pub unanswered: i64,
    pub this_month: MonthFigures,
    pub last_month: MonthFigures,
    pub tasks: Vec<SectorTasks>,
    pub commitments: Vec<CommitmentTotal>,
    /// Issues neither solved nor declined for more than 30 days; categories without any are left out.
    pub waiting_by_category: Vec<WaitingCategory>,
    pub waiting_by_group: Vec<WaitingGroup>,
    pub indicators: Vec<IndicatorSummary>,
}

/// The figures of a calendar month in the community's time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthFigures {
    /// The month's first day.
    pub month: NaiveDate,
    pub reported: i64,
    /// Issues confirmed in it, whoever confirmed.
    pub solved: i64,
    /// Of these, confirmed by residents, never by silence.
    pub confirmed_by_residents: i64,
    /// The median of the time from report to triage; null without any.
    pub to_answer: Option<RoughDuration>,
    /// The median of the time from report to the claim that was confirmed; null without any.
    pub to_solve: Option<RoughDuration>,
}

/// How a sector's tasks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectorTasks {
    pub sector: Sector,
    /// Open offers to organisations of the sector, or from them.
    pub offered: i64,
    /// Accepted or in progress.
    pub accepted: i64,
    /// Done or verified.
    pub done: i64,
    /// Of the accepted, past their due date.
    pub overdue: i64,
}

/// Issues of a category that wait long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingCategory {
    pub category: CategoryLink,
    pub count: i64,
}

/// Issues of an affected group that wait long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingGroup {
    pub group: AffectedGroup,
    /// Null where it is of a group told only in sums, and less than five.
    pub count: Option<i64>,
}

impl WaitingGroup {
    /// The figure as the public may see it.
    pub fn public(group: AffectedGroup, count: i64) -> WaitingGroup {
        let told = !group.only_in_sums() || count >= LEAST_SUM;
        WaitingGroup { group, count: told.then_some(count) }
    }
}
