use crate::{
    auth::needs::Needs,
    community,
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    mail::{self, Mail},
    organisation::store,
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    account::Email,
    change::{EventKind, Thing},
    ids::OrganisationId,
    names::{CommunityLink, OrganisationLink, Slug},
    organisation::{Area, MemberRole, Verification},
    permission::permit,
    problem::Code,
    text::{Key, Lang},
};

/// Verify an organisation in a community: it is listed there and can be offered tasks.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "kalynova"), ("organisation" = OrganisationId, Path)), responses((status = OK, body = Area)))]
#[post("/communities/{slug}/organisations/{organisation}/verify")]
pub(crate) async fn verify_organisation(
    needs: Needs<permit::ManageCommunity>,
    path: Path<(Slug, OrganisationId)>,
    app: Data<AppState>,
) -> Result<Answer<Area>> {
    regard(&app, &needs, path.into_inner(), Verification::Verified).await
}

/// Suspend an organisation in a community: it is unlisted there and gets no tasks.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "kalynova"), ("organisation" = OrganisationId, Path)), responses((status = OK, body = Area)))]
#[post("/communities/{slug}/organisations/{organisation}/suspend")]
pub(crate) async fn suspend_organisation(
    needs: Needs<permit::ManageCommunity>,
    path: Path<(Slug, OrganisationId)>,
    app: Data<AppState>,
) -> Result<Answer<Area>> {
    regard(&app, &needs, path.into_inner(), Verification::Suspended).await
}

/// Take a verification or a suspension back.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "kalynova"), ("organisation" = OrganisationId, Path)), responses((status = OK, body = Area)))]
#[post("/communities/{slug}/organisations/{organisation}/unverify")]
pub(crate) async fn unverify_organisation(
    needs: Needs<permit::ManageCommunity>,
    path: Path<(Slug, OrganisationId)>,
    app: Data<AppState>,
) -> Result<Answer<Area>> {
    regard(&app, &needs, path.into_inner(), Verification::Unverified).await
}

async fn regard(
    app: &AppState,
    needs: &Needs<permit::ManageCommunity>,
    (slug, id): (Slug, OrganisationId),
    verification: Verification,
) -> Result<Answer<Area>> {
    let mut tx = app.write(needs).await?;
    let community = community::link_of_slug(&*tx, &slug).await?;
    needs.in_community(community.id)?;
    store::touch(&tx, id).await?;
    let present = store::verification(&*tx, community.id, id).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    if present == verification {
        return Err(Error::conflict(present.as_str()));
    }
    sql::execute(
        &*tx,
        "UPDATE organisation_area SET verification = $1, updated_at = $2 WHERE community_id = $3 AND organisation_id = $4",
        [verification.as_str().into(), tx.at().0.into(), community.id.0.into(), id.0.into()],
    )
    .await?;
    let (kind, texts) = match verification {
        Verification::Verified => (
            EventKind::OrganisationVerified,
            Some((Key::MailOrganisationVerifiedSubject, Key::MailOrganisationVerifiedBody)),
        ),
        Verification::Suspended => (
            EventKind::OrganisationSuspended,
            Some((Key::MailOrganisationSuspendedSubject, Key::MailOrganisationSuspendedBody)),
        ),
        Verification::Unverified => (EventKind::OrganisationUnverified, None),
    };
    if let Some(texts) = texts {
        tell_owners(&tx, &store::link(&*tx, id).await?, &community, texts).await?;
    }
    tx.record(NewEvent::new(kind, Thing::Organisation, id.0).community(community.id).organisation(id).by(needs));
    tx.answer(Answer::ok(Area { community, verification })).await
}

async fn tell_owners(
    tx: &Write<'_>,
    organisation: &OrganisationLink,
    community: &CommunityLink,
    (subject, body): (Key, Key),
) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Owner {
        email: Email,
        language: String,
    }
    let owners: Vec<Owner> = sql::all(
        &**tx,
        "SELECT account.email, account.language FROM member JOIN account ON account.id = member.account_id \
         WHERE member.organisation_id = $1 AND member.role = $2 AND account.email IS NOT NULL AND account.disabled_at IS NULL",
        [organisation.id.0.into(), MemberRole::Owner.as_str().into()],
    )
    .await?;
    let link = tx.app().config.link(&format!("/organisations/{}", organisation.slug));
    for owner in owners {
        let lang = Lang::of_tag(&owner.language).unwrap_or_default();
        let arguments = [("organisation", organisation.name.get(lang)), ("community", community.name.get(lang))];
        let mail = Mail::new(subject, body, &arguments).button(Key::MailOrganisationVerifiedButton, link.clone());
        mail::put(tx, owner.email.as_str(), lang, &mail).await?;
    }
    Ok(())
}
