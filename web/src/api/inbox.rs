//! The inbox.

use super::{ApiError, client};
use serde::Deserialize;
use shared::inbox::InboxCount;

/// What the header needs of `GET /inbox`; reading no more keeps the rest out of the first part of the app.
#[derive(Deserialize)]
struct Counts {
    counts: Vec<InboxCount>,
}

/// How many things wait in the inbox.
pub async fn count_inbox() -> Result<u64, ApiError> {
    let Counts { counts } = client::get("/inbox?limit=1").await?;
    Ok(counts.iter().map(|reason| u64::try_from(reason.count).unwrap_or_default()).sum())
}
