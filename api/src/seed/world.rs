//! Where and among whom the seeded issues are.

use crate::{
    alphabet, community, dashboard,
    db::{Write, sql},
    http::error::{Error, Result},
    seed::{bulk::Bulk, issues::id_at},
    state::AppState,
};
use fastrand::Rng;
use sea_orm::FromQueryResult;
use shared::{
    account::TimeZone,
    category::DefaultCategory,
    community::{CommunityKind, CreateCommunity, Katottg, UnitLevel},
    ids::{AccountId, CategoryId, CommunityId, OrganisationId},
    names::{Names, Slug},
    organisation::Sector,
    problem::{Code, FieldError},
    territory::Territory,
    text::Lang,
    time::Timestamp,
};
use std::collections::HashSet;

/// What every run begins with, so that it makes the same.
const SEED: u64 = 2026;

const PEOPLE: u32 = 2_000;
const ORGANISATIONS: usize = 40;

/// The seeded community and who is in it.
#[derive(Debug)]
pub(super) struct World {
    pub(super) community: CommunityId,
    pub(super) slug: Slug,
    /// In the order of [`DefaultCategory::ALL`].
    pub(super) categories: Vec<CategoryId>,
    pub(super) organisations: Vec<(OrganisationId, Sector)>,
    /// The first is the coordinator.
    pub(super) people: Vec<AccountId>,
}

impl World {
    pub(super) fn category(&self, category: DefaultCategory) -> Option<CategoryId> {
        let at = DefaultCategory::ALL.iter().position(|one| *one == category)?;
        self.categories.get(at).copied()
    }

    pub(super) fn organisation(&self, rng: &mut Rng) -> Option<(OrganisationId, Sector)> {
        rng.choice(&self.organisations).copied()
    }

    pub(super) fn person(&self, rng: &mut Rng) -> Option<AccountId> {
        rng.choice(&self.people).copied()
    }
}

/// Makes the community, on the first hromada that no other one is of; what is made after it is made
/// with the same dice.
pub(super) async fn found(app: &AppState, now: Timestamp) -> Result<(World, Rng)> {
    let tx = app.write_as_system().await?;
    let (number, katottg) = free(&tx).await?;
    // Each seeded community of one database has ids of its own.
    let mut rng = Rng::with_seed(SEED + number);
    let slug = slug(number);
    let fault = |_: FieldError| Error::Internal(anyhow::anyhow!("the seeded community has a name that may not be"));
    let slug = Slug::parse(&slug).map_err(fault)?;
    let new = CreateCommunity {
        name: Names {
            uk: format!("Велика громада ({slug})"), en: Some(format!("Large community ({slug})"))
        },
        slug: slug.clone(),
        katottg: Katottg::parse(katottg).map_err(fault)?,
        kind: CommunityKind::Urban,
        population: Some(250_000),
        centre: None,
        time_zone: TimeZone::default(),
        languages: vec![Lang::Uk, Lang::En],
    };
    let community = CommunityId(id_at(&mut rng, now));
    community::admit(&tx, community, &new).await?;
    let organisations = organisations(&tx, &mut rng, community, &slug, now).await?;
    let people = people(&tx, &mut rng, community, &slug, now, &organisations).await?;
    let categories = categories(&tx, community).await?;
    tx.commit().await?;
    Ok((World { community, slug, categories, organisations, people }, rng))
}

fn slug(number: u64) -> String {
    if number == 1 { "seed".to_owned() } else { format!("seed-{number}") }
}

/// The number of a seeded community and the unit of one, which none has yet.
async fn free(tx: &Write<'_>) -> Result<(u64, &'static str)> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: String,
        katottg: String,
    }
    let rows: Vec<Row> = sql::all(&**tx, "SELECT slug, katottg FROM community", []).await?;
    let (slugs, units): (HashSet<String>, HashSet<String>) =
        rows.into_iter().map(|row| (row.slug, row.katottg)).unzip();
    let number = (1..).find(|number| !slugs.contains(&slug(*number)));
    let unit = Territory::search(UnitLevel::Hromada, "").find(|unit| !units.contains(unit.code));
    number.zip(unit.map(|unit| unit.code)).ok_or_else(|| Error::of(Code::Conflict))
}

async fn organisations(
    tx: &Write<'_>,
    rng: &mut Rng,
    community: CommunityId,
    slug: &Slug,
    now: Timestamp,
) -> Result<Vec<(OrganisationId, Sector)>> {
    let mut rows = Bulk::new(
        "organisation",
        "id, slug, name_uk, name_en, sort_key, name_words, sector, description, contact_public, version, created_at, updated_at",
    );
    let mut areas = Bulk::new("organisation_area", "community_id, organisation_id, verification, updated_at");
    let mut made = Vec::new();
    for (number, &sector) in (1..=ORGANISATIONS).zip(Sector::ALL.iter().cycle()) {
        let id = OrganisationId(id_at(rng, now));
        let name = Names {
            uk: format!("Організація {number} ({slug})"),
            en: Some(format!("Organisation {number} ({slug})")),
        };
        rows.push([
            id.into(),
            format!("{slug}-organisation-{number}").into(),
            name.uk.as_str().into(),
            name.en.clone().into(),
            alphabet::sort_key(&name).into(),
            alphabet::name_words(&name).into(),
            sector.into(),
            "".into(),
            false.into(),
            1_i64.into(),
            now.into(),
            now.into(),
        ]);
        areas.push([community.into(), id.into(), "verified".into(), now.into()]);
        made.push((id, sector));
    }
    rows.write(tx).await?;
    areas.write(tx).await?;
    Ok(made)
}

/// Everybody signs in by a mailed link; each organisation has an owner, the community a coordinator.
async fn people(
    tx: &Write<'_>,
    rng: &mut Rng,
    community: CommunityId,
    slug: &Slug,
    now: Timestamp,
    organisations: &[(OrganisationId, Sector)],
) -> Result<Vec<AccountId>> {
    let mut rows = Bulk::new(
        "account",
        "id, email, name, language, time_zone, main_coordinator, confirmed_at, version, created_at, updated_at",
    );
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let id = AccountId(id_at(rng, now));
        let name = if number == 0 { "coordinator".to_owned() } else { format!("resident-{number}") };
        rows.push([
            id.into(),
            format!("{name}@{slug}.spilno.example").into(),
            name.into(),
            Lang::Uk.tag().into(),
            TimeZone::default().as_str().into(),
            false.into(),
            now.into(),
            1_i64.into(),
            now.into(),
            now.into(),
        ]);
        people.push(id);
    }
    rows.write(tx).await?;
    let mut members = Bulk::new("member", "organisation_id, account_id, role, created_at");
    for ((organisation, _), owner) in organisations.iter().zip(people.iter().skip(1)) {
        members.push([(*organisation).into(), (*owner).into(), "owner".into(), now.into()]);
    }
    members.write(tx).await?;
    let mut roles = Bulk::new("community_role", "community_id, account_id, role, created_at");
    for coordinator in people.iter().take(1) {
        roles.push([community.into(), (*coordinator).into(), "coordinator".into(), now.into()]);
    }
    roles.write(tx).await?;
    Ok(people)
}

async fn categories(tx: &Write<'_>, community: CommunityId) -> Result<Vec<CategoryId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: CategoryId,
    }
    let rows: Vec<Row> =
        sql::all(&**tx, "SELECT id FROM category WHERE community_id = $1 ORDER BY position", [community.into()])
            .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Leaves the community as if all had been reported there.
pub(super) async fn finish(app: &AppState, world: &World, issues: u32) -> Result<()> {
    let tx = app.write_as_system().await?;
    sql::execute(
        &*tx,
        "UPDATE community SET last_issue_number = $1 WHERE id = $2",
        [i64::from(issues).into(), world.community.into()],
    )
    .await?;
    dashboard::recount(&tx, world.community).await?;
    tx.commit().await
}
