//! Lists of a community's issues.

use crate::{
    auth::{needs::Anyone, session::Caller},
    db::Sql,
    http::{
        error::{Error, Result},
        page::{self, Listed},
    },
    issue::{
        place::{self, PlaceRow},
        reader,
        rows::{self, CategoryRow},
        search,
    },
    local,
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{CommunityId, FileId, IndicatorId, IssueId},
    issue::{IssuePage, IssueSort, IssueState, IssueSummary, ListIssues, StateCounts},
    names::Slug,
    organisation::Sector,
    page::Page,
    problem::Code,
    time::Timestamp,
    words::Word,
};

/// The issues of a community that the caller may see.
#[utoipa::path(
    tag = "issues",
    params(("slug" = String, Path, description = "The community"), ListIssues),
    responses((status = OK, body = IssuePage)),
)]
#[get("/communities/{slug}/issues")]
pub(crate) async fn list_issues(
    anyone: Anyone,
    slug: Path<Slug>,
    Query(list): Query<ListIssues>,
    app: Data<AppState>,
) -> Result<Listed<IssuePage>> {
    let db = app.db.read();
    let community: Community =
        Sql::with("SELECT id, time_zone FROM community WHERE slug = $1", [slug.into_inner().into()])
            .one(db)
            .await?
            .ok_or_else(|| Error::of(Code::NotFound))?;
    if list.affected.0.iter().any(|group| group.only_in_sums()) && !reader::triages(&anyone, community.id) {
        return Err(Error::of(Code::Forbidden));
    }
    let Page { items, next } = items(db, &anyone, &community, &list).await?;
    let counts = if list.counts.is_empty() { None } else { Some(counts(db, &anyone, &community, &list).await?) };
    Ok(Listed { next: next.clone(), body: IssuePage { items, next, counts } })
}

#[derive(Debug, FromQueryResult)]
pub(super) struct Community {
    pub(super) id: CommunityId,
    pub(super) time_zone: String,
}

/// Where a page ended: the sort, its value, and the number, which tells equal values apart.
#[derive(Debug, Serialize, Deserialize)]
struct Key(IssueSort, i64, i64);

/// One page of the issues that fit.
pub(super) async fn items(
    db: &impl ConnectionTrait,
    caller: &Caller,
    community: &Community,
    list: &ListIssues,
) -> Result<Page<IssueSummary>> {
    let (sort, limit) = (list.sort.unwrap_or(IssueSort::Newest), list.limit.unwrap_or_default());
    let mut sql = select(caller, "", "");
    push_filter(&mut sql, db, community, list);
    if !list.state.is_empty() {
        sql.push(" AND issue.state IN ").bind_all(list.state.0.iter().copied());
    }
    if sort == IssueSort::LongestWaiting {
        sql.push(" AND issue.state IN ('reported', 'open', 'in_progress')");
    }
    if let Some(after) = &list.after {
        let Key(of, value, number) = page::key(after)?;
        if of != sort {
            return Err(Error::of(Code::CursorExpired));
        }
        match sort {
            IssueSort::Newest => sql.push(" AND issue.number < ").bind(number),
            IssueSort::LongestWaiting => sql.push(" AND issue.number > ").bind(number),
            IssueSort::MostSupported => {
                sql.push(" AND (issue.supporters, issue.number) < (").bind(value).push(", ").bind(number).push(")")
            }
            IssueSort::RecentlyChanged => {
                sql.push(" AND (issue.changed_at, issue.number) < (").bind(value).push(", ").bind(number).push(")")
            }
        };
    }
    sql.push(match sort {
        IssueSort::Newest => " ORDER BY issue.number DESC",
        IssueSort::LongestWaiting => " ORDER BY issue.number",
        IssueSort::MostSupported => " ORDER BY issue.supporters DESC, issue.number DESC",
        IssueSort::RecentlyChanged => " ORDER BY issue.changed_at DESC, issue.number DESC",
    });
    sql.push(" LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    let key = |row: &Row| match sort {
        IssueSort::MostSupported => Key(sort, row.supporters, row.number),
        IssueSort::RecentlyChanged => Key(sort, row.changed_at.0, row.number),
        IssueSort::Newest | IssueSort::LongestWaiting => Key(sort, 0, row.number),
    };
    page::page(rows, limit, key, Row::summary)
}

/// More issues of one indicator than these are found in the list of issues.
const MOST_SERVING: i64 = 50;

/// The issues that name the indicator and that the caller may see, those changed last first.
pub(crate) async fn serving(
    db: &impl ConnectionTrait,
    caller: &Caller,
    indicator: IndicatorId,
) -> Result<Vec<IssueSummary>> {
    let mut sql = select(caller, "", "");
    sql.push(" AND issue.indicator_id = ").bind(indicator);
    sql.push(" ORDER BY issue.changed_at DESC, issue.number DESC LIMIT ").bind(MOST_SERVING);
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(Row::summary).collect())
}

/// `SELECT … FROM issue … WHERE <the caller may see it>`, in the shape of [`Row`], with more
/// columns (each with a comma before it) and more tables (each with its JOIN).
pub(crate) fn select(caller: &Caller, more: &str, tables: &str) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT issue.id, issue.number, title.body AS title, issue.state, {}, {}, issue.supporters, issue.comments, issue.private, \
         issue.hidden_at, issue.reported_at, issue.changed_at, issue.answer_by, \
         (SELECT string_agg(sector, ',') FROM issue_organisation WHERE issue_id = issue.id AND taken) AS sectors{more}, \
         CASE WHEN issue.photos > 0 AND ",
        rows::CATEGORY,
        place::COLUMNS,
    ));
    push_photos_shown(&mut sql, caller);
    sql.push(
        " THEN (SELECT file.id FROM file WHERE subject_kind = 'issue' AND subject_id = issue.id AND file.hidden_at IS NULL ORDER BY position LIMIT 1) END AS photo \
         FROM issue JOIN category ON category.id = issue.category_id JOIN wording title ON title.id = issue.title_id \
         JOIN place ON place.id = CASE WHEN ",
    );
    reader::push_works(&mut sql, caller);
    sql.push(" THEN issue.place_id ELSE issue.public_place_id END").push(tables).push(" WHERE ");
    reader::push_visible(&mut sql, caller);
    sql
}

/// Adds the condition that the caller sees the photos: those who work on it always, others once it
/// was triaged, unless its place is blurred.
pub(crate) fn push_photos_shown(sql: &mut Sql, caller: &Caller) {
    sql.push("((NOT issue.blurred AND (issue.state <> 'reported' OR issue.reported_for IS NOT NULL)) OR ");
    reader::push_works(sql, caller);
    sql.push(")");
}

fn push_filter(sql: &mut Sql, db: &impl ConnectionTrait, community: &Community, list: &ListIssues) {
    sql.push(" AND issue.community_id = ").bind(community.id);
    if !list.category.is_empty() {
        sql.push(" AND issue.category_id IN (SELECT id FROM category WHERE community_id = ")
            .bind(community.id)
            .push(" AND slug IN ")
            .bind_all(list.category.0.iter().cloned())
            .push(")");
    }
    if !list.sector.is_empty() {
        sql.push(" AND issue.id IN (SELECT issue_id FROM issue_organisation WHERE taken AND community_id = ")
            .bind(community.id)
            .push(" AND sector IN ")
            .bind_all(list.sector.0.iter().copied())
            .push(")");
    }
    if let Some(organisation) = &list.organisation {
        sql.push(" AND issue.id IN (SELECT issue_id FROM issue_organisation WHERE taken AND community_id = ")
            .bind(community.id)
            .push(" AND organisation_id = (SELECT id FROM organisation WHERE slug = ")
            .bind(organisation.clone())
            .push("))");
    }
    if !list.affected.is_empty() {
        sql.push(" AND issue.id IN (SELECT issue_id FROM issue_affected WHERE community_id = ")
            .bind(community.id)
            .push(" AND affected IN ")
            .bind_all(list.affected.0.iter().copied())
            .push(")");
    }
    if let Some(from) = list.from {
        sql.push(" AND issue.reported_at >= ").bind(local::start_of_day(&community.time_zone, from));
    }
    if let Some(to) = list.to {
        sql.push(" AND issue.reported_at < ").bind(local::end_of_day(&community.time_zone, to));
    }
    if let Some(words) = &list.words {
        search::push_matches(sql, db, community.id, words);
    }
}

#[derive(Debug, FromQueryResult)]
struct Count {
    state: IssueState,
    count: i64,
}

/// How many issues fit, by state; the filter by state itself is left aside.
async fn counts(
    db: &impl ConnectionTrait,
    caller: &Caller,
    community: &Community,
    list: &ListIssues,
) -> Result<StateCounts> {
    let mut sql = Sql::new("SELECT issue.state, count(*) AS count FROM issue WHERE ");
    reader::push_visible(&mut sql, caller);
    push_filter(&mut sql, db, community, list);
    sql.push(" GROUP BY issue.state");
    let mut counts = StateCounts::default();
    for Count { state, count } in sql.all(db).await? {
        *counts.of_mut(state) = count;
    }
    Ok(counts)
}

/// An issue in a list.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Row {
    id: IssueId,
    number: i64,
    title: Option<String>,
    state: IssueState,
    #[sea_orm(nested)]
    category: CategoryRow,
    #[sea_orm(nested)]
    place: PlaceRow,
    supporters: i64,
    comments: i64,
    private: bool,
    hidden_at: Option<Timestamp>,
    reported_at: Timestamp,
    changed_at: Timestamp,
    answer_by: Option<Timestamp>,
    sectors: Option<String>,
    photo: Option<FileId>,
}

impl Row {
    pub(crate) fn summary(self) -> IssueSummary {
        let sectors = self.sectors.unwrap_or_default();
        let mut sectors: Vec<Sector> = sectors.split(',').filter_map(|word| Sector::of(word).ok()).collect();
        sectors.sort();
        sectors.dedup();
        IssueSummary {
            id: self.id,
            number: self.number,
            title: self.title.unwrap_or_default(),
            state: self.state,
            category: self.category.link(),
            place: self.place.shown(),
            photo: self.photo,
            sectors,
            supporters: self.supporters,
            comments: self.comments,
            private: self.private,
            hidden: self.hidden_at.is_some(),
            reported_at: self.reported_at,
            changed_at: self.changed_at,
            answer_by: self.answer_by,
        }
    }
}
