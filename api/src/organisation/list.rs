use crate::{
    alphabet,
    auth::needs::Anyone,
    community,
    http::{
        error::{Error, Result},
        page::{self, List},
    },
    state::AppState,
    task::{self, Held},
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Order, Query as Select, SelectStatement},
};
use shared::{
    ids::{CommunityId, OrganisationId},
    names::{Names, Slug},
    organisation::{ListOrganisations, OrganisationSummary, Sector, Verification},
    page::Page,
    permission::Permission,
    problem::Fault,
};

/// Organisations in the order of their names: those that some community has verified. The main
/// coordinator sees all.
#[utoipa::path(tag = "organisations", params(ListOrganisations), responses((status = OK, body = Page<OrganisationSummary>)))]
#[get("/organisations")]
pub(crate) async fn list_organisations(
    anyone: Anyone,
    list: Query<ListOrganisations>,
    app: Data<AppState>,
) -> Result<List<OrganisationSummary>> {
    if !list.verification.is_empty() {
        return Err(Error::field("verification", Fault::DoesNotFit));
    }
    let mut select = matching(&list)?;
    if anyone.actor().is_none_or(|actor| !actor.main_coordinator) {
        let verified = Select::select()
            .expr(Expr::val(1))
            .from("organisation_area")
            .and_where(Expr::col(("organisation_area", "organisation_id")).equals(("organisation", "id")))
            .and_where(Expr::col(("organisation_area", "verification")).eq(Verification::Verified.as_str()))
            .take();
        select.and_where(Expr::exists(verified));
    }
    select.expr_as(Expr::val(None::<String>), "verification");
    answer(app.db.read(), &select, &list, None).await
}

/// The organisations that serve a community, in the order of their names. Those it has not
/// verified are for its coordinators.
#[utoipa::path(
    tag = "organisations",
    params(("slug" = String, Path, example = "kalynova"), ListOrganisations),
    responses((status = OK, body = Page<OrganisationSummary>))
)]
#[get("/communities/{slug}/organisations")]
pub(crate) async fn list_community_organisations(
    anyone: Anyone,
    slug: Path<Slug>,
    list: Query<ListOrganisations>,
    app: Data<AppState>,
) -> Result<List<OrganisationSummary>> {
    let db = app.db.read();
    let community = community::of_slug(db, &slug).await?;
    let mut select = matching(&list)?;
    select
        .column(("organisation_area", "verification"))
        .inner_join(
            "organisation_area",
            Expr::col(("organisation_area", "organisation_id")).equals(("organisation", "id")),
        )
        .and_where(Expr::col(("organisation_area", "community_id")).eq(community.0));
    if !list.verification.is_empty() {
        select.and_where(
            Expr::col(("organisation_area", "verification"))
                .is_in(list.verification.0.iter().map(|word| word.as_str())),
        );
    }
    if anyone.actor().is_none_or(|actor| !actor.may_in(Permission::ManageCommunity, community)) {
        select.and_where(Expr::col(("organisation_area", "verification")).eq(Verification::Verified.as_str()));
    }
    answer(db, &select, &list, Some(community)).await
}

/// What both lists have: sectors, words, order, and where the page begins.
fn matching(list: &ListOrganisations) -> Result<SelectStatement> {
    let mut select = Select::select();
    select
        .columns(["id", "slug", "name_uk", "name_en", "sector", "sort_key"].map(|column| ("organisation", column)))
        .from("organisation")
        .order_by(("organisation", "sort_key"), Order::Asc)
        .order_by(("organisation", "id"), Order::Asc)
        .limit(list.limit.unwrap_or_default().rows() + 1);
    if !list.sector.is_empty() {
        select
            .and_where(Expr::col(("organisation", "sector")).is_in(list.sector.0.iter().map(|sector| sector.as_str())));
    }
    for pattern in alphabet::patterns(list.words.as_deref().unwrap_or_default()) {
        select.and_where(Expr::col(("organisation", "name_words")).like(pattern));
    }
    if let Some(after) = &list.after {
        let (key, id): (Vec<u8>, OrganisationId) = page::key(after)?;
        let place = Expr::tuple([Expr::col(("organisation", "sort_key")), Expr::col(("organisation", "id"))]);
        select.and_where(place.gt(Expr::tuple([Expr::val(key), Expr::val(id.0)])));
    }
    Ok(select)
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: OrganisationId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    sector: Sector,
    sort_key: Vec<u8>,
    verification: Option<Verification>,
}

async fn answer(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
    list: &ListOrganisations,
    community: Option<CommunityId>,
) -> Result<List<OrganisationSummary>> {
    let rows = Row::find_by_statement(db.get_database_backend().build(select)).all(db).await?;
    let held = task::held(db, rows.iter().map(|row| row.id), community).await?;
    let page = page::page(
        rows,
        list.limit.unwrap_or_default(),
        |row| (row.sort_key.clone(), row.id),
        |row| {
            let held = held.get(&row.id).copied().unwrap_or_default();
            row.summary(held)
        },
    )?;
    Ok(List(page))
}

impl Row {
    fn summary(self, held: Held) -> OrganisationSummary {
        OrganisationSummary {
            id: self.id,
            slug: self.slug,
            name: Names { uk: self.name_uk, en: self.name_en },
            sector: self.sector,
            verification: self.verification,
            tasks_active: held.active,
            tasks_done: held.done,
        }
    }
}
