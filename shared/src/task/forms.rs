//! Making, changing and finishing tasks.

use crate::body::patch;
use crate::draft::{Draft, Faults, Patch, line, optional_line, text};
use crate::fields::{at_most, day, optional_day};
use crate::ids::{AccountId, IndicatorId};
use crate::issue::MOST_PHOTOS;
use crate::organisation::Sector;
use crate::problem::FieldError;
use crate::upload::UploadClaim;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// `POST /issues/{id}/tasks`
///
/// Of a coordinator it makes a draft; of an organisation it proposes the task and asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTaskDraft {
    pub title: String,
    /// What is there when it is done.
    #[serde(default)]
    pub result: String,
    /// The sector wanted; any when absent.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// The day it is due, `2026-11-23`.
    #[serde(default)]
    pub due: Option<String>,
    /// The indicator it is meant to move.
    #[serde(default)]
    pub indicator: Option<IndicatorId>,
}

/// A task to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTask {
    /// A line of 1 to 120 characters.
    pub title: String,
    /// Plain text of at most 2,000 characters, possibly empty.
    pub result: String,
    pub sector: Option<Sector>,
    pub due: Option<NaiveDate>,
    pub indicator: Option<IndicatorId>,
}

impl Draft for CreateTaskDraft {
    type Parsed = CreateTask;

    fn parse(self) -> Result<CreateTask, Vec<FieldError>> {
        let mut faults = Faults::new();
        let title = faults.take("title", line(&self.title, 1, 120));
        let result = faults.take("result", text(&self.result, 0, 2000));
        let due = faults.take("due", optional_day(self.due.as_deref()));
        let Self { sector, indicator, .. } = self;
        let whole = || Some(CreateTask { title: title?, result: result?, sector, due: due?, indicator });
        faults.finish(whole())
    }
}

patch! {
    /// `PATCH /tasks/{id}`: the coordinator changes what is wanted, the holder who does it and what
    /// blocks it.
    UpdateTaskDraft {
        title: String,
        result: String,
        sector: Sector | nullable,
        due: String | nullable,
        indicator: IndicatorId | nullable,
        /// The member who does it.
        assignee: AccountId | nullable,
        /// What blocks it; null when nothing does.
        blocked: String | nullable,
    }
}

/// What changes of a task; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateTask {
    pub title: Option<String>,
    pub result: Option<String>,
    pub sector: Patch<Sector>,
    pub due: Patch<NaiveDate>,
    pub indicator: Patch<IndicatorId>,
    pub assignee: Patch<AccountId>,
    /// The reason, at most 500 characters.
    pub blocked: Patch<String>,
}

impl Draft for UpdateTaskDraft {
    type Parsed = UpdateTask;

    fn parse(self) -> Result<UpdateTask, Vec<FieldError>> {
        let mut faults = Faults::new();
        let title = faults.patch("title", self.title, |title| line(&title, 1, 120));
        let result = faults.patch("result", self.result, |result| text(&result, 0, 2000));
        let due = faults.optional_patch("due", self.due, |due| day(&due).map(Some));
        let blocked = faults.optional_patch("blocked", self.blocked, |reason| optional_line(&reason, 500));
        let Self { sector, indicator, assignee, .. } = self;
        let whole = || {
            Some(UpdateTask {
                title: title?,
                result: result?,
                sector,
                due: due?,
                indicator,
                assignee,
                blocked: blocked?,
            })
        };
        faults.finish(whole())
    }
}

/// `POST /tasks/{id}/done`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaskDoneDraft {
    /// What was done.
    pub note: String,
    /// Photos and documents that show it.
    #[serde(default)]
    pub evidence: Vec<UploadClaim>,
}

/// That a task is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDone {
    /// 1 to 2,000 characters.
    pub note: String,
    pub evidence: Vec<UploadClaim>,
}

impl Draft for TaskDoneDraft {
    type Parsed = TaskDone;

    fn parse(self) -> Result<TaskDone, Vec<FieldError>> {
        let mut faults = Faults::new();
        let note = faults.take("note", text(&self.note, 1, 2000));
        let evidence = faults.take("evidence", at_most(self.evidence, MOST_PHOTOS));
        let whole = || Some(TaskDone { note: note?, evidence: evidence? });
        faults.finish(whole())
    }
}
