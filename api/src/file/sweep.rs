//! Clearing away what nobody claimed.

use crate::{file::attach, http::error::Result, state::AppState};
use chrono::TimeDelta;
use shared::ids::FileId;

/// How long an upload waits to be claimed.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// How many go in one transaction.
const AT_ONCE: usize = 200;

/// Deletes uploads that were not claimed in time.
pub async fn sweep(app: &AppState) -> Result<()> {
    loop {
        let tx = app.write_as_system().await?;
        let before = (tx.at() - KEPT).0;
        // Claimed meanwhile, it stays: a claim needs its row unclaimed, and so does this.
        let condition = format!(
            "claimed_at IS NULL AND id IN (SELECT id FROM file WHERE claimed_at IS NULL AND created_at < $1 LIMIT {AT_ONCE})"
        );
        let deleted = attach::delete(&tx, &condition, vec![before.into()]).await?;
        tx.commit().await?;
        if deleted < AT_ONCE {
            return Ok(());
        }
    }
}

/// Deletes the content of files whose rows are gone.
pub async fn delete_stored(app: &AppState, ids: &[FileId]) -> Result<()> {
    for id in ids {
        app.files.delete(*id).await?;
    }
    Ok(())
}
