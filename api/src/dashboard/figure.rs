//! What is counted, and by what.

use chrono::{Datelike, NaiveDate};
use shared::ids::CommunityId;
use std::collections::BTreeMap;

/// What is counted. The words are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// Issues by their present state.
    Issues,
    /// Reports that wait for triage, by the day of their answer; also those that are not public
    /// yet, unless they are private or hidden.
    Unanswered,
    /// Issues neither solved nor declined, by category: all of them, and by the day of the report.
    /// Those that wait long are all without those of the latest days, which are few rows.
    Waiting,
    /// The same by affected group.
    WaitingGroup,
    /// Issues by the month of their report.
    Reported,
    /// Issues by the month of their triage, with the time it took.
    Answered,
    /// Issues by who confirmed and the month of it, with the time to the claim.
    Solved,
    /// Open offers by the organisation's sector.
    Offered,
    /// Tasks accepted or in progress, by the holder's sector.
    Accepted,
    /// The same by the day they are due, where they have one.
    Due,
    /// The same by the month they are due: what is overdue is whole months and the days of this one,
    /// which are few rows.
    DueMonth,
    /// Tasks done or verified, by the holder's sector.
    Done,
    /// Amounts accepted and not delivered, by sector, kind and unit.
    Promised,
    /// Amounts delivered, by sector, kind and unit.
    Delivered,
}

impl Figure {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Figure::Issues => "issues",
            Figure::Unanswered => "unanswered",
            Figure::Waiting => "waiting",
            Figure::WaitingGroup => "waiting_group",
            Figure::Reported => "reported",
            Figure::Answered => "answered",
            Figure::Solved => "solved",
            Figure::Offered => "offered",
            Figure::Accepted => "accepted",
            Figure::Due => "due",
            Figure::DueMonth => "due_month",
            Figure::Done => "done",
            Figure::Promised => "promised",
            Figure::Delivered => "delivered",
        }
    }
}

/// Where no day is meant.
pub(super) fn no_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The day a month is named by.
pub(super) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The same of the month before.
pub(super) fn first_of_month_before(day: NaiveDate) -> NaiveDate {
    first_of_month(day).pred_opt().map_or(day, first_of_month)
}

/// The row something is counted in. Their order is the one in which rows are written, always.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) community: CommunityId,
    pub(super) figure: &'static str,
    pub(super) subject: String,
    pub(super) day: NaiveDate,
    pub(super) bucket: i32,
}

/// How much is counted where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally(pub(super) BTreeMap<Key, i64>);

impl Tally {
    /// Adds the counts of another, `times` over.
    pub(super) fn add(&mut self, other: &Tally, times: i64) {
        for (key, count) in &other.0 {
            *self.0.entry(key.clone()).or_default() += times * count;
        }
    }
}
