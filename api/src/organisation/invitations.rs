use crate::{
    auth::{
        limits::{self, INVITATIONS_OF_ACCOUNT, INVITATIONS_TO_ADDRESS},
        needs::Needs,
    },
    events::NewEvent,
    http::{
        answer::{Answer, NoContent},
        error::Result,
        extract::Valid,
        page::List,
    },
    invitation::{self, Into, NewInvitation},
    mail::Mail,
    organisation::store,
    state::AppState,
};
use actix_web::{
    delete, get, post,
    web::{Data, Path},
};
use anyhow::Context;
use shared::{
    change::{EventKind, Thing},
    ids::InvitationId,
    names::Slug,
    organisation::{Invitation, InviteDraft, MemberRole},
    page::Page,
    permission::permit,
    text::Key,
    words::Word,
};

/// The invitations that wait for an answer, oldest first; all on one page.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv")), responses((status = OK, body = Page<Invitation>)))]
#[get("/organisations/{slug}/invitations")]
pub(crate) async fn list_invitations(
    needs: Needs<permit::ManageOrganisation>,
    slug: Path<Slug>,
    app: Data<AppState>,
) -> Result<List<Invitation>> {
    let db = app.db.read();
    let organisation = store::link_of_slug(db, &slug).await?.id;
    needs.for_organisation(organisation)?;
    let open = invitation::open(db, Into::Organisation(organisation), app.clock.now()).await?;
    Ok(List(Page { items: open.into_iter().map(shown).collect::<Result<_>>()?, next: None }))
}

/// Invite a person by mail. A second invitation to an address takes the place of the first.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv")), request_body = InviteDraft, responses((status = CREATED, body = Invitation)))]
#[post("/organisations/{slug}/invitations")]
pub(crate) async fn create_invitation(
    needs: Needs<permit::ManageOrganisation>,
    slug: Path<Slug>,
    Valid(new): Valid<InviteDraft>,
    app: Data<AppState>,
) -> Result<Answer<Invitation>> {
    let mut tx = app.write(&needs).await?;
    let organisation = store::link_of_slug(&*tx, &slug).await?;
    needs.for_organisation(organisation.id)?;
    limits::within(&tx, &INVITATIONS_OF_ACCOUNT, &needs.actor().account_id.to_string()).await?;
    limits::within(&tx, &INVITATIONS_TO_ADDRESS, new.email.as_str()).await?;
    // Whoever is invited may have no account, and so no language but that of the one who invites.
    let lang = needs.lang();
    let arguments = [("organisation", organisation.name.get(lang)), ("role", new.role.text(lang))];
    let invitation = NewInvitation {
        into: Into::Organisation(organisation.id),
        email: &new.email,
        name: None,
        role: new.role.as_str(),
        invited_by: needs.actor().account_id,
    };
    let open = invitation
        .make(&tx, lang, |link| {
            Mail::new(Key::MailOrganisationInvitationSubject, Key::MailOrganisationInvitationBody, &arguments)
                .button(Key::MailOrganisationInvitationButton, link)
        })
        .await?;
    let id = open.id;
    tx.record(
        NewEvent::new(EventKind::InvitationMade, Thing::Invitation, id.0).organisation(organisation.id).by(&needs),
    );
    tx.answer(Answer::created(shown(open)?, format!("/api/v1/organisations/{slug}/invitations/{id}"))).await
}

/// Withdraw an invitation.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv"), ("id" = InvitationId, Path)), responses((status = NO_CONTENT)))]
#[delete("/organisations/{slug}/invitations/{id}")]
pub(crate) async fn withdraw_invitation(
    needs: Needs<permit::ManageOrganisation>,
    path: Path<(Slug, InvitationId)>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let (slug, id) = path.into_inner();
    let mut tx = app.write(&needs).await?;
    let organisation = store::link_of_slug(&*tx, &slug).await?.id;
    needs.for_organisation(organisation)?;
    invitation::withdraw(&tx, Into::Organisation(organisation), id).await?;
    tx.record(
        NewEvent::new(EventKind::InvitationWithdrawn, Thing::Invitation, id.0).organisation(organisation).by(&needs),
    );
    tx.commit().await?;
    Ok(NoContent)
}

fn shown(open: invitation::Open) -> Result<Invitation> {
    Ok(Invitation {
        id: open.id,
        email: open.email,
        role: MemberRole::of(&open.role).context("read a role")?,
        created_at: open.created_at,
        expires_at: open.expires_at,
    })
}
