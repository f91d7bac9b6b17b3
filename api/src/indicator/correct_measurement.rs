use crate::{
    auth::needs::Needs,
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    indicator::store,
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use anyhow::Context;
use sea_orm::{ConnectionTrait, Statement};
use shared::{
    change::{EventKind, Thing},
    ids::MeasurementId,
    indicator::{CorrectMeasurementDraft, Measurement},
    permission::permit,
};

/// Correct a value; what it said before stays visible with the reason.
#[utoipa::path(tag = "indicators", params(("id" = MeasurementId, Path)), request_body = CorrectMeasurementDraft, responses((status = OK, body = Measurement)))]
#[post("/measurements/{id}/correct")]
pub(super) async fn correct_measurement(
    needs: Needs<permit::ManageCommunity>,
    id: Path<MeasurementId>,
    Valid(correction): Valid<CorrectMeasurementDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<Measurement>> {
    let mut tx = app.write(&needs).await?;
    let old = store::measurement(&*tx, *id).await?;
    let indicator = store::find(&*tx, old.indicator_id).await?;
    needs.in_community(indicator.community_id)?;
    if_match.check(old.version)?;
    let (before, backend) = (old.value()?, tx.get_database_backend());
    tx.execute_raw(Statement::from_sql_and_values(
        backend,
        "INSERT INTO correction (measurement_id, version, mantissa, scale, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            id.0.into(),
            old.version.into(),
            before.mantissa().into(),
            i32::from(before.scale()).into(),
            correction.reason.into(),
            tx.at().0.into(),
        ],
    ))
    .await?;
    tx.execute_raw(Statement::from_sql_and_values(
        backend,
        "UPDATE measurement SET mantissa = $2, scale = $3, version = version + 1 WHERE id = $1",
        [id.0.into(), correction.value.mantissa().into(), i32::from(correction.value.scale()).into()],
    ))
    .await?;
    store::settle(&tx, indicator.id).await?;
    let row = store::measurement(&*tx, *id).await?;
    let measurement = store::shown(&*tx, vec![row]).await?.pop().context("show the measurement")?;
    tx.record(
        NewEvent::new(EventKind::MeasurementCorrected, Thing::Measurement, id.0)
            .community(indicator.community_id)
            .by(&needs)
            .data(serde_json::json!({ "indicator": indicator.id })),
    );
    tx.answer(Answer::ok(measurement)).await
}
