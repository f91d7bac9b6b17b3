//! A community's dashboard.

use super::{ApiError, client};
use shared::{dashboard::Dashboard, names::Slug};

/// `GET /communities/{slug}/dashboard`
pub async fn find_dashboard(community: &Slug) -> Result<Dashboard, ApiError> {
    client::get(&format!("/communities/{community}/dashboard")).await
}
