use crate::{
    alphabet,
    auth::needs::Needs,
    community::store::{self, Community},
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    state::AppState,
};
use actix_web::{
    patch,
    web::{Data, Path},
};
use shared::{
    change::{EventKind, Thing},
    community::{CommunityDetail, UpdateCommunity, UpdateCommunityDraft},
    draft::Patch,
    names::{Names, Slug},
    permission::{Permission, permit},
    problem::Code,
};

/// Change what a community says of itself. That reports are public at once is the main
/// coordinator's to allow.
#[utoipa::path(
    tag = "communities",
    params(("slug" = String, Path, example = "kalynova"), ("If-Match" = String, Header, description = "The `ETag` of the community as it was read.")),
    request_body = UpdateCommunityDraft,
    responses((status = OK, body = CommunityDetail))
)]
#[patch("/communities/{slug}")]
pub(crate) async fn update_community(
    needs: Needs<permit::ManageCommunity>,
    slug: Path<Slug>,
    Valid(change): Valid<UpdateCommunityDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommunityDetail>> {
    if let Some(zone) = &change.time_zone {
        store::check_time_zone(zone).map_err(|fault| vec![fault])?;
    }
    let mut tx = app.write(&needs).await?;
    let community = store::find(&*tx, &slug).await?;
    needs.in_community(community.id)?;
    if change.reports_public_at_once.is_some() && !needs.actor().may_in(Permission::ManageCommunities, community.id) {
        return Err(Error::of(Code::Forbidden));
    }
    if_match.require(community.version)?;
    let id = community.id;
    save(&tx, apply(community, change)).await?;
    let community = store::find(&*tx, &slug).await?;
    let (version, touched) = (community.version, community.updated_at.0);
    let detail = store::detail(&*tx, &needs, community).await?;
    tx.record(NewEvent::new(EventKind::CommunityChanged, Thing::Community, id.0).community(id).by(&needs));
    tx.answer(Answer::ok(detail).version(version, touched)).await
}

fn apply(old: Community, change: UpdateCommunity) -> Community {
    let name = change.name.unwrap_or(Names { uk: old.name_uk, en: old.name_en });
    let (centre_lat_e6, centre_lon_e6) = match change.centre {
        Patch::Absent => (old.centre_lat_e6, old.centre_lon_e6),
        Patch::Null => (None, None),
        Patch::Value(centre) => (Some(centre.lat_e6), Some(centre.lon_e6)),
    };
    Community {
        name_uk: name.uk,
        name_en: name.en,
        kind: change.kind.unwrap_or(old.kind),
        population: change.population.apply(old.population),
        centre_lat_e6,
        centre_lon_e6,
        time_zone: change.time_zone.unwrap_or(old.time_zone),
        languages: change.languages.map_or(old.languages, |languages| store::tags(&languages)),
        reports_public_at_once: change.reports_public_at_once.unwrap_or(old.reports_public_at_once),
        public_precision: change.public_precision.unwrap_or(old.public_precision),
        ..old
    }
}

/// 412 when somebody was faster.
async fn save(tx: &Write<'_>, community: Community) -> Result<()> {
    let names = Names { uk: community.name_uk, en: community.name_en };
    let saved = sql::execute(
        &**tx,
        "UPDATE community SET name_uk = $1, name_en = $2, sort_key = $3, name_words = $4, kind = $5, population = $6, \
         centre_lat_e6 = $7, centre_lon_e6 = $8, time_zone = $9, languages = $10, reports_public_at_once = $11, public_precision = $12, \
         version = version + 1, updated_at = CASE WHEN updated_at < $13 THEN $13 ELSE updated_at + 1 END WHERE id = $14 AND version = $15",
        [
            names.uk.as_str().into(),
            names.en.clone().into(),
            alphabet::sort_key(&names).into(),
            alphabet::name_words(&names).into(),
            community.kind.as_str().into(),
            community.population.into(),
            community.centre_lat_e6.into(),
            community.centre_lon_e6.into(),
            community.time_zone.as_str().into(),
            community.languages.into(),
            community.reports_public_at_once.into(),
            community.public_precision.as_str().into(),
            tx.at().0.into(),
            community.id.0.into(),
            community.version.into(),
        ],
    )
    .await?;
    if saved == 1 { Ok(()) } else { Err(Error::of(Code::Changed)) }
}
