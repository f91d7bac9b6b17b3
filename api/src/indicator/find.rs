use crate::{
    auth::needs::Anyone,
    http::{answer::Answer, error::Result},
    indicator::store,
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use shared::{ids::IndicatorId, indicator::IndicatorDetail};

/// One indicator.
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path)), responses((status = OK, body = IndicatorDetail)))]
#[get("/indicators/{id}")]
pub(super) async fn find_indicator(
    anyone: Anyone,
    id: Path<IndicatorId>,
    app: Data<AppState>,
) -> Result<Answer<IndicatorDetail>> {
    let row = store::find(app.db.read(), *id).await?;
    let (version, touched) = (row.version, row.touched);
    Ok(Answer::ok(row.detail(&anyone)).version(version, touched))
}
