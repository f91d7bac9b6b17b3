use crate::{
    alphabet,
    auth::needs::Anyone,
    community::store::{coordinates, region},
    dashboard,
    db::Sql,
    http::{
        error::{Error, Result},
        page::{self, List},
    },
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Query},
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use shared::{
    community::{CommunityKind, CommunitySort, CommunitySummary, Katottg, ListCommunities},
    ids::CommunityId,
    names::{Names, Slug},
    page::Page,
    problem::Code,
};

/// Communities, by name or with the most active first.
#[utoipa::path(tag = "communities", params(ListCommunities), responses((status = OK, body = Page<CommunitySummary>)))]
#[get("/communities")]
pub(crate) async fn list_communities(
    _anyone: Anyone,
    list: Query<ListCommunities>,
    app: Data<AppState>,
) -> Result<List<CommunitySummary>> {
    let list = list.into_inner();
    let (sort, limit) = (list.sort.unwrap_or(CommunitySort::Name), list.limit.unwrap_or_default());
    let mut sql = Sql::new(
        "SELECT * FROM (SELECT id, slug, name_uk, name_en, sort_key, name_words, katottg, kind, population, centre_lat_e6, centre_lon_e6",
    );
    dashboard::push_columns(&mut sql, app.clock.now());
    sql.push(" FROM community) AS community WHERE (1 = 1)");
    for pattern in alphabet::patterns(list.words.as_deref().unwrap_or_default()) {
        sql.push(" AND name_words LIKE ").bind(pattern);
    }
    if let Some(after) = &list.after {
        push_after(&mut sql, sort, page::key(after)?)?;
    }
    sql.push(match sort {
        CommunitySort::Name => " ORDER BY sort_key, id",
        CommunitySort::MostActive => " ORDER BY activity DESC, sort_key, id",
    });
    sql.push(" LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(app.db.read()).await?;
    let key = |row: &Row| Key(sort, row.activity, row.sort_key.clone(), row.id);
    Ok(List(page::page(rows, limit, key, CommunitySummary::from)?))
}

/// Where a page ended: the sort, how active the last one was, its name's place, and its id.
#[derive(Debug, Serialize, Deserialize)]
struct Key(CommunitySort, i64, Vec<u8>, CommunityId);

fn push_after(sql: &mut Sql, sort: CommunitySort, Key(of, activity, name, id): Key) -> Result<()> {
    if of != sort {
        return Err(Error::of(Code::CursorExpired));
    }
    sql.push(" AND (");
    if sort == CommunitySort::MostActive {
        sql.push("activity < ").bind(activity).push(" OR activity = ").bind(activity).push(" AND ");
    }
    sql.push("(sort_key, id) > (").bind(name).push(", ").bind(id).push("))");
    Ok(())
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
    issues_open: i64,
    issues_solved: i64,
    activity: i64,
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
            issues_open: row.issues_open,
            issues_solved: row.issues_solved,
        }
    }
}
