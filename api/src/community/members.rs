use crate::{
    auth::needs::Needs,
    community::store,
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::{Answer, NoContent},
        error::{Error, Result},
        extract::Valid,
        page::List,
    },
    invitation::{self, Into, NewInvitation},
    mail::{self, Mail},
    state::AppState,
};
use actix_web::{
    delete, get, post,
    web::{Data, Path},
};
use anyhow::Context;
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    account::Email,
    change::{EventKind, Thing},
    community::{AddCommunityMember, AddCommunityMemberDraft, CommunityMember, CommunityRole},
    ids::{AccountId, CommunityId, InvitationId},
    names::{CommunityLink, Slug},
    page::Page,
    permission::permit,
    problem::Code,
    text::{Key, Lang},
    time::Timestamp,
    words::Word,
};

/// Who holds a role in the community, and who is invited to one; all on one page.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), responses((status = OK, body = Page<CommunityMember>)))]
#[get("/communities/{slug}/members")]
pub(crate) async fn list_community_members(
    needs: Needs<permit::ManageCommunity>,
    slug: Path<Slug>,
    app: Data<AppState>,
) -> Result<List<CommunityMember>> {
    let db = app.db.read();
    let community = store::of_slug(db, &slug).await?;
    needs.in_community(community)?;
    let mut items = holders(db, community).await?;
    for invited in invitation::open(db, Into::Community(community), app.clock.now()).await? {
        items.push(as_member(invited)?);
    }
    Ok(List(Page { items, next: None }))
}

/// Invite the person of an address to a role, whether there is an account of it or not; who holds
/// one in the community already gets the new one in its place at once. Either way a mail tells.
///
/// Moderators are given by coordinators, the other roles by the main coordinator.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), request_body = AddCommunityMemberDraft, responses((status = CREATED, body = CommunityMember)))]
#[post("/communities/{slug}/members")]
pub(crate) async fn add_community_member(
    needs: Needs<permit::ManageCommunity>,
    slug: Path<Slug>,
    Valid(new): Valid<AddCommunityMemberDraft>,
    app: Data<AppState>,
) -> Result<Answer<CommunityMember>> {
    let mut tx = app.write(&needs).await?;
    let community = store::link_of_slug(&*tx, &slug).await?;
    needs.in_community(community.id)?;
    may_give(&needs, community.id, new.role)?;
    store::touch(&tx, community.id).await?;
    let member = match holder(&*tx, community.id, &new.email).await? {
        Some(account) => {
            may_give(&needs, community.id, account.role)?;
            tx.record(event(EventKind::CommunityRoleGiven, community.id, account.id, new.role).by(&needs));
            give(&tx, &community, account, new.role).await?
        }
        None => invite(&mut tx, &needs, &community, &new).await?,
    };
    let location = match (member.account, member.invitation) {
        (Some(account), _) => format!("/api/v1/communities/{slug}/members/{account}"),
        (None, id) => {
            format!("/api/v1/communities/{slug}/invitations/{}", id.map(|id| id.to_string()).unwrap_or_default())
        }
    };
    tx.answer(Answer::created(member, location)).await
}

/// Take a role away.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova"), ("account" = AccountId, Path)), responses((status = NO_CONTENT)))]
#[delete("/communities/{slug}/members/{account}")]
pub(crate) async fn remove_community_member(
    needs: Needs<permit::ManageCommunity>,
    path: Path<(Slug, AccountId)>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let (slug, account) = path.into_inner();
    let mut tx = app.write(&needs).await?;
    let community = store::of_slug(&*tx, &slug).await?;
    needs.in_community(community)?;
    store::touch(&tx, community).await?;
    let held = role(&*tx, community, account).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    may_give(&needs, community, held)?;
    sql::execute(
        &*tx,
        "DELETE FROM community_role WHERE community_id = $1 AND account_id = $2",
        [community.0.into(), account.0.into()],
    )
    .await?;
    tx.record(event(EventKind::CommunityRoleTaken, community, account, held).by(&needs));
    tx.commit().await?;
    Ok(NoContent)
}

/// Withdraw an invitation to a role.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova"), ("id" = InvitationId, Path)), responses((status = NO_CONTENT)))]
#[delete("/communities/{slug}/invitations/{id}")]
pub(crate) async fn withdraw_community_invitation(
    needs: Needs<permit::ManageCommunity>,
    path: Path<(Slug, InvitationId)>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let (slug, id) = path.into_inner();
    let mut tx = app.write(&needs).await?;
    let community = store::of_slug(&*tx, &slug).await?;
    needs.in_community(community)?;
    let role = invitation::withdraw(&tx, Into::Community(community), id).await?;
    may_give(&needs, community, CommunityRole::of(&role).context("read a role")?)?;
    tx.record(NewEvent::new(EventKind::InvitationWithdrawn, Thing::Invitation, id.0).community(community).by(&needs));
    tx.commit().await?;
    Ok(NoContent)
}

#[derive(Debug, FromQueryResult)]
struct Holder {
    account: AccountId,
    name: String,
    email: Email,
    role: CommunityRole,
    since: Timestamp,
}

/// Who holds a role in the community, in the order in which they got it.
pub(super) async fn holders(db: &impl ConnectionTrait, community: CommunityId) -> Result<Vec<CommunityMember>> {
    let holders: Vec<Holder> = sql::all(
        db,
        "SELECT account.id AS account, account.name, account.email, community_role.role, community_role.created_at AS since \
         FROM community_role JOIN account ON account.id = community_role.account_id \
         WHERE community_role.community_id = $1 AND account.email IS NOT NULL ORDER BY community_role.created_at, account.id",
        [community.0.into()],
    )
    .await?;
    let member = |holder: Holder| CommunityMember {
        account: Some(holder.account),
        invitation: None,
        name: holder.name,
        email: holder.email,
        role: holder.role,
        since: holder.since,
    };
    Ok(holders.into_iter().map(member).collect())
}

/// Who may give a role may take it.
fn may_give(needs: &Needs<permit::ManageCommunity>, community: CommunityId, role: CommunityRole) -> Result<()> {
    if needs.actor().may_in(role.given_with(), community) { Ok(()) } else { Err(Error::of(Code::Forbidden)) }
}

#[derive(Debug, FromQueryResult)]
struct Account {
    id: AccountId,
    name: String,
    email: Email,
    language: String,
    role: CommunityRole,
}

/// The account of an address, where it holds a role in the community. Whether there is
/// any other account of it is nobody's to know.
async fn holder(db: &impl ConnectionTrait, community: CommunityId, email: &Email) -> Result<Option<Account>> {
    Ok(sql::one(
        db,
        "SELECT account.id, account.name, account.email, account.language, community_role.role FROM account \
         JOIN community_role ON community_role.account_id = account.id AND community_role.community_id = $1 \
         WHERE account.email = $2 AND account.disabled_at IS NULL",
        [community.0.into(), email.as_str().into()],
    )
    .await?)
}

async fn role(db: &impl ConnectionTrait, community: CommunityId, account: AccountId) -> Result<Option<CommunityRole>> {
    #[derive(FromQueryResult)]
    struct Row {
        role: CommunityRole,
    }
    let row: Option<Row> = sql::one(
        db,
        "SELECT role FROM community_role WHERE community_id = $1 AND account_id = $2",
        [community.0.into(), account.0.into()],
    )
    .await?;
    Ok(row.map(|row| row.role))
}

/// Gives the role and tells the person.
async fn give(
    tx: &Write<'_>,
    community: &CommunityLink,
    account: Account,
    new: CommunityRole,
) -> Result<CommunityMember> {
    set_role(tx, community.id, account.id, new).await?;
    let lang = Lang::of_tag(&account.language).unwrap_or_default();
    let arguments = [("community", community.name.get(lang)), ("role", new.text(lang))];
    let mail = Mail::new(Key::MailOrganisationRoleGivenSubject, Key::MailOrganisationRoleGivenBody, &arguments)
        .button(Key::MailOrganisationRoleGivenButton, tx.app().config.link(&format!("/c/{}", community.slug)));
    mail::put(tx, account.email.as_str(), lang, &mail).await?;
    Ok(CommunityMember {
        account: Some(account.id),
        invitation: None,
        name: account.name,
        email: account.email,
        role: new,
        since: tx.at(),
    })
}

/// Gives the role, in place of the one held.
pub(crate) async fn set_role(
    tx: &Write<'_>,
    community: CommunityId,
    account: AccountId,
    role: CommunityRole,
) -> Result<()> {
    sql::execute(
        &**tx,
        "INSERT INTO community_role (community_id, account_id, role, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (community_id, account_id) DO UPDATE SET role = excluded.role, created_at = excluded.created_at",
        [community.0.into(), account.0.into(), role.as_str().into(), tx.at().0.into()],
    )
    .await?;
    Ok(())
}

/// Invites in the language of whoever invites: the person's own is not known.
async fn invite(
    tx: &mut Write<'_>,
    needs: &Needs<permit::ManageCommunity>,
    community: &CommunityLink,
    new: &AddCommunityMember,
) -> Result<CommunityMember> {
    let lang = needs.lang();
    let into = Into::Community(community.id);
    let invitation = NewInvitation {
        into,
        email: &new.email,
        name: Some(&new.name),
        role: new.role.as_str(),
        invited_by: needs.actor().account_id,
    };
    let arguments = [("community", community.name.get(lang)), ("role", new.role.text(lang))];
    let open = invitation
        .make(tx, lang, |link| {
            Mail::new(Key::MailOrganisationRoleOfferedSubject, Key::MailOrganisationRoleOfferedBody, &arguments)
                .button(Key::MailOrganisationRoleOfferedButton, link)
        })
        .await?;
    tx.record(NewEvent::new(EventKind::InvitationMade, Thing::Invitation, open.id.0).community(community.id).by(needs));
    as_member(open)
}

fn as_member(invited: invitation::Open) -> Result<CommunityMember> {
    Ok(CommunityMember {
        account: None,
        invitation: Some(invited.id),
        name: invited.name.unwrap_or_default(),
        email: invited.email,
        role: CommunityRole::of(&invited.role).context("read a role")?,
        since: invited.created_at,
    })
}

/// What is told of a role given or taken; the account's powers are looked up anew.
pub(crate) fn event(kind: EventKind, community: CommunityId, account: AccountId, role: CommunityRole) -> NewEvent {
    NewEvent::new(kind, Thing::Community, community.0)
        .community(community)
        .account(account)
        .data(serde_json::json!({ "role": role }))
}
