//! What time alone does to commitments.

use crate::{
    commitment::store,
    db::Sql,
    events::{Told, told},
    http::error::Result,
    state::AppState,
};
use sea_orm::FromQueryResult;
use shared::{change::EventKind, commitment::UNCONFIRMED, ids::CommitmentId, names::ActingRole};

/// So many in one go; the next one takes the rest.
const MOST: i64 = 500;

#[derive(Debug, FromQueryResult)]
struct Due {
    id: CommitmentId,
}

/// Lets deliveries stand that nobody confirmed in 14 days. Done twice it does nothing more.
pub async fn sweep(app: &AppState) -> Result<()> {
    let due = Sql::with(
        "SELECT id FROM commitment WHERE confirmation = 'waiting' AND delivered_at <= $1 ORDER BY delivered_at LIMIT $2",
        [(app.clock.now() - UNCONFIRMED).into(), MOST.into()],
    );
    for Due { id } in due.all(app.db.read()).await? {
        let mut tx = app.write_as_system().await?;
        let mut commitment = store::lock_as_system(&tx, id).await?;
        let Ok(next) = commitment.rules().stand_unconfirmed(tx.at()) else { continue };
        commitment.become_as(next);
        commitment.save(&tx).await?;
        let told = Told { role: Some(ActingRole::System), ..told(commitment.state.as_str()) };
        tx.record(commitment.event(EventKind::CommitmentConfirmed).data(told));
        tx.commit().await?;
    }
    Ok(())
}
