use crate::{
    auth::needs::Needs,
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    indicator::{find, store},
    state::AppState,
};
use actix_web::{
    patch,
    web::{Data, Path},
};
use sea_orm::{ConnectionTrait, Statement, Value};
use shared::{
    change::{EventKind, Thing},
    ids::IndicatorId,
    indicator::{Direction, IndicatorDetail, UpdateIndicatorDraft},
    permission::permit,
    problem::Fault,
};

/// Change an indicator; unit, kind and direction stay, since its values were measured so.
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path)), request_body = UpdateIndicatorDraft, responses((status = OK, body = IndicatorDetail)))]
#[patch("/indicators/{id}")]
pub(super) async fn update_indicator(
    needs: Needs<permit::ManageCommunity>,
    id: Path<IndicatorId>,
    Valid(change): Valid<UpdateIndicatorDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<IndicatorDetail>> {
    let mut tx = app.write(&needs).await?;
    let old = store::find(&*tx, *id).await?;
    needs.in_community(old.community_id)?;
    if_match.require(old.version)?;
    let name = change.name.unwrap_or_else(|| old.names());
    let goal = change.goal.apply(old.goal());
    let target = change.target.apply(old.target());
    if let (Some(from), Some(to)) = (old.baseline(), target) {
        let worse = match old.direction {
            Direction::Up => to.value < from.value,
            Direction::Down => to.value > from.value,
        };
        if worse {
            return Err(Error::field("target.value", Fault::DoesNotFit));
        }
        if to.day <= from.day {
            return Err(Error::field("target.day", Fault::BeforeStart));
        }
    }
    let mut values: Vec<Value> = vec![
        id.0.into(),
        name.uk.into(),
        name.en.into(),
        change.source.unwrap_or(old.source).into(),
        goal.as_ref().map(|goal| goal.framework.clone()).into(),
        goal.map(|goal| goal.code).into(),
        change.retired.unwrap_or(old.retired).into(),
        tx.at().0.into(),
    ];
    values.extend(store::level_values(target));
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE indicator SET name_uk = $2, name_en = $3, source = $4, goal_framework = $5, goal_code = $6, retired = $7, updated_at = $8, \
         target_mantissa = $9, target_scale = $10, target_day = $11, version = version + 1 WHERE id = $1",
        values,
    ))
    .await?;
    let row = store::find(&*tx, *id).await?;
    tx.record(
        NewEvent::new(EventKind::IndicatorChanged, Thing::Indicator, id.0).community(row.community_id).by(&needs),
    );
    let answer = find::answer(&*tx, &needs, tx.at(), row).await?;
    tx.answer(answer).await
}
