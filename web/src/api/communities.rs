//! Communities.

use super::{ApiError, client};
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
