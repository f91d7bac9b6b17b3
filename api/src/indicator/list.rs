use crate::{
    auth::needs::Anyone,
    community,
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
use sea_orm::ConnectionTrait;
use shared::{
    goal::SDG,
    ids::{CommunityId, IndicatorId},
    indicator::{IndicatorSummary, ListIndicators},
    names::Slug,
    page::Page,
};

/// More indicators than a dashboard shows are found in the list.
const MOST: u64 = 50;

/// The indicators of a community that are still measured, oldest first.
pub(crate) async fn of_community(db: &impl ConnectionTrait, community: CommunityId) -> Result<Vec<IndicatorSummary>> {
    let conditions = "indicator.community_id = $1 AND NOT indicator.retired";
    let rows = store::page(db, conditions, vec![community.0.into()], MOST).await?;
    Ok(rows.into_iter().map(store::Row::summary).collect())
}

/// The indicators of a community, oldest first.
#[utoipa::path(tag = "indicators", params(("slug" = Slug, Path, description = "The community"), ListIndicators), responses((status = OK, body = Page<IndicatorSummary>)))]
#[get("/communities/{slug}/indicators")]
pub(super) async fn list_indicators(
    _: Anyone,
    slug: Path<Slug>,
    Query(asked): Query<ListIndicators>,
    app: Data<AppState>,
) -> Result<List<IndicatorSummary>> {
    let db = app.db.read();
    let community = community::of_slug(db, &slug).await?;
    let mut conditions = vec!["indicator.community_id = $1".to_owned()];
    let mut values = vec![community.0.into()];
    if let Some(after) = &asked.after {
        values.push(page::key::<IndicatorId>(after)?.0.into());
        conditions.push(format!("indicator.id > ${}", values.len()));
    }
    if let Some(goal) = asked.goal {
        values.push(SDG.into());
        conditions.push(format!("indicator.goal_framework = ${}", values.len()));
        values.push(goal.into());
        conditions.push(format!("indicator.goal_code = ${}", values.len()));
    }
    if !asked.kind.is_empty() {
        let places: Vec<String> = asked
            .kind
            .0
            .iter()
            .map(|kind| {
                values.push(kind.as_str().into());
                format!("${}", values.len())
            })
            .collect();
        conditions.push(format!("indicator.kind IN ({})", places.join(", ")));
    }
    let limit = asked.limit.unwrap_or_default();
    let rows = store::page(db, &conditions.join(" AND "), values, limit.rows() + 1).await?;
    let mut page = page::page(rows, limit, |row| row.id, store::Row::summary)?;
    store::add_recent(db, &mut page.items).await?;
    Ok(List(page))
}
