use crate::{
    auth::needs::Needs,
    community,
    events::NewEvent,
    file,
    http::{
        answer::Answer,
        error::{Error, OnUnique, Result},
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
    ids::{IndicatorId, MeasurementId},
    indicator::{MeasureDraft, Measurement},
    permission::permit,
    problem::Fault,
};

/// Add a value to an indicator. A period has one value: a second is a correction of the first.
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path)), request_body = MeasureDraft, responses((status = CREATED, body = Measurement)))]
#[post("/indicators/{id}/measurements")]
pub(super) async fn create_measurement(
    needs: Needs<permit::ManageCommunity>,
    indicator: Path<IndicatorId>,
    Valid(new): Valid<MeasureDraft>,
    app: Data<AppState>,
) -> Result<Answer<Measurement>> {
    let mut tx = app.write(&needs).await?;
    let row = store::find(&*tx, *indicator).await?;
    needs.in_community(row.community_id)?;
    if new.to > community::today(&tx, row.community_id).await? {
        return Err(Error::field(if new.from == new.to { "from" } else { "to" }, Fault::InTheFuture));
    }
    let id = MeasurementId(tx.id());
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO measurement (id, indicator_id, from_day, to_day, mantissa, scale, note, organisation_id, added_by, added_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        [
            id.0.into(),
            indicator.0.into(),
            new.from.into(),
            new.to.into(),
            new.value.mantissa().into(),
            i32::from(new.value.scale()).into(),
            new.note.into(),
            needs.acting_for().map(|organisation| organisation.0).into(),
            needs.actor().account_id.0.into(),
            tx.at().0.into(),
        ],
    ))
    .await
    .on_unique("measurement", "to_day", || Error::field("from", Fault::Taken))?;
    let subject = file::Subject { kind: Thing::Measurement, id: id.0, community: row.community_id };
    file::claim(&tx, &new.evidence, None, subject, "evidence").await?;
    store::settle(&tx, *indicator).await?;
    let row_added = store::measurement(&*tx, id).await?;
    let measurement = store::shown(&*tx, vec![row_added]).await?.pop().context("show the measurement")?;
    tx.record(
        NewEvent::new(EventKind::MeasurementAdded, Thing::Measurement, id.0)
            .community(row.community_id)
            .by(&needs)
            .data(serde_json::json!({ "indicator": indicator.0 })),
    );
    tx.answer(Answer::created(measurement, format!("/api/v1/indicators/{indicator}/measurements"))).await
}
