//! Communities.

use super::{ApiError, client};
use serde::de::DeserializeOwned;
use shared::{
    community::{CommunityDetail, CommunitySummary, ListCommunities},
    page::Page,
};

/// `GET /communities`
pub async fn list_communities(filter: &ListCommunities) -> Result<Page<CommunitySummary>, ApiError> {
    client::get(&format!("/communities{}", client::query(filter))).await
}

/// `GET /communities/{slug}`
pub async fn find_community(slug: &str) -> Result<CommunityDetail, ApiError> {
    client::get(&format!("/communities/{slug}")).await
}

/// As much of [`find_community`]'s answer as `T` asks for: the frame is on every page, and reads no more than
/// it shows.
pub async fn name_community<T: DeserializeOwned>(slug: &str) -> Result<T, ApiError> {
    client::get(&format!("/communities/{slug}")).await
}
