//! The log, asked for page by page.

use crate::{
    auth::needs::Anyone,
    change::batch,
    community, events,
    http::{answer::Answer, error::Result},
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Query},
};
use shared::change::{Changes, ListChanges};

/// What has happened since, as far as the caller may know it.
///
/// A page may hold fewer changes than `limit` says, even none, while there are more: what the caller
/// may not know is left out, what they could see and can no more is there as `gone`. Go on from
/// `next` until `more` is false; nothing is missed and nothing comes twice.
#[utoipa::path(tag = "changes", params(ListChanges), responses((status = OK, body = Changes)))]
#[get("/changes")]
pub(super) async fn list_changes(
    anyone: Anyone,
    Query(list): Query<ListChanges>,
    app: Data<AppState>,
) -> Result<Answer<Changes>> {
    let db = app.db.read();
    let community = match &list.community {
        Some(slug) => Some(community::link_of_slug(db, slug).await?.id),
        None => None,
    };
    let (since, rows) = (list.since.unwrap_or_default(), list.limit.unwrap_or_default().rows());
    let mut events = events::after(db, since, community, rows + 1).await?;
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    let more = events.len() > rows;
    events.truncate(rows);
    let batch = batch::resolve(db, events).await?;
    let items = batch.tell(db, &anyone, since, community).await?;
    Ok(Answer::ok(Changes { items, next: batch.last().unwrap_or(since), more }))
}
