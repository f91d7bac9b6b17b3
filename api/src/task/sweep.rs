//! What time alone does to tasks.

use crate::{
    db::{Sql, Write},
    events::{Told, told},
    http::error::Result,
    state::AppState,
    task::{
        notice,
        settle::settle,
        store::{self, Locked},
    },
};
use sea_orm::FromQueryResult;
use shared::{change::EventKind, ids::TaskId, names::ActingRole, task::UNVERIFIED};

/// So many tasks in one go; the next one takes the rest.
const MOST: i64 = 500;

#[derive(Debug, FromQueryResult)]
struct Due {
    id: TaskId,
}

/// Lets stand what nobody verified in 14 days. Done twice it does nothing more.
pub(crate) async fn sweep(app: &AppState) -> Result<()> {
    let unverified = Sql::with(
        "SELECT id FROM task WHERE state = 'done' AND done_at <= $1 ORDER BY done_at LIMIT $2",
        [(app.clock.now() - UNVERIFIED).into(), MOST.into()],
    );
    for Due { id } in unverified.all(app.db.read()).await? {
        let mut tx = app.write_as_system().await?;
        let_stand(&mut tx, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn let_stand(tx: &mut Write<'_>, id: TaskId) -> Result<()> {
    let Locked { issue, mut task } = store::lock_as_system(tx, id).await?;
    let Ok(next) = task.rules().stand_unverified(tx.at()) else { return Ok(()) };
    task.become_as(next, tx.at());
    task.save(tx).await?;
    let told = Told { role: Some(ActingRole::System), ..told(task.state.as_str()) };
    tx.record(task.event(EventKind::TaskVerified).data(told));
    if issue.hidden_at.is_none() {
        notice::stands(tx, &issue, &task).await?;
    }
    settle(tx, issue.id).await
}
