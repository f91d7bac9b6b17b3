//! What jobs there are, and how they lie in the table.

use crate::{
    commitment, file,
    http::error::Result,
    issue,
    jobs::{Running, housekeeping},
    mail::Letter,
    offer,
    state::AppState,
    task,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::{ids::FileId, time::Timestamp};

/// A piece of work for later. Each kind keeps what it needs in its payload, mostly ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Job {
    /// Send one mail to one person.
    SendMail(Letter),
    /// Delete what has served its time.
    DeleteExpired,
    /// Delete uploads that nobody claimed.
    DeleteUnclaimedFiles,
    /// Delete the content of files whose rows are gone.
    DeleteStoredFiles(Vec<FileId>),
    /// Confirm by silence, tell of reports without an answer, end what has waited too long.
    SweepIssues,
    /// End and remind of offers without an answer, let stand what nobody verified.
    SweepTasks,
    /// Let deliveries stand that nobody confirmed.
    SweepCommitments,
}

impl Job {
    /// Does it, at least once: a job cut short is done again. What changes only the database can
    /// end with [`Running::finish`] in its transaction, and then happens exactly once.
    pub(super) async fn run(self, app: &AppState, running: &Running) -> Result<()> {
        match self {
            Job::SendMail(letter) => Ok(app.mailer.send(&letter, running.id, app.clock.now()).await?),
            Job::DeleteExpired => housekeeping::delete_expired(app).await,
            Job::DeleteUnclaimedFiles => file::sweep(app).await,
            Job::DeleteStoredFiles(ids) => file::delete_stored(app, &ids).await,
            Job::SweepIssues => issue::sweep(app).await,
            Job::SweepTasks => {
                offer::sweep(app).await?;
                task::sweep(app).await
            }
            Job::SweepCommitments => commitment::sweep(app).await,
        }
    }

    /// Not before this moment.
    pub fn at(self, moment: Timestamp) -> NewJob {
        NewJob { job: self, run_at: Some(moment), unique_key: None }
    }

    /// Only one at a time, waiting or running, with this key.
    pub fn once(self, unique_key: impl Into<String>) -> NewJob {
        NewJob { job: self, run_at: None, unique_key: Some(unique_key.into()) }
    }

    /// The columns `kind` and `payload`.
    pub(super) fn columns(&self) -> serde_json::Result<(String, String)> {
        let mut whole = serde_json::to_value(self)?;
        let kind = whole.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        let payload = whole.get_mut("payload").map(Value::take).unwrap_or_default();
        Ok((kind, payload.to_string()))
    }

    /// The job of a row.
    pub(super) fn of_columns(kind: &str, payload: &str) -> serde_json::Result<Self> {
        let payload: Value = serde_json::from_str(payload)?;
        serde_json::from_value(match payload {
            Value::Null => serde_json::json!({ "kind": kind }),
            payload => serde_json::json!({ "kind": kind, "payload": payload }),
        })
    }
}

/// A job on its way into the table.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub(super) job: Job,
    pub(super) run_at: Option<Timestamp>,
    pub(super) unique_key: Option<String>,
}

impl NewJob {
    /// Not before this moment.
    pub fn at(mut self, moment: Timestamp) -> Self {
        self.run_at = Some(moment);
        self
    }

    /// Only one at a time, waiting or running, with this key.
    pub fn once(mut self, unique_key: impl Into<String>) -> Self {
        self.unique_key = Some(unique_key.into());
        self
    }
}

impl From<Job> for NewJob {
    fn from(job: Job) -> Self {
        Self { job, run_at: None, unique_key: None }
    }
}
