use crate::{
    alphabet,
    auth::needs::Needs,
    dashboard,
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    organisation::{
        areas,
        store::{self, Organisation},
    },
    state::AppState,
};
use actix_web::{
    patch,
    web::{Data, Path},
};
use shared::{
    change::{EventKind, Thing},
    ids::OrganisationId,
    names::{Names, Slug},
    organisation::{OrganisationDetail, UpdateOrganisation, UpdateOrganisationDraft},
    permission::{Permission, permit},
    problem::Code,
};

/// Change what an organisation says of itself and where it works. Its sector is the main
/// coordinator's to change.
#[utoipa::path(
    tag = "organisations",
    params(("slug" = String, Path, example = "ho-bez-porohiv"), ("If-Match" = String, Header, description = "The `ETag` of the organisation as it was read.")),
    request_body = UpdateOrganisationDraft,
    responses((status = OK, body = OrganisationDetail))
)]
#[patch("/organisations/{slug}")]
pub(crate) async fn update_organisation(
    needs: Needs<permit::ChangeOrganisation>,
    slug: Path<Slug>,
    Valid(change): Valid<UpdateOrganisationDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<OrganisationDetail>> {
    let mut tx = app.write(&needs).await?;
    let organisation = store::find(&*tx, &slug).await?;
    let id = organisation.id;
    may_change(&needs, id, &change)?;
    if_match.require(organisation.version)?;
    let (sector, name) = (organisation.sector, organisation.names());
    if change.sector.is_some_and(|wanted| wanted != sector) {
        dashboard::hold(&tx, id).await?;
    }
    let new_areas = change.areas.is_some();
    if let Some(areas) = &change.areas {
        areas::set(&tx, id, areas).await?;
    }
    save(&tx, apply(organisation, change)).await?;
    let organisation = store::find(&*tx, &slug).await?;
    let renamed = organisation.names() != name;
    if renamed {
        // It was verified under the other name.
        for community in areas::unverify(&tx, id).await? {
            let event = NewEvent::new(EventKind::OrganisationUnverified, Thing::Organisation, id.0);
            tx.record(event.community(community).organisation(id).by(&needs));
        }
    }
    if renamed || new_areas {
        areas::keep_names_apart(&tx, id).await?;
    }
    if organisation.sector != sector {
        dashboard::recount_of_organisation(&tx, id).await?;
    }
    let (version, updated_at) = (organisation.version, organisation.updated_at);
    let detail = store::detail(&*tx, &needs, store::my_role(&needs, id), organisation).await?;
    let touched = store::touched(updated_at, &detail);
    tx.record(NewEvent::new(EventKind::OrganisationChanged, Thing::Organisation, id.0).organisation(id).by(&needs));
    tx.answer(Answer::ok(detail).version(version, touched)).await
}

/// The sector is the main coordinator's, everything else the owners'.
fn may_change(
    needs: &Needs<permit::ChangeOrganisation>,
    id: OrganisationId,
    change: &UpdateOrganisation,
) -> Result<()> {
    let only_sector = *change == UpdateOrganisation { sector: change.sector, ..UpdateOrganisation::default() };
    let as_main = change.sector.is_none() || needs.actor().main_coordinator;
    let as_owner =
        (only_sector && needs.actor().main_coordinator) || needs.actor().may_for(Permission::ManageOrganisation, id);
    if as_main && as_owner { Ok(()) } else { Err(Error::of(Code::Forbidden)) }
}

fn apply(old: Organisation, change: UpdateOrganisation) -> Organisation {
    let name = change.name.unwrap_or(Names { uk: old.name_uk, en: old.name_en });
    Organisation {
        name_uk: name.uk,
        name_en: name.en,
        sector: change.sector.unwrap_or(old.sector),
        description: change.description.unwrap_or(old.description),
        website: change.website.apply(old.website),
        contact: change.contact.apply(old.contact),
        contact_public: change.contact_public.unwrap_or(old.contact_public),
        ..old
    }
}

/// 412 when somebody was faster.
async fn save(tx: &Write<'_>, organisation: Organisation) -> Result<()> {
    let names = Names { uk: organisation.name_uk, en: organisation.name_en };
    let saved = sql::execute(
        &**tx,
        "UPDATE organisation SET name_uk = $1, name_en = $2, sort_key = $3, name_words = $4, sector = $5, description = $6, website = $7, \
         contact = $8, contact_public = $9, version = version + 1, updated_at = CASE WHEN updated_at < $10 THEN $10 ELSE updated_at + 1 END \
         WHERE id = $11 AND version = $12",
        [
            names.uk.as_str().into(),
            names.en.clone().into(),
            alphabet::sort_key(&names).into(),
            alphabet::name_words(&names).into(),
            organisation.sector.as_str().into(),
            organisation.description.into(),
            organisation.website.into(),
            organisation.contact.into(),
            organisation.contact_public.into(),
            tx.at().0.into(),
            organisation.id.0.into(),
            organisation.version.into(),
        ],
    )
    .await?;
    if saved == 1 { Ok(()) } else { Err(Error::of(Code::Changed)) }
}
