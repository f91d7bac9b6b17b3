use crate::{
    auth::needs::{Anyone, Needs},
    community::store,
    db::sql,
    events::NewEvent,
    http::{
        answer::Answer,
        error::{Error, OnUnique, Result},
        extract::Valid,
        page::List,
    },
    organisation,
    state::AppState,
};
use actix_web::{
    get, post,
    web::{Data, Path},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    category::{Category, CreateCategoryDraft},
    change::{EventKind, Thing},
    ids::{CategoryId, CommunityId, OrganisationId},
    names::{Names, OrganisationLink, Slug},
    organisation::Sector,
    page::Page,
    permission::permit,
    problem::{Code, Fault},
    time::Timestamp,
};

/// The categories of a community in their order, retired ones among them; all on one page.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), responses((status = OK, body = Page<Category>)))]
#[get("/communities/{slug}/categories")]
pub(crate) async fn list_categories(_anyone: Anyone, slug: Path<Slug>, app: Data<AppState>) -> Result<List<Category>> {
    let db = app.db.read();
    let community = store::of_slug(db, &slug).await?;
    let rows: Vec<Row> = sql::all(
        db,
        &format!("{SELECT} WHERE category.community_id = $1 ORDER BY category.position, category.slug"),
        [community.0.into()],
    )
    .await?;
    Ok(List(Page { items: rows.into_iter().map(Category::from).collect(), next: None }))
}

/// A category.
#[utoipa::path(tag = "communities", params(("id" = CategoryId, Path)), responses((status = OK, body = Category)))]
#[get("/categories/{id}")]
pub(crate) async fn find_category(
    _anyone: Anyone,
    id: Path<CategoryId>,
    app: Data<AppState>,
) -> Result<Answer<Category>> {
    let category = Category::from(find(app.db.read(), *id).await?);
    let version = category.version;
    Ok(Answer::ok(category).version(version, version))
}

/// Add a category to a community.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), request_body = CreateCategoryDraft, responses((status = CREATED, body = Category)))]
#[post("/communities/{slug}/categories")]
pub(crate) async fn create_category(
    needs: Needs<permit::ManageCommunity>,
    slug: Path<Slug>,
    Valid(new): Valid<CreateCategoryDraft>,
    app: Data<AppState>,
) -> Result<Answer<Category>> {
    let mut tx = app.write(&needs).await?;
    let community = store::of_slug(&*tx, &slug).await?;
    needs.in_community(community)?;
    if let Some(responsible) = new.organisation {
        check_responsible(&*tx, community, responsible).await?;
    }
    let id = CategoryId(tx.id());
    sql::execute(
        &*tx,
        "INSERT INTO category (id, community_id, slug, name_uk, name_en, icon, organisation_id, answer_days, private, blurred, position, version) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, COALESCE(MAX(position), -1) + 1, 1 FROM category WHERE community_id = $2",
        [
            id.0.into(),
            community.0.into(),
            new.slug.as_str().into(),
            new.name.uk.into(),
            new.name.en.into(),
            new.icon.into(),
            new.organisation.map(|organisation| organisation.0).into(),
            i32::from(new.answer_days).into(),
            new.private.into(),
            new.blurred.into(),
        ],
    )
    .await
    .on_unique("category", "slug", || Error::field("slug", Fault::Taken))?;
    let category = Category::from(find(&*tx, id).await?);
    tx.record(NewEvent::new(EventKind::CategoryCreated, Thing::Category, id.0).community(community).by(&needs));
    tx.answer(Answer::created(category, format!("/api/v1/categories/{id}")).version(1, 1)).await
}

const SELECT: &str = "SELECT category.id, category.community_id, category.slug, category.name_uk, category.name_en, category.icon, category.answer_days, \
    category.private, category.blurred, category.archived_at, category.version, \
    organisation.id AS organisation_id, organisation.slug AS organisation_slug, organisation.name_uk AS organisation_name_uk, \
    organisation.name_en AS organisation_name_en, organisation.sector AS organisation_sector \
    FROM category LEFT JOIN organisation ON organisation.id = category.organisation_id";

#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    pub(super) id: CategoryId,
    pub(super) community_id: CommunityId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    icon: String,
    answer_days: i32,
    private: bool,
    blurred: bool,
    archived_at: Option<Timestamp>,
    version: i64,
    organisation_id: Option<OrganisationId>,
    organisation_slug: Option<Slug>,
    organisation_name_uk: Option<String>,
    organisation_name_en: Option<String>,
    organisation_sector: Option<Sector>,
}

impl From<Row> for Category {
    fn from(row: Row) -> Self {
        let responsible = || {
            Some(OrganisationLink {
                id: row.organisation_id?,
                slug: row.organisation_slug?,
                name: Names { uk: row.organisation_name_uk?, en: row.organisation_name_en },
                sector: row.organisation_sector?,
            })
        };
        Category {
            id: row.id,
            slug: row.slug,
            name: Names { uk: row.name_uk, en: row.name_en },
            icon: row.icon,
            answer_days: u8::try_from(row.answer_days).unwrap_or(u8::MAX),
            private: row.private,
            blurred: row.blurred,
            retired: row.archived_at.is_some(),
            version: row.version,
            organisation: responsible(),
        }
    }
}

/// A category's row; 404 when there is none.
pub(super) async fn find(db: &impl ConnectionTrait, id: CategoryId) -> Result<Row> {
    sql::one(db, &format!("{SELECT} WHERE category.id = $1"), [id.0.into()])
        .await?
        .ok_or_else(|| Error::of(Code::NotFound))
}

/// That the organisation works in the community, or it could not be responsible there.
pub(super) async fn check_responsible(
    db: &impl ConnectionTrait,
    community: CommunityId,
    responsible: OrganisationId,
) -> Result<()> {
    match organisation::verification(db, community, responsible).await? {
        Some(_) => Ok(()),
        None => Err(Error::field("organisation", Fault::Unknown)),
    }
}
