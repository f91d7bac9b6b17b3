//! What happens by the clock: each slot puts its job once, whoever of the replicas comes first.
//!
//! Only the latest slot is looked at, so slots missed while nothing ran fire once, not one by one.

use crate::{
    http::error::Result,
    jobs::{self, Job},
    state::AppState,
};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::{Europe::Kyiv, Tz};
use sea_orm::{ConnectionTrait, Statement};
use shared::time::Timestamp;
use std::collections::HashMap;

/// What happens when.
pub(super) const SCHEDULE: &[Schedule] = &[
    Schedule { name: "delete_expired", every: Every::Day { hour: 3, zone: Kyiv }, job: || Job::DeleteExpired },
    Schedule { name: "delete_unclaimed_files", every: Every::Minutes(60), job: || Job::DeleteUnclaimedFiles },
    Schedule { name: "sweep_issues", every: Every::Minutes(15), job: || Job::SweepIssues },
    Schedule { name: "sweep_tasks", every: Every::Minutes(15), job: || Job::SweepTasks },
    Schedule { name: "sweep_commitments", every: Every::Minutes(60), job: || Job::SweepCommitments },
];

/// One line of the schedule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    /// Names its slots in the database; never changed.
    pub(super) name: &'static str,
    pub(super) every: Every,
    pub(super) job: fn() -> Job,
}

/// When slots begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Every {
    /// Each so many minutes since 1970.
    Minutes(i64),
    /// Each day at the hour of that zone's clocks.
    Day { hour: u32, zone: Tz },
}

impl Every {
    /// The beginning of the slot that `now` lies in.
    pub(super) fn latest(self, now: Timestamp) -> Timestamp {
        match self {
            Every::Minutes(minutes) => Timestamp(now.0 - now.0.rem_euclid(minutes * 60_000)),
            Every::Day { hour, zone } => {
                let today = now.to_utc().with_timezone(&zone).date_naive();
                let begin = local(today, hour, zone);
                if begin <= now { begin } else { local(today - Days::new(1), hour, zone) }
            }
        }
    }
}

/// The hour of a day on that zone's clocks: the first of two, and the next one for an hour that is skipped.
fn local(day: NaiveDate, hour: u32, zone: Tz) -> Timestamp {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let clock = day.and_time(time);
    zone.from_local_datetime(&clock)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(clock + TimeDelta::hours(1))).earliest())
        .map_or_else(|| clock.and_utc().into(), |moment| moment.to_utc().into())
}

/// Remembers what has fired, so that the database is asked only when a new slot begins.
#[derive(Debug, Default)]
pub(super) struct Scheduler {
    fired: HashMap<&'static str, Timestamp>,
}

impl Scheduler {
    /// Puts the jobs of slots that have begun.
    pub(super) async fn fire(&mut self, app: &AppState) -> Result<()> {
        for schedule in SCHEDULE {
            let slot = schedule.every.latest(app.clock.now());
            if self.fired.get(schedule.name) != Some(&slot) {
                fire(app, schedule, slot).await?;
                self.fired.insert(schedule.name, slot);
            }
        }
        Ok(())
    }
}

/// Puts the slot's job, unless that slot or a later one has fired; true when it did.
pub(super) async fn fire(app: &AppState, schedule: &Schedule, slot: Timestamp) -> Result<bool> {
    let tx = app.write_as_system().await?;
    let won = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            // A clock that was set back must not fire again what was fired before.
            "INSERT INTO schedule_slot (schedule, slot) SELECT $1, $2 \
             WHERE NOT EXISTS (SELECT 1 FROM schedule_slot WHERE schedule = $1 AND slot > $2) \
             ON CONFLICT (schedule, slot) DO NOTHING",
            [schedule.name.into(), slot.0.into()],
        ))
        .await?
        .rows_affected()
        == 1;
    if won {
        jobs::put(&tx, (schedule.job)()).await?;
    }
    tx.commit().await?;
    Ok(won)
}
