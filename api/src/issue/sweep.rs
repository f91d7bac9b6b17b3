//! What time alone does to issues.

use crate::{
    db::{Sql, Write},
    http::error::Result,
    issue::{comment_edit, confirm, notice, pending, store},
    state::AppState,
};
use sea_orm::FromQueryResult;
use shared::{ids::IssueId, issue::SILENCE};

/// So many issues in one go; the next one takes the rest.
const MOST: i64 = 500;

#[derive(Debug, FromQueryResult)]
struct Due {
    id: IssueId,
}

/// Confirms claims that nobody objected to, tells the main coordinators of reports without an
/// answer, and ends pending
/// reports and erases what was kept for long enough. Done twice it does nothing more.
pub async fn sweep(app: &AppState) -> Result<()> {
    let now = app.clock.now();
    let unconfirmed = Sql::with(
        "SELECT id FROM issue WHERE state = 'resolved' AND resolved_at <= $1 AND NOT objection_waits AND hidden_at IS NULL ORDER BY resolved_at LIMIT $2",
        [(now - SILENCE).into(), MOST.into()],
    );
    for Due { id } in unconfirmed.all(app.db.read()).await? {
        let mut tx = app.write_as_system().await?;
        confirm::by_silence(&mut tx, id).await?;
        tx.commit().await?;
    }
    let unanswered = Sql::with(
        "SELECT id FROM issue WHERE answer_by IS NOT NULL AND unanswered_at IS NULL AND answer_by < $1 AND hidden_at IS NULL ORDER BY answer_by LIMIT $2",
        [now.into(), MOST.into()],
    );
    for Due { id } in unanswered.all(app.db.read()).await? {
        let tx = app.write_as_system().await?;
        tell_unanswered(&tx, id).await?;
        tx.commit().await?;
    }
    pending::sweep(app, now, MOST).await?;
    let tx = app.write_as_system().await?;
    comment_edit::erase_past(&tx).await?;
    tx.commit().await
}

async fn tell_unanswered(tx: &Write<'_>, id: IssueId) -> Result<()> {
    let told = Sql::with(
        "UPDATE issue SET unanswered_at = $1 WHERE id = $2 AND unanswered_at IS NULL AND answer_by < $3",
        [tx.at().into(), id.into(), tx.at().into()],
    )
    .run(&**tx)
    .await?;
    if told == 0 {
        return Ok(());
    }
    let issue = store::lock_as_system(tx, id).await?;
    notice::unanswered(tx, &issue).await
}
