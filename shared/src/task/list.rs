//! Tasks as they are listed and read.

use super::{TaskAction, TaskSort, TaskState, VerifiedBy};
use crate::body::query;
use crate::commitment::CommitmentSummary;
use crate::ids::{AccountId, TaskId};
use crate::names::{IndicatorLink, IssueLink, OrganisationLink, Slug};
use crate::offer::OfferSummary;
use crate::organisation::Sector;
use crate::page::Several;
use crate::time::Timestamp;
use crate::upload::FileLink;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

query! {
    /// `GET /communities/{slug}/tasks`
    ListTasks {
        state: Several<TaskState>,
        /// Of the holder, or where nobody has it, the sector wanted.
        sector: Several<Sector>,
        /// The slug of the holder.
        organisation: Option<Slug>,
        /// Only those that are, or are not, past their due date and unfinished.
        overdue: Option<bool>,
        /// Recently changed first when absent.
        sort: Option<TaskSort>,
    }
}

query! {
    /// `GET /issues/{id}/tasks`, oldest first.
    ListIssueTasks {}
}

/// A task in a list or on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskSummary {
    pub id: TaskId,
    pub issue: IssueLink,
    pub title: String,
    pub state: TaskState,
    /// The sector wanted; any when null.
    pub sector: Option<Sector>,
    pub holder: Option<OrganisationLink>,
    pub due: Option<NaiveDate>,
    /// Past its due date and unfinished.
    pub overdue: bool,
    pub blocked: bool,
    pub open_offers: i64,
    pub changed_at: Timestamp,
    /// What the reader may do with it now.
    pub actions: Vec<TaskAction>,
    pub version: i64,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskDetail {
    pub id: TaskId,
    pub issue: IssueLink,
    pub title: String,
    /// Whether a moderator has hidden it: then its own side and those who look after the community see it.
    pub hidden: bool,
    /// What is there when it is done; plain text, possibly empty.
    pub result: String,
    pub state: TaskState,
    pub sector: Option<Sector>,
    pub holder: Option<OrganisationLink>,
    /// For the holder's members.
    pub assignee: Option<Assignee>,
    pub due: Option<NaiveDate>,
    pub overdue: bool,
    /// What blocks it.
    pub blocked: Option<String>,
    pub indicator: Option<IndicatorLink>,
    /// All that the reader may see, newest first.
    pub offers: Vec<OfferSummary>,
    pub commitments: Vec<CommitmentSummary>,
    pub done: Option<DoneNote>,
    pub verified_by: Option<VerifiedBy>,
    pub verified_at: Option<Timestamp>,
    /// Why it was returned, released, recalled or cancelled last.
    pub reason: Option<String>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub actions: Vec<TaskAction>,
    pub version: i64,
}

/// The member who does a task, as fellow members see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assignee {
    pub account: AccountId,
    pub name: String,
}

/// What the holder said when it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoneNote {
    pub at: Timestamp,
    pub note: String,
    pub evidence: Vec<FileLink>,
}
