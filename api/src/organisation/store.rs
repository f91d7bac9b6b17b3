//! Reading organisations, and what is done to them in more than one place.

use crate::{
    auth::session::Caller,
    db::{Write, sql},
    http::error::{Error, Result},
    task,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::{CommunityId, OrganisationId},
    names::{CommunityLink, Names, OrganisationLink, Slug},
    organisation::{Area, MemberRole, OrganisationDetail, Sector, Verification},
    permission::{Permission, Role},
    problem::Code,
    time::Timestamp,
};

#[derive(Debug, FromQueryResult)]
pub(super) struct Organisation {
    pub(super) id: OrganisationId,
    pub(super) slug: Slug,
    pub(super) name_uk: String,
    pub(super) name_en: Option<String>,
    pub(super) sector: Sector,
    /// Plain text.
    pub(super) description: String,
    pub(super) website: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) contact_public: bool,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
    /// Of any change shown with it: its own fields, its members, how communities regard it.
    pub(super) updated_at: Timestamp,
}

impl Organisation {
    pub(super) fn names(&self) -> Names {
        Names { uk: self.name_uk.clone(), en: self.name_en.clone() }
    }
}

/// Everything of an organisation; 404 when there is none.
pub(super) async fn find(db: &impl ConnectionTrait, slug: &Slug) -> Result<Organisation> {
    sql::one(
        db,
        "SELECT id, slug, name_uk, name_en, sector, description, website, contact, contact_public, version, created_at, updated_at \
         FROM organisation WHERE slug = $1",
        [slug.as_str().into()],
    )
    .await?
    .ok_or_else(|| Error::of(Code::NotFound))
}

#[derive(Debug, FromQueryResult)]
struct LinkRow {
    id: OrganisationId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    sector: Sector,
}

/// An organisation, named; 404 when there is none.
pub(crate) async fn link(db: &impl ConnectionTrait, id: OrganisationId) -> Result<OrganisationLink> {
    let row: Option<LinkRow> =
        sql::one(db, "SELECT id, slug, name_uk, name_en, sector FROM organisation WHERE id = $1", [id.0.into()])
            .await?;
    row.map(OrganisationLink::from).ok_or_else(|| Error::of(Code::NotFound))
}

/// The organisation of an address, named; 404 when there is none.
pub(super) async fn link_of_slug(db: &impl ConnectionTrait, slug: &Slug) -> Result<OrganisationLink> {
    let row: Option<LinkRow> = sql::one(
        db,
        "SELECT id, slug, name_uk, name_en, sector FROM organisation WHERE slug = $1",
        [slug.as_str().into()],
    )
    .await?;
    row.map(OrganisationLink::from).ok_or_else(|| Error::of(Code::NotFound))
}

impl From<LinkRow> for OrganisationLink {
    fn from(row: LinkRow) -> Self {
        OrganisationLink {
            id: row.id,
            slug: row.slug,
            name: Names { uk: row.name_uk, en: row.name_en },
            sector: row.sector,
        }
    }
}

/// How the community regards the organisation; nothing where it does not work there.
pub(crate) async fn verification(
    db: &impl ConnectionTrait,
    community: CommunityId,
    organisation: OrganisationId,
) -> Result<Option<Verification>> {
    #[derive(FromQueryResult)]
    struct Row {
        verification: Verification,
    }
    let row: Option<Row> = sql::one(
        db,
        "SELECT verification FROM organisation_area WHERE community_id = $1 AND organisation_id = $2",
        [community.0.into(), organisation.0.into()],
    )
    .await?;
    Ok(row.map(|row| row.verification))
}

/// The communities it serves, in the order of their names.
async fn areas(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<Area>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: CommunityId,
        slug: Slug,
        name_uk: String,
        name_en: Option<String>,
        verification: Verification,
    }
    let rows: Vec<Row> = sql::all(
        db,
        "SELECT community.id, community.slug, community.name_uk, community.name_en, organisation_area.verification \
         FROM organisation_area JOIN community ON community.id = organisation_area.community_id \
         WHERE organisation_area.organisation_id = $1 ORDER BY community.sort_key, community.id",
        [organisation.0.into()],
    )
    .await?;
    let area = |row: Row| Area {
        community: CommunityLink { id: row.id, slug: row.slug, name: Names { uk: row.name_uk, en: row.name_en } },
        verification: row.verification,
    };
    Ok(rows.into_iter().map(area).collect())
}

/// What the caller may see of it, with whom they are in it.
///
/// Without consent the contact is for its members and for coordinators of its communities.
pub(super) async fn detail(
    db: &impl ConnectionTrait,
    caller: &Caller,
    my_role: Option<MemberRole>,
    organisation: Organisation,
) -> Result<OrganisationDetail> {
    let areas = areas(db, organisation.id).await?;
    let held = task::held(db, [organisation.id], None).await?.remove(&organisation.id).unwrap_or_default();
    let coordinates =
        |area: &Area| caller.actor().is_some_and(|actor| actor.may_in(Permission::ManageCommunity, area.community.id));
    let shows_contact = organisation.contact_public || my_role.is_some() || areas.iter().any(coordinates);
    Ok(OrganisationDetail {
        id: organisation.id,
        slug: organisation.slug,
        name: Names { uk: organisation.name_uk, en: organisation.name_en },
        sector: organisation.sector,
        description: organisation.description,
        website: organisation.website,
        contact: organisation.contact.filter(|_| shows_contact),
        contact_public: organisation.contact_public,
        areas,
        tasks_active: held.active,
        tasks_done: held.done,
        my_role,
        created_at: organisation.created_at,
        version: organisation.version,
    })
}

/// A number that differs with anything shown beside its own fields: when it was last changed there,
/// and above that, as milliseconds leave 22 of 63 bits free, what it has to do.
pub(super) fn touched(updated_at: Timestamp, detail: &OrganisationDetail) -> i64 {
    let tasks = detail.tasks_active.wrapping_mul(1021).wrapping_add(detail.tasks_done);
    updated_at.0.wrapping_add(tasks.rem_euclid(1 << 20) << 42)
}

/// The caller's own role in it.
pub(super) fn my_role(caller: &Caller, organisation: OrganisationId) -> Option<MemberRole> {
    let actor = caller.actor()?;
    let (_, role) = actor.organisations.iter().find(|(id, _)| *id == organisation)?;
    match role {
        Role::Owner => Some(MemberRole::Owner),
        Role::Editor => Some(MemberRole::Editor),
        _ => Some(MemberRole::Member),
    }
}

/// Marks that something shown with the organisation has changed; later writers of it wait.
pub(super) async fn touch(tx: &Write<'_>, id: OrganisationId) -> Result<()> {
    sql::execute(
        &**tx,
        "UPDATE organisation SET updated_at = CASE WHEN updated_at < $1 THEN $1 ELSE updated_at + 1 END WHERE id = $2",
        [tx.at().0.into(), id.0.into()],
    )
    .await?;
    Ok(())
}
