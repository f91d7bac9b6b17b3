use crate::{
    account::{self, Device, SignedIn},
    auth::{link, needs::Anyone},
    community,
    db::{Write, sql},
    http::{
        error::{Error, Result},
        extract::Valid,
    },
    organisation,
    state::AppState,
};
use actix_web::{post, web::Data};
use anyhow::Context;
use sea_orm::FromQueryResult;
use shared::{
    account::{Session, TokenDraft},
    change::EventKind,
    community::CommunityRole,
    ids::{AccountId, CommunityId, OrganisationId},
    mailed_link::LinkPurpose,
    organisation::MemberRole,
    problem::Code,
    words::Word,
};
use uuid::Uuid;

/// Accept an invitation by the token of the mailed link. Whoever is not signed in is signed in to
/// the account of the invited address, which is made if there is none; whoever is signed in to
/// another account gets 403, and the link stays good.
#[utoipa::path(tag = "invitations", request_body = TokenDraft, responses((status = OK, body = Session)))]
#[post("/invitations/accept")]
pub(crate) async fn accept_invitation(
    caller: Anyone,
    Valid(token): Valid<TokenDraft>,
    device: Device,
    app: Data<AppState>,
) -> Result<SignedIn> {
    app.bursts.check(&caller)?;
    let mut tx = app.write_secretly().await?;
    let link = link::take(&tx, LinkPurpose::Invitation, &token).await?;
    let invitation = close(&tx, link.subject_id).await?;
    let account = account::by_email_or_new(&mut tx, &link.email, caller.lang()).await?;
    let session = match caller.actor() {
        Some(actor) if actor.account_id != account => return Err(Error::of(Code::Forbidden)),
        Some(_) => None,
        None => Some(account::start_session(&mut tx, account, &device.0).await?),
    };
    if let Some(name) = &invitation.name {
        // Only where the person has not said it.
        sql::execute(
            &*tx,
            "UPDATE account SET name = $1 WHERE id = $2 AND name = ''",
            [name.as_str().into(), account.0.into()],
        )
        .await?;
    }
    fulfil(&mut tx, &invitation, account).await?;
    tx.commit().await?;
    match (session, caller.actor()) {
        (None, Some(actor)) => SignedIn::without_cookie(&app, account, actor.session_id).await,
        (Some(session), _) => SignedIn::new(&app, account, session).await,
        (None, None) => Err(Error::of(Code::Unauthenticated)),
    }
}

#[derive(Debug, FromQueryResult)]
struct Invitation {
    organisation_id: Option<OrganisationId>,
    community_id: Option<CommunityId>,
    name: Option<String>,
    role: String,
}

/// Closes the invitation; 410 when it was withdrawn, or another took its place.
async fn close(tx: &Write<'_>, id: Option<Uuid>) -> Result<Invitation> {
    let closed: Option<Invitation> = sql::one(
        &**tx,
        "UPDATE invitation SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL AND expires_at > $1 RETURNING organisation_id, community_id, name, role",
        [tx.at().0.into(), id.into()],
    )
    .await?;
    closed.ok_or_else(|| Error::of(Code::LinkExpired))
}

async fn fulfil(tx: &mut Write<'_>, invitation: &Invitation, account: AccountId) -> Result<()> {
    if let Some(organisation) = invitation.organisation_id {
        let role = MemberRole::of(&invitation.role).context("read a role")?;
        if organisation::join(tx, organisation, account, role).await? {
            tx.record(organisation::member_event(EventKind::MemberJoined, organisation, account, role));
        }
    }
    if let Some(community) = invitation.community_id {
        let role = CommunityRole::of(&invitation.role).context("read a role")?;
        community::set_role(tx, community, account, role).await?;
        tx.record(community::role_event(EventKind::CommunityRoleGiven, community, account, role));
    }
    Ok(())
}
