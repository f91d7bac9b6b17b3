use crate::{
    auth::needs::Anyone,
    http::{
        error::Result,
        page::{self, List},
    },
    indicator::store,
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use chrono::NaiveDate;
use shared::{
    ids::IndicatorId,
    indicator::{ListMeasurements, Measurement},
    page::Page,
};

/// The values of an indicator, oldest period first.
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path), ListMeasurements), responses((status = OK, body = Page<Measurement>)))]
#[get("/indicators/{id}/measurements")]
pub(super) async fn list_measurements(
    _: Anyone,
    id: Path<IndicatorId>,
    Query(asked): Query<ListMeasurements>,
    app: Data<AppState>,
) -> Result<List<Measurement>> {
    let db = app.db.read();
    store::find(db, *id).await?;
    let mut conditions = vec!["measurement.indicator_id = $1".to_owned()];
    let mut values = vec![id.0.into()];
    if let Some(from) = asked.from {
        values.push(from.into());
        conditions.push(format!("measurement.to_day >= ${}", values.len()));
    }
    if let Some(to) = asked.to {
        values.push(to.into());
        conditions.push(format!("measurement.from_day <= ${}", values.len()));
    }
    if let Some(after) = &asked.after {
        let (to_day, from_day): (NaiveDate, NaiveDate) = page::key(after)?;
        values.extend([to_day.into(), from_day.into()]);
        conditions.push(format!(
            "(measurement.to_day, measurement.from_day) > (${}, ${})",
            values.len() - 1,
            values.len()
        ));
    }
    let limit = asked.limit.unwrap_or_default();
    let rows = store::measurements(db, &conditions.join(" AND "), values, limit.rows() + 1).await?;
    let page = page::page(rows, limit, |row| (row.to_day, row.from_day), |row| row)?;
    Ok(List(Page { items: store::shown(db, page.items).await?, next: page.next }))
}
