use crate::{
    alphabet,
    auth::needs::Anyone,
    community::store::{coordinates, region},
    http::{
        error::Result,
        page::{self, List},
    },
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Query},
};
use sea_orm::{
    FromQueryResult,
    sea_query::{Expr, ExprTrait, Order, SelectStatement},
};
use shared::{
    community::{CommunityKind, CommunitySummary, Katottg, ListCommunities},
    ids::CommunityId,
    names::{Names, Slug},
    page::Page,
};

/// Communities, by name or with the most active first.
#[utoipa::path(tag = "communities", params(ListCommunities), responses((status = OK, body = Page<CommunitySummary>)))]
#[get("/communities")]
pub(crate) async fn list_communities(
    _anyone: Anyone,
    list: Query<ListCommunities>,
    app: Data<AppState>,
) -> Result<List<CommunitySummary>> {
    let db = app.db.read();
    let list = list.into_inner();
    let limit = list.limit.unwrap_or_default();
    let mut select = SelectStatement::new();
    select
        .columns([
            "id",
            "slug",
            "name_uk",
            "name_en",
            "sort_key",
            "katottg",
            "kind",
            "population",
            "centre_lat_e6",
            "centre_lon_e6",
        ])
        .from("community")
        .limit(limit.rows() + 1);
    for pattern in alphabet::patterns(list.words.as_deref().unwrap_or_default()) {
        select.and_where(Expr::col("name_words").like(pattern));
    }
    if let Some(after) = &list.after {
        let (key, id): (Vec<u8>, CommunityId) = page::key(after)?;
        select.and_where(
            Expr::tuple([Expr::col("sort_key"), Expr::col("id")]).gt(Expr::tuple([key.into(), id.0.into()])),
        );
    }
    select.order_by("sort_key", Order::Asc).order_by("id", Order::Asc);
    let rows = Row::find_by_statement(db.get_database_backend().build(&select)).all(db).await?;
    Ok(List(page::page(rows, limit, |row| (row.sort_key.clone(), row.id), CommunitySummary::from)?))
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: CommunityId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    sort_key: Vec<u8>,
    katottg: Katottg,
    kind: CommunityKind,
    population: Option<i64>,
    centre_lat_e6: Option<i32>,
    centre_lon_e6: Option<i32>,
}

impl From<Row> for CommunitySummary {
    fn from(row: Row) -> Self {
        CommunitySummary {
            id: row.id,
            slug: row.slug,
            name: Names { uk: row.name_uk, en: row.name_en },
            kind: row.kind,
            region: region(&row.katottg),
            centre: coordinates(row.centre_lat_e6, row.centre_lon_e6),
            population: row.population,
            issues_open: 0,
            issues_solved: 0,
        }
    }
}
