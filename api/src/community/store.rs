//! Reading communities.

use crate::{
    auth::session::Caller,
    community::members,
    db::{Write, sql},
    http::error::{Error, Result},
    local,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    account::TimeZone,
    community::{CommunityDetail, CommunityKind, Katottg, Unit, UnitLevel},
    ids::CommunityId,
    names::{CommunityLink, Names, Slug},
    place::{Coordinates, PlacePrecision},
    problem::{Code, Fault, FieldError},
    territory::Territory,
    text::Lang,
    time::Timestamp,
};

/// The community of an address; 404 when there is none.
pub(crate) async fn of_slug(db: &impl ConnectionTrait, slug: &Slug) -> Result<CommunityId> {
    Ok(link_of_slug(db, slug).await?.id)
}

/// The community of an address, named; 404 when there is none.
pub(crate) async fn link_of_slug(db: &impl ConnectionTrait, slug: &Slug) -> Result<CommunityLink> {
    #[derive(FromQueryResult)]
    struct Row {
        id: CommunityId,
        name_uk: String,
        name_en: Option<String>,
    }
    let row: Option<Row> =
        sql::one(db, "SELECT id, name_uk, name_en FROM community WHERE slug = $1", [slug.as_str().into()]).await?;
    let Row { id, name_uk, name_en } = row.ok_or_else(|| Error::of(Code::NotFound))?;
    Ok(CommunityLink { id, slug: slug.clone(), name: Names { uk: name_uk, en: name_en } })
}

/// The time zone of a community.
pub(crate) async fn time_zone(tx: &Write<'_>, community: CommunityId) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Row {
        time_zone: String,
    }
    let row: Option<Row> =
        sql::one(&**tx, "SELECT time_zone FROM community WHERE id = $1", [community.0.into()]).await?;
    row.map(|row| row.time_zone).ok_or_else(|| Error::of(Code::NotFound))
}

/// Which day it is in a community.
pub(crate) async fn today(tx: &Write<'_>, community: CommunityId) -> Result<NaiveDate> {
    Ok(local::day(&time_zone(tx, community).await?, tx.at()))
}

#[derive(Debug, FromQueryResult)]
pub(super) struct Community {
    pub(super) id: CommunityId,
    pub(super) slug: Slug,
    pub(super) name_uk: String,
    pub(super) name_en: Option<String>,
    pub(super) katottg: Katottg,
    pub(super) kind: CommunityKind,
    pub(super) population: Option<i64>,
    pub(super) centre_lat_e6: Option<i32>,
    pub(super) centre_lon_e6: Option<i32>,
    pub(super) time_zone: TimeZone,
    /// Tags with commas between them.
    pub(super) languages: String,
    pub(super) reports_public_at_once: bool,
    pub(super) public_precision: PlacePrecision,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
    /// Of any change shown with it: its own fields, and who holds a role.
    pub(super) updated_at: Timestamp,
}

/// Everything of a community; 404 when there is none.
pub(super) async fn find(db: &impl ConnectionTrait, slug: &Slug) -> Result<Community> {
    sql::one(
        db,
        "SELECT id, slug, name_uk, name_en, katottg, kind, population, centre_lat_e6, centre_lon_e6, time_zone, languages, \
         reports_public_at_once, public_precision, version, created_at, updated_at FROM community WHERE slug = $1",
        [slug.as_str().into()],
    )
    .await?
    .ok_or_else(|| Error::of(Code::NotFound))
}

/// What the caller may see of it.
pub(super) async fn detail(
    db: &impl ConnectionTrait,
    caller: &Caller,
    community: Community,
) -> Result<CommunityDetail> {
    let is_main = caller.actor().is_some_and(|actor| actor.main_coordinator);
    let roles = if is_main { Some(members::holders(db, community.id).await?) } else { None };
    Ok(CommunityDetail {
        id: community.id,
        slug: community.slug,
        name: Names { uk: community.name_uk, en: community.name_en },
        units: units(&community.katottg),
        katottg: community.katottg,
        kind: community.kind,
        population: community.population,
        centre: coordinates(community.centre_lat_e6, community.centre_lon_e6),
        time_zone: community.time_zone,
        languages: community.languages.split(',').filter_map(Lang::of_tag).collect(),
        reports_public_at_once: community.reports_public_at_once,
        public_precision: community.public_precision,
        roles,
        created_at: community.created_at,
        version: community.version,
    })
}

/// Marks that something shown with the community has changed; later writers of it wait.
pub(super) async fn touch(tx: &Write<'_>, id: CommunityId) -> Result<()> {
    sql::execute(
        &**tx,
        "UPDATE community SET updated_at = CASE WHEN updated_at < $1 THEN $1 ELSE updated_at + 1 END WHERE id = $2",
        [tx.at().0.into(), id.0.into()],
    )
    .await?;
    Ok(())
}

/// A point of two columns.
pub(super) fn coordinates(lat_e6: Option<i32>, lon_e6: Option<i32>) -> Option<Coordinates> {
    lat_e6.zip(lon_e6).map(|(lat_e6, lon_e6)| Coordinates { lat_e6, lon_e6 })
}

/// The column `languages`.
pub(super) fn tags(languages: &[Lang]) -> String {
    languages.iter().map(|lang| lang.tag()).collect::<Vec<_>>().join(",")
}

/// The units of a hromada, from the region down to itself; none of one that the codifier has lost.
fn units(code: &Katottg) -> Vec<Unit> {
    Territory::find(code.as_str())
        .map(Territory::chain)
        .unwrap_or_default()
        .into_iter()
        .filter_map(Territory::unit)
        .collect()
}

/// The region a hromada lies in.
pub(super) fn region(code: &Katottg) -> Option<Unit> {
    units(code).into_iter().next()
}

/// That the codifier has such a hromada, or a city that is one.
pub(super) fn check_unit(code: &Katottg) -> Result<(), FieldError> {
    let known =
        Territory::find(code.as_str()).is_some_and(|unit| matches!(unit.level, UnitLevel::Hromada | UnitLevel::City));
    if known { Ok(()) } else { Err(FieldError::new("katottg", Fault::Unknown)) }
}

/// That there is such a time zone, which only the server knows.
pub(super) fn check_time_zone(zone: &TimeZone) -> Result<(), FieldError> {
    zone.as_str().parse::<chrono_tz::Tz>().map(drop).map_err(|_| FieldError::new("time_zone", Fault::Unknown))
}
