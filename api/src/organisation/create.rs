use crate::{
    alphabet,
    auth::{
        limits::{self, ORGANISATIONS_OF_ACCOUNT},
        needs::Needs,
    },
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::Answer,
        error::{Error, OnUnique, Result},
        extract::Valid,
    },
    organisation::{areas, members, store},
    state::AppState,
};
use actix_web::{post, web::Data};
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    ids::OrganisationId,
    names::Slug,
    organisation::{MemberRole, OrganisationDetail, RegisterOrganisation, RegisterOrganisationDraft, Sector},
    permission::permit,
    problem::{Code, Fault},
};
use std::collections::HashSet;

/// Register an organisation and become its owner. The communities it serves see it as unverified;
/// the sector `authority` is the main coordinator's to give.
#[utoipa::path(tag = "organisations", request_body = RegisterOrganisationDraft, responses((status = CREATED, body = OrganisationDetail)))]
#[post("/organisations")]
pub(crate) async fn create_organisation(
    needs: Needs<permit::RegisterOrganisation>,
    Valid(new): Valid<RegisterOrganisationDraft>,
    app: Data<AppState>,
) -> Result<Answer<OrganisationDetail>> {
    if new.sector == Sector::Authority && !needs.actor().main_coordinator {
        return Err(Error::of(Code::Forbidden));
    }
    let mut tx = app.write(&needs).await?;
    if !needs.actor().main_coordinator {
        limits::within(&tx, &ORGANISATIONS_OF_ACCOUNT, &needs.actor().account_id.to_string()).await?;
    }
    let id = OrganisationId(tx.id());
    let slug = free_slug(&tx, id, &new).await?;
    insert(&tx, id, &slug, &new).await?;
    areas::set(&tx, id, &new.areas).await?;
    areas::keep_names_apart(&tx, id).await?;
    members::join(&tx, id, needs.actor().account_id, MemberRole::Owner).await?;
    let organisation = store::find(&*tx, &slug).await?;
    let touched = organisation.updated_at.0;
    let detail = store::detail(&*tx, &needs, Some(MemberRole::Owner), organisation).await?;
    tx.record(NewEvent::new(EventKind::OrganisationRegistered, Thing::Organisation, id.0).organisation(id).by(&needs));
    tx.record(members::event(EventKind::MemberJoined, id, needs.actor().account_id, MemberRole::Owner).by(&needs));
    tx.answer(Answer::created(detail, format!("/api/v1/organisations/{slug}")).version(1, touched)).await
}

/// The name in Latin letters, with a number behind it where others are called the same; of a name
/// that has none, the id.
async fn free_slug(tx: &Write<'_>, id: OrganisationId, new: &RegisterOrganisation) -> Result<Slug> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: String,
    }
    let whole = Slug::of(&new.name.uk).or_else(|| new.name.en.as_deref().and_then(Slug::of));
    let whole = whole.map_or_else(|| id.to_string(), |slug| slug.to_string());
    let stem: String = whole.chars().take(Slug::MOST - 5).collect();
    let stem = stem.trim_end_matches('-');
    let taken: Vec<Row> =
        sql::all(&**tx, "SELECT slug FROM organisation WHERE slug LIKE $1", [format!("{stem}%").into()]).await?;
    let taken: HashSet<String> = taken.into_iter().map(|row| row.slug).collect();
    let numbered = (2..=9999).map(|n| format!("{stem}-{n}"));
    let free = [stem.to_owned()].into_iter().chain(numbered).find(|slug| slug != "new" && !taken.contains(slug));
    free.and_then(|slug| Slug::parse(&slug).ok()).ok_or_else(|| Error::field("name", Fault::Taken))
}

async fn insert(tx: &Write<'_>, id: OrganisationId, slug: &Slug, new: &RegisterOrganisation) -> Result<()> {
    sql::execute(
        &**tx,
        "INSERT INTO organisation (id, slug, name_uk, name_en, sort_key, name_words, sector, description, website, contact, contact_public, \
         version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12)",
        [
            id.0.into(),
            slug.as_str().into(),
            new.name.uk.as_str().into(),
            new.name.en.clone().into(),
            alphabet::sort_key(&new.name).into(),
            alphabet::name_words(&new.name).into(),
            new.sector.as_str().into(),
            new.description.as_str().into(),
            new.website.clone().into(),
            new.contact.clone().into(),
            new.contact_public.into(),
            tx.at().0.into(),
        ],
    )
    .await
    .on_unique("organisation", "slug", || Error::field("name", Fault::Taken))?;
    Ok(())
}
