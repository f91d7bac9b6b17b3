//! Hiding a task, and showing it again.

use crate::{db::Write, http::error::Result, task::store, wording};
use shared::{ids::TaskId, time::Timestamp};

/// Takes a task, whose issue is locked, out of sight, or, with nothing, shows it again.
pub(crate) async fn hide(tx: &Write<'_>, id: TaskId, at: Option<Timestamp>) -> Result<()> {
    let mut task = store::find(tx, id).await?;
    task.hidden_at = at;
    task.save(tx).await?;
    let words = [Some(task.title_id), Some(task.result_id), task.blocked_id, task.note_id, task.reason_id];
    wording::hide(tx, &words.into_iter().flatten().collect::<Vec<_>>(), at).await
}
