use crate::{
    auth::needs::Needs,
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::{Answer, NoContent},
        error::{Error, Result},
        extract::Valid,
        page::{self, List},
    },
    organisation::store,
    state::AppState,
    task,
};
use actix_web::{
    delete, get, patch,
    web::{Data, Path, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, OrganisationId},
    names::Slug,
    organisation::{ListMembers, Member, MemberRole, UpdateMember},
    page::Page,
    permission::{Permission, permit},
    problem::Code,
    time::Timestamp,
};

/// The people of an organisation, as its members see them: in the order in which they joined.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv"), ListMembers), responses((status = OK, body = Page<Member>)))]
#[get("/organisations/{slug}/members")]
pub(crate) async fn list_members(
    needs: Needs<permit::WorkOnTask>,
    slug: Path<Slug>,
    list: Query<ListMembers>,
    app: Data<AppState>,
) -> Result<List<Member>> {
    let db = app.db.read();
    let organisation = store::link_of_slug(db, &slug).await?.id;
    needs.for_organisation(organisation)?;
    let limit = list.limit.unwrap_or_default();
    let (since, last): (i64, AccountId) = match &list.after {
        Some(after) => page::key(after)?,
        None => (i64::MIN, AccountId(uuid::Uuid::nil())),
    };
    let rows: Vec<Row> = sql::all(
        db,
        &format!("{SELECT} AND (member.created_at, member.account_id) > ($2, $3) ORDER BY member.created_at, member.account_id LIMIT $4"),
        [organisation.0.into(), since.into(), last.0.into(), (limit.rows() + 1).into()],
    )
    .await?;
    Ok(List(page::page(rows, limit, |row| (row.since.0, row.account), Member::from)?))
}

/// Change what a person is in the organisation. Its last owner remains one (409 `last_owner`).
#[utoipa::path(
    tag = "organisations",
    params(("slug" = String, Path, example = "ho-bez-porohiv"), ("account" = AccountId, Path)),
    request_body = UpdateMember,
    responses((status = OK, body = Member))
)]
#[patch("/organisations/{slug}/members/{account}")]
pub(crate) async fn update_member(
    needs: Needs<permit::ManageOrganisation>,
    path: Path<(Slug, AccountId)>,
    Valid(change): Valid<UpdateMember>,
    app: Data<AppState>,
) -> Result<Answer<Member>> {
    let (slug, account) = path.into_inner();
    let mut tx = app.write(&needs).await?;
    let organisation = store::link_of_slug(&*tx, &slug).await?.id;
    needs.for_organisation(organisation)?;
    // First of all, so that two owners cannot each make the other the last.
    store::touch(&tx, organisation).await?;
    let member = find(&*tx, organisation, account).await?;
    if member.role != change.role {
        keep_an_owner(&tx, organisation, &member).await?;
        sql::execute(
            &*tx,
            "UPDATE member SET role = $1 WHERE organisation_id = $2 AND account_id = $3",
            [change.role.as_str().into(), organisation.0.into(), account.0.into()],
        )
        .await?;
        tx.record(event(EventKind::MemberChanged, organisation, account, change.role).by(&needs));
    }
    tx.answer(Answer::ok(Member { role: change.role, ..member })).await
}

/// Remove a person, or leave. The last owner remains (409 `last_owner`).
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv"), ("account" = AccountId, Path)), responses((status = NO_CONTENT)))]
#[delete("/organisations/{slug}/members/{account}")]
pub(crate) async fn remove_member(
    needs: Needs<permit::WorkOnTask>,
    path: Path<(Slug, AccountId)>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let (slug, account) = path.into_inner();
    let mut tx = app.write(&needs).await?;
    let organisation = store::link_of_slug(&*tx, &slug).await?.id;
    needs.for_organisation(organisation)?;
    if account != needs.actor().account_id && !needs.actor().may_for(Permission::ManageOrganisation, organisation) {
        return Err(Error::of(Code::Forbidden));
    }
    store::touch(&tx, organisation).await?;
    let member = find(&*tx, organisation, account).await?;
    keep_an_owner(&tx, organisation, &member).await?;
    sql::execute(
        &*tx,
        "DELETE FROM member WHERE organisation_id = $1 AND account_id = $2",
        [organisation.0.into(), account.0.into()],
    )
    .await?;
    task::unassign(&mut tx, organisation, account).await?;
    tx.record(event(EventKind::MemberLeft, organisation, account, member.role).by(&needs));
    tx.commit().await?;
    Ok(NoContent)
}

const SELECT: &str = "SELECT account.id AS account, account.name, member.role, member.created_at AS since \
    FROM member JOIN account ON account.id = member.account_id WHERE member.organisation_id = $1";

#[derive(Debug, FromQueryResult)]
struct Row {
    account: AccountId,
    name: String,
    role: MemberRole,
    since: Timestamp,
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        Member { account: row.account, name: row.name, role: row.role, since: row.since }
    }
}

async fn find(db: &impl ConnectionTrait, organisation: OrganisationId, account: AccountId) -> Result<Member> {
    let row: Option<Row> =
        sql::one(db, &format!("{SELECT} AND member.account_id = $2"), [organisation.0.into(), account.0.into()])
            .await?;
    row.map(Member::from).ok_or_else(|| Error::of(Code::NotFound))
}

/// 409 when the member is an owner and no other owner is left.
async fn keep_an_owner(tx: &Write<'_>, organisation: OrganisationId, member: &Member) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Others {
        owners: i64,
    }
    if member.role != MemberRole::Owner {
        return Ok(());
    }
    let others: Option<Others> = sql::one(
        &**tx,
        "SELECT COUNT(*) AS owners FROM member WHERE organisation_id = $1 AND role = $2 AND account_id <> $3",
        [organisation.0.into(), MemberRole::Owner.as_str().into(), member.account.0.into()],
    )
    .await?;
    if others.is_some_and(|others| others.owners > 0) { Ok(()) } else { Err(Error::conflict("last_owner")) }
}

/// Makes the person a member; who is one already remains what they are. Whether something changed.
pub(crate) async fn join(
    tx: &Write<'_>,
    organisation: OrganisationId,
    account: AccountId,
    role: MemberRole,
) -> Result<bool> {
    store::touch(tx, organisation).await?;
    let joined = sql::execute(
        &**tx,
        "INSERT INTO member (organisation_id, account_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [organisation.0.into(), account.0.into(), role.as_str().into(), tx.at().0.into()],
    )
    .await?;
    Ok(joined == 1)
}

/// What is told of a member; the account's powers are looked up anew.
pub(crate) fn event(kind: EventKind, organisation: OrganisationId, account: AccountId, role: MemberRole) -> NewEvent {
    NewEvent::new(kind, Thing::Organisation, organisation.0)
        .organisation(organisation)
        .account(account)
        .data(serde_json::json!({ "role": role }))
}
