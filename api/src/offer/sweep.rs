//! What time alone does to offers.

use crate::{
    community,
    db::{Sql, Write},
    events::{Told, told},
    http::error::Result,
    offer::store::{self, Found},
    state::AppState,
    task::{self, notice},
};
use sea_orm::FromQueryResult;
use shared::{change::EventKind, ids::OfferId, names::ActingRole, offer::OfferState};

/// So many offers in one go; the next one takes the rest.
const MOST: i64 = 500;

#[derive(Debug, FromQueryResult)]
struct Due {
    id: OfferId,
}

/// Ends offers that nobody answered in time, and reminds of those whose time runs out. Done twice it
/// does nothing more.
pub(crate) async fn sweep(app: &AppState) -> Result<()> {
    let now = app.clock.now();
    let expired = Sql::with(
        "SELECT id FROM offer WHERE state = 'open' AND answer_until <= $1 ORDER BY answer_until LIMIT $2",
        [now.into(), MOST.into()],
    );
    for Due { id } in expired.all(app.db.read()).await? {
        let mut tx = app.write_as_system().await?;
        expire(&mut tx, id).await?;
        tx.commit().await?;
    }
    let reminding = Sql::with(
        "SELECT id FROM offer WHERE state = 'open' AND remind_at IS NOT NULL AND remind_at <= $1 ORDER BY remind_at LIMIT $2",
        [now.into(), MOST.into()],
    );
    for Due { id } in reminding.all(app.db.read()).await? {
        let tx = app.write_as_system().await?;
        remind(&tx, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn expire(tx: &mut Write<'_>, id: OfferId) -> Result<()> {
    let Found { issue, mut task, mut offer } = store::lock_as_system(tx, id).await?;
    let Ok(expired) = offer.rules().expire(tx.at()) else { return Ok(()) };
    offer.become_as(expired, tx.at());
    task.become_as(task.rules().offer_closed()?, tx.at());
    offer.save(tx).await?;
    task.save(tx).await?;
    let told = Told { role: Some(ActingRole::System), ..told(offer.state.as_str()) };
    tx.record(offer.event(EventKind::OfferExpired).data(told));
    if issue.hidden_at.is_none() {
        notice::expired(tx, &issue, &task, &offer).await?;
    }
    task::settle(tx, issue.id).await
}

async fn remind(tx: &Write<'_>, id: OfferId) -> Result<()> {
    let Found { issue, task, offer } = store::lock_as_system(tx, id).await?;
    if offer.state != OfferState::Open || offer.remind_at.is_none_or(|remind_at| remind_at > tx.at()) {
        return Ok(());
    }
    let zone = community::time_zone(tx, offer.community_id).await?;
    Sql::with(
        "UPDATE offer SET remind_at = $1 WHERE id = $2",
        [store::next_reminder(&zone, offer.answer_by, tx.at()).into(), id.into()],
    )
    .run(&**tx)
    .await?;
    if issue.hidden_at.is_some() || offer.answer_until <= tx.at() {
        return Ok(());
    }
    let is_last_day = crate::local::day(&zone, tx.at()) >= offer.answer_by;
    notice::remind(tx, &issue, &task, &offer, is_last_day).await
}
