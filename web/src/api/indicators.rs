//! Indicators and their measurements.

use super::{ApiError, Versioned, client};
use shared::{
    ids::{IndicatorId, MeasurementId},
    indicator::{
        CorrectMeasurementDraft, CreateIndicatorDraft, IndicatorDetail, IndicatorSummary, ListIndicators,
        ListMeasurements, MeasureDraft, Measurement, UpdateIndicatorDraft,
    },
    names::Slug,
    page::{Limit, Page},
};

/// A chart of more values than this shows no more than one of fewer.
const MOST_VALUES: usize = 1000;

/// `GET /communities/{slug}/indicators`
pub async fn list_indicators(community: &Slug, filter: &ListIndicators) -> Result<Page<IndicatorSummary>, ApiError> {
    client::get(&format!("/communities/{community}/indicators{}", client::query(filter))).await
}

/// `POST /communities/{slug}/indicators`
pub async fn create_indicator(community: &Slug, draft: &CreateIndicatorDraft) -> Result<IndicatorDetail, ApiError> {
    client::post(&format!("/communities/{community}/indicators"), draft).await
}

/// `GET /indicators/{id}`
pub async fn find_indicator(id: IndicatorId) -> Result<Versioned<IndicatorDetail>, ApiError> {
    client::get_versioned(&format!("/indicators/{id}")).await
}

/// `PATCH /indicators/{id}`
pub async fn update_indicator(
    id: IndicatorId,
    etag: &str,
    draft: &UpdateIndicatorDraft,
) -> Result<Versioned<IndicatorDetail>, ApiError> {
    client::patch(&format!("/indicators/{id}"), etag, draft).await
}

/// `GET /indicators/{id}/measurements`, all pages: a chart has no next page.
pub async fn all_measurements(id: IndicatorId) -> Result<Vec<Measurement>, ApiError> {
    let mut asked = ListMeasurements { limit: Limit::try_from(Limit::MOST).ok(), ..ListMeasurements::default() };
    let mut all: Vec<Measurement> = Vec::new();
    loop {
        let path = format!("/indicators/{id}/measurements{}", client::query(&asked));
        let page: Page<Measurement> = client::get(&path).await?;
        all.extend(page.items);
        match page.next {
            Some(next) if all.len() < MOST_VALUES => asked.after = Some(next),
            _ => return Ok(all),
        }
    }
}

/// The address of `GET /indicators/{id}/measurements.csv`.
pub fn csv_address(id: IndicatorId) -> String {
    client::address(&format!("/indicators/{id}/measurements.csv"))
}

/// `POST /indicators/{id}/measurements`
pub async fn create_measurement(id: IndicatorId, draft: &MeasureDraft) -> Result<Measurement, ApiError> {
    client::post(&format!("/indicators/{id}/measurements"), draft).await
}

/// `POST /measurements/{id}/correct`
pub async fn correct_measurement(id: MeasurementId, draft: &CorrectMeasurementDraft) -> Result<Measurement, ApiError> {
    client::post(&format!("/measurements/{id}/correct"), draft).await
}
