use crate::{
    auth::needs::Needs,
    community,
    events::NewEvent,
    http::{answer::Answer, error::Result, extract::Valid},
    indicator::store,
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::{ConnectionTrait, Statement, Value};
use shared::{
    change::{EventKind, Thing},
    ids::IndicatorId,
    indicator::{CreateIndicatorDraft, IndicatorDetail},
    names::Slug,
    permission::permit,
};

/// Add an indicator to a community.
#[utoipa::path(tag = "indicators", params(("slug" = Slug, Path, description = "The community")), request_body = CreateIndicatorDraft, responses((status = CREATED, body = IndicatorDetail)))]
#[post("/communities/{slug}/indicators")]
pub(super) async fn create_indicator(
    needs: Needs<permit::ManageCommunity>,
    slug: Path<Slug>,
    Valid(new): Valid<CreateIndicatorDraft>,
    app: Data<AppState>,
) -> Result<Answer<IndicatorDetail>> {
    let mut tx = app.write(&needs).await?;
    let community = community::of_slug(&*tx, &slug).await?;
    needs.in_community(community)?;
    let (id, at) = (IndicatorId(tx.id()), tx.at());
    let mut values: Vec<Value> = vec![
        id.0.into(),
        community.0.into(),
        new.name.uk.into(),
        new.name.en.into(),
        new.unit.uk.into(),
        new.unit.en.into(),
        new.kind.as_str().into(),
        new.direction.as_str().into(),
        new.source.into(),
        new.goal.as_ref().map(|goal| goal.framework.clone()).into(),
        new.goal.map(|goal| goal.code).into(),
    ];
    values.extend(store::level_values(new.baseline));
    values.extend(store::level_values(new.target));
    values.push(at.0.into());
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO indicator (id, community_id, name_uk, name_en, unit_uk, unit_en, kind, direction, source, goal_framework, goal_code, \
         baseline_mantissa, baseline_scale, baseline_day, target_mantissa, target_scale, target_day, retired, version, touched, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, FALSE, 1, 0, $18, $18)",
        values,
    ))
    .await?;
    let row = store::find(&*tx, id).await?;
    tx.record(NewEvent::new(EventKind::IndicatorCreated, Thing::Indicator, id.0).community(community).by(&needs));
    let (version, touched) = (row.version, row.touched);
    tx.answer(Answer::created(row.detail(&needs), format!("/api/v1/indicators/{id}")).version(version, touched)).await
}
