//! The inbox.

use super::{ApiError, client};
use serde::Deserialize;
use shared::inbox::{InboxPage, ListInbox};

/// `GET /inbox`
pub async fn list_inbox(filter: &ListInbox) -> Result<InboxPage, ApiError> {
    client::get(&format!("/inbox{}", client::query(filter))).await
}

/// How much the answer of [`list_inbox`] counts. The header shows it on every page, so it reads no more
/// than it shows.
pub async fn count_inbox() -> Result<u64, ApiError> {
    #[derive(Deserialize)]
    struct Counts {
        counts: Vec<Of>,
    }
    #[derive(Deserialize)]
    struct Of {
        count: u64,
    }
    let Counts { counts } = client::get("/inbox?limit=1").await?;
    Ok(counts.iter().map(|of| of.count).sum())
}
