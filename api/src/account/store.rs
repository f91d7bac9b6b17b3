//! Accounts and sessions in the database.

use crate::{
    auth::password::PasswordHash,
    db::Write,
    events::NewEvent,
    http::error::{Error, OnUnique, Result},
};
use anyhow::Context;
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use shared::{
    account::{Email, Me, RoleInCommunity, RoleInOrganisation, TimeZone},
    change::{EventKind, Thing},
    community::CommunityRole,
    ids::{AccountId, CommunityId, OrganisationId, SessionId},
    names::{CommunityLink, Names, OrganisationLink, Slug},
    organisation::{MemberRole, Sector},
    text::Lang,
    time::Timestamp,
};

/// A session ends when it was not refreshed for so long ...
pub(crate) const IDLE: TimeDelta = TimeDelta::days(30);
/// ... and in any case so long after signing in.
pub(crate) const LONGEST: TimeDelta = TimeDelta::days(365);

/// An account, as far as signing in and changing it need.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) email: Email,
    pub(crate) password_hash: Option<PasswordHash>,
    language: String,
    pub(crate) disabled_at: Option<Timestamp>,
}

impl Account {
    /// The language to write to them in.
    pub(crate) fn lang(&self) -> Lang {
        Lang::of_tag(&self.language).unwrap_or_default()
    }
}

/// The account of an address, disabled or not.
pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Account>> {
    find(db, "email = $1", email.as_str().into()).await
}

/// One's own account.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: AccountId) -> Result<Account> {
    Ok(find(db, "id = $1 AND email IS NOT NULL", id.0.into()).await?.context("find the caller's account")?)
}

async fn find(db: &impl ConnectionTrait, condition: &str, value: Value) -> Result<Option<Account>> {
    let sql = format!("SELECT id, email, password_hash, language, disabled_at FROM account WHERE {condition}");
    Ok(Account::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, [value]))
        .one(db)
        .await?)
}

/// An account to be made.
#[derive(Debug)]
pub(crate) struct NewAccount<'a> {
    pub(crate) email: &'a Email,
    pub(crate) name: &'a str,
    pub(crate) password_hash: Option<&'a PasswordHash>,
    pub(crate) language: Lang,
    pub(crate) time_zone: &'a TimeZone,
    pub(crate) main_coordinator: bool,
}

/// Makes an account; `taken` is what is answered when the address has one by now.
pub(crate) async fn create(
    tx: &mut Write<'_>,
    account: NewAccount<'_>,
    taken: impl FnOnce() -> Error,
) -> Result<AccountId> {
    let id = AccountId(tx.id());
    let at = tx.at().0;
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO account (id, email, name, password_hash, language, time_zone, main_coordinator, confirmed_at, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $8, $8)",
        [
            id.0.into(),
            account.email.as_str().into(),
            account.name.into(),
            account.password_hash.map(|hash| hash.as_str().to_owned()).into(),
            account.language.tag().into(),
            account.time_zone.as_str().into(),
            account.main_coordinator.into(),
            at.into(),
        ],
    ))
    .await
    .on_unique("account", "email", taken)?;
    tx.record(NewEvent::new(EventKind::AccountCreated, Thing::Account, id.0).account(id));
    Ok(id)
}

/// The account of somebody who has followed a link mailed to the address; one without name and
/// password is made when there is none. 410 for a disabled one.
pub(crate) async fn by_email_or_new(tx: &mut Write<'_>, email: &Email, lang: Lang) -> Result<AccountId> {
    let gone = || Error::of(shared::problem::Code::LinkExpired);
    match by_email(&**tx, email).await? {
        Some(account) if account.disabled_at.is_none() => Ok(account.id),
        Some(_) => Err(gone()),
        None => {
            let time_zone = TimeZone::default();
            create(
                tx,
                NewAccount {
                    email,
                    name: "",
                    password_hash: None,
                    language: lang,
                    time_zone: &time_zone,
                    main_coordinator: false,
                },
                gone,
            )
            .await
        }
    }
}

/// Begins a session of an account.
pub(crate) async fn start_session(tx: &mut Write<'_>, account: AccountId, device: &str) -> Result<SessionId> {
    let id = SessionId(tx.id());
    let at = tx.at();
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO session (id, account_id, generation, refreshed_at, device, created_at, ends_at) VALUES ($1, $2, 0, $3, $4, $3, $5)",
        [id.0.into(), account.0.into(), at.0.into(), device.into(), (at + IDLE).0.into()],
    ))
    .await?;
    tx.record(NewEvent::new(EventKind::SessionStarted, Thing::Session, id.0).account(account));
    Ok(id)
}

/// Which sessions of an account.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    All,
    This(SessionId),
    AllBut(SessionId),
}

/// Ends open sessions of an account; tells how many.
pub(crate) async fn end_sessions(tx: &mut Write<'_>, account: AccountId, which: Which) -> Result<usize> {
    let (condition, id) = match which {
        Which::All => ("id <> $3", uuid::Uuid::nil()),
        Which::This(session) => ("id = $3", session.0),
        Which::AllBut(session) => ("id <> $3", session.0),
    };
    let ended = tx
        .query_all_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            format!("UPDATE session SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL AND ends_at > $1 AND {condition} RETURNING id"),
            [tx.at().0.into(), account.0.into(), id.into()],
        ))
        .await?;
    for row in &ended {
        tx.record(NewEvent::new(EventKind::SessionEnded, Thing::Session, row.try_get("", "id")?).account(account));
    }
    Ok(ended.len())
}

#[derive(FromQueryResult)]
struct MeRow {
    id: AccountId,
    email: Email,
    name: String,
    has_password: bool,
    language: String,
    time_zone: TimeZone,
    main_coordinator: bool,
    version: i64,
}

#[derive(FromQueryResult)]
struct CommunityRow {
    id: CommunityId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    role: CommunityRole,
}

#[derive(FromQueryResult)]
struct OrganisationRow {
    id: OrganisationId,
    slug: Slug,
    name_uk: String,
    name_en: Option<String>,
    sector: Sector,
    role: MemberRole,
}

/// Everything one sees of one's own account: three statements.
pub(crate) async fn me(db: &impl ConnectionTrait, id: AccountId) -> Result<Me> {
    let backend = db.get_database_backend();
    let of_account = |sql: &str| Statement::from_sql_and_values(backend, sql, [id.0.into()]);
    let row = MeRow::find_by_statement(of_account(
        "SELECT id, email, name, password_hash IS NOT NULL AS has_password, language, time_zone, main_coordinator, version \
         FROM account WHERE id = $1 AND email IS NOT NULL",
    ))
    .one(db)
    .await?
    .context("find the caller's account")?;
    let communities = CommunityRow::find_by_statement(of_account(
        "SELECT community.id, slug, name_uk, name_en, role FROM community_role \
         JOIN community ON community.id = community_role.community_id WHERE account_id = $1 ORDER BY name_uk, community.id",
    ))
    .all(db)
    .await?;
    let organisations = OrganisationRow::find_by_statement(of_account(
        "SELECT organisation.id, slug, name_uk, name_en, sector, role FROM member \
         JOIN organisation ON organisation.id = member.organisation_id WHERE account_id = $1 ORDER BY name_uk, organisation.id",
    ))
    .all(db)
    .await?;
    Ok(Me {
        id: row.id,
        name: row.name,
        email: row.email,
        language: Lang::of_tag(&row.language).unwrap_or_default(),
        time_zone: row.time_zone,
        has_password: row.has_password,
        main_coordinator: row.main_coordinator,
        communities: communities
            .into_iter()
            .map(|row| RoleInCommunity {
                community: CommunityLink {
                    id: row.id,
                    slug: row.slug,
                    name: Names { uk: row.name_uk, en: row.name_en },
                },
                role: row.role,
            })
            .collect(),
        organisations: organisations
            .into_iter()
            .map(|row| RoleInOrganisation {
                organisation: OrganisationLink {
                    id: row.id,
                    slug: row.slug,
                    name: Names { uk: row.name_uk, en: row.name_en },
                    sector: row.sector,
                },
                role: row.role,
            })
            .collect(),
        version: row.version,
    })
}

/// Sets the password of an account.
pub(crate) async fn set_password(tx: &mut Write<'_>, account: AccountId, hash: &PasswordHash) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE account SET password_hash = $1, version = version + 1, updated_at = $2 WHERE id = $3",
        [hash.as_str().into(), tx.at().0.into(), account.0.into()],
    ))
    .await?;
    tx.record(NewEvent::new(EventKind::AccountChanged, Thing::Account, account.0).account(account));
    Ok(())
}
