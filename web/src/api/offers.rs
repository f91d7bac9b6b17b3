//! Offers: one organisation is to take one task.

use super::{ApiError, Step, client};
use shared::{
    ids::{OfferId, TaskId},
    names::{OrganisationLink, Slug},
    offer::{MakeOfferDraft, OfferSummary},
    organisation::{ListOrganisations, Sector},
    page::{Limit, Page, Several},
};

/// `POST /tasks/{id}/offers`: the community's offer, or the request of the organisation acted for.
pub async fn make_offer(task: TaskId, draft: &MakeOfferDraft) -> Result<OfferSummary, ApiError> {
    client::post(&format!("/tasks/{task}/offers"), draft).await
}

/// `POST /offers/{id}/accept`
pub fn accept(id: OfferId) -> Step {
    Step::plain(format!("/offers/{id}/accept"))
}

/// `POST /offers/{id}/decline`
pub fn decline(id: OfferId) -> Step {
    Step::with_reason(format!("/offers/{id}/decline"))
}

/// `POST /offers/{id}/withdraw`
pub fn withdraw(id: OfferId) -> Step {
    Step::plain(format!("/offers/{id}/withdraw"))
}

/// `GET /communities/{slug}/organisations`: the verified ones, of one sector or of all.
pub async fn list_organisations_to_ask(
    community: &Slug,
    sector: Option<Sector>,
) -> Result<Page<OrganisationLink>, ApiError> {
    let filter = ListOrganisations {
        sector: Several(sector.into_iter().collect()),
        limit: Limit::try_from(Limit::MOST).ok(),
        ..Default::default()
    };
    client::get(&format!("/communities/{community}/organisations{}", client::query(&filter))).await
}
