use crate::{
    alphabet,
    auth::needs::Needs,
    community::store,
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::Answer,
        error::{Error, OnUnique, Result},
        extract::Valid,
    },
    state::AppState,
};
use actix_web::{post, web::Data};
use sea_orm::FromQueryResult;
use shared::{
    category::DefaultCategory,
    change::{EventKind, Thing},
    community::{CommunityDetail, CreateCommunity, CreateCommunityDraft, Katottg},
    ids::CommunityId,
    names::Slug,
    permission::permit,
    place::PlacePrecision,
    problem::{Fault, FieldError},
};

/// Admit a community, with the categories every community begins with.
#[utoipa::path(tag = "communities", request_body = CreateCommunityDraft, responses((status = CREATED, body = CommunityDetail)))]
#[post("/communities")]
pub(crate) async fn create_community(
    needs: Needs<permit::ManageCommunities>,
    Valid(new): Valid<CreateCommunityDraft>,
    app: Data<AppState>,
) -> Result<Answer<CommunityDetail>> {
    let mut tx = app.write(&needs).await?;
    check(&tx, &new).await?;
    let id = CommunityId(tx.id());
    admit(&tx, id, &new).await?;
    let community = store::find(&*tx, &new.slug).await?;
    let touched = community.updated_at.0;
    let detail = store::detail(&*tx, &needs, community).await?;
    tx.record(NewEvent::new(EventKind::CommunityCreated, Thing::Community, id.0).community(id).by(&needs));
    let location = format!("/api/v1/communities/{}", new.slug);
    tx.answer(Answer::created(detail, location).version(1, touched)).await
}

/// What only the server knows: which units and time zones there are, and what others have taken.
async fn check(tx: &Write<'_>, new: &CreateCommunity) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: Slug,
        katottg: Katottg,
    }
    let taken: Vec<Row> = sql::all(
        &**tx,
        "SELECT slug, katottg FROM community WHERE slug = $1 OR katottg = $2",
        [new.slug.as_str().into(), new.katottg.as_str().into()],
    )
    .await?;
    let mut faults: Vec<FieldError> = [store::check_unit(&new.katottg), store::check_time_zone(&new.time_zone)]
        .into_iter()
        .filter_map(Result::err)
        .collect();
    if taken.iter().any(|other| other.slug == new.slug) {
        faults.push(FieldError::new("slug", Fault::Taken));
    }
    if taken.iter().any(|other| other.katottg == new.katottg) {
        faults.push(FieldError::new("katottg", Fault::Taken));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Makes it, with the categories every community begins with.
pub(crate) async fn admit(tx: &Write<'_>, id: CommunityId, new: &CreateCommunity) -> Result<()> {
    insert(tx, id, new).await?;
    insert_categories(tx, id).await
}

async fn insert(tx: &Write<'_>, id: CommunityId, new: &CreateCommunity) -> Result<()> {
    sql::execute(
        &**tx,
        "INSERT INTO community (id, slug, name_uk, name_en, sort_key, name_words, katottg, kind, population, centre_lat_e6, centre_lon_e6, \
         time_zone, languages, reports_public_at_once, public_precision, last_issue_number, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 1, $16, $16)",
        [
            id.0.into(),
            new.slug.as_str().into(),
            new.name.uk.as_str().into(),
            new.name.en.clone().into(),
            alphabet::sort_key(&new.name).into(),
            alphabet::name_words(&new.name).into(),
            new.katottg.as_str().into(),
            new.kind.as_str().into(),
            new.population.into(),
            new.centre.map(|centre| centre.lat_e6).into(),
            new.centre.map(|centre| centre.lon_e6).into(),
            new.time_zone.as_str().into(),
            store::tags(&new.languages).into(),
            false.into(),
            PlacePrecision::Exact.as_str().into(),
            tx.at().0.into(),
        ],
    )
    .await
    .on_unique("community", "slug", || Error::field("slug", Fault::Taken))?;
    Ok(())
}

async fn insert_categories(tx: &Write<'_>, community: CommunityId) -> Result<()> {
    for (category, position) in DefaultCategory::ALL.iter().zip(0_i32..) {
        let names = category.names();
        sql::execute(
            &**tx,
            "INSERT INTO category (id, community_id, slug, name_uk, name_en, icon, answer_days, private, blurred, position, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
            [
                tx.id().into(),
                community.0.into(),
                category.as_str().into(),
                names.uk.into(),
                names.en.into(),
                category.icon().into(),
                i32::from(category.answer_days()).into(),
                category.private().into(),
                category.blurred().into(),
                position.into(),
            ],
        )
        .await?;
    }
    Ok(())
}
