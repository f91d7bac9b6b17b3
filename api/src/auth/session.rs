//! Resolving the caller: token, then the per-process cache, the database only when that is cold.

use crate::{
    auth::{cookie, token},
    http::{
        context::Request,
        error::{Error, Result},
    },
    state::AppState,
};
use actix_web::{HttpMessage, HttpRequest, http::header};
use sea_orm::{FromQueryResult, Statement};
use shared::{
    ids::{AccountId, CommunityId, OrganisationId, SessionId},
    permission::{Permission, Role},
    problem::Code,
    text::Lang,
    time::Timestamp,
};
use std::{
    collections::HashMap,
    rc::Rc,
    sync::{Arc, PoisonError, RwLock},
};

/// A signed-in person with their powers.
#[derive(Debug, Clone)]
pub struct Actor {
    pub account_id: AccountId,
    pub session_id: SessionId,
    /// The language the account has chosen.
    pub lang: Lang,
    pub main_coordinator: bool,
    /// Roles held in communities: moderator, coordinator, facilitator.
    pub communities: Vec<(CommunityId, Role)>,
    /// Roles held for organisations: member, editor, owner.
    pub organisations: Vec<(OrganisationId, Role)>,
    ends_at: Timestamp,
}

impl Actor {
    /// Whether some role of theirs holds the permission somewhere.
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        Role::Citizen.may(permission)
            || (self.main_coordinator && Role::MainCoordinator.may(permission))
            || self.communities.iter().any(|(_, role)| role.may(permission))
            || self.organisations.iter().any(|(_, role)| role.may(permission))
    }

    /// Whether it holds in the community: by a role there, or everywhere.
    pub fn may_in(&self, permission: Permission, community: CommunityId) -> bool {
        (self.main_coordinator && Role::MainCoordinator.may(permission))
            || self.communities.iter().any(|(id, role)| *id == community && role.may(permission))
    }

    /// Whether it holds for the organisation.
    pub fn may_for(&self, permission: Permission, organisation: OrganisationId) -> bool {
        self.organisations.iter().any(|(id, role)| *id == organisation && role.may(permission))
    }

    /// Who they are and what they may do: two that are equal are shown the same.
    pub fn view(&self) -> String {
        let communities = self.communities.iter().map(|(id, role)| format!("{id}{role:?}"));
        let organisations = self.organisations.iter().map(|(id, role)| format!("{id}{role:?}"));
        let mut powers: Vec<String> = communities.chain(organisations).collect();
        powers.sort();
        format!("{}{}{}", self.account_id, self.main_coordinator, powers.concat())
    }

    pub fn is_member_of(&self, organisation: OrganisationId) -> bool {
        self.organisations.iter().any(|(id, _)| *id == organisation)
    }
}

/// Whoever calls, with the request's own words.
#[derive(Debug, Clone)]
pub struct Caller {
    actor: Option<Arc<Actor>>,
    request: Rc<Request>,
}

impl Caller {
    /// Nobody in particular, whatever the request says of who sends it: for what is public.
    pub fn nobody(req: &HttpRequest) -> Caller {
        Caller { actor: None, request: Request::of(req) }
    }

    /// The signed-in person, if there is one.
    pub fn actor(&self) -> Option<&Arc<Actor>> {
        self.actor.as_ref()
    }

    /// The request's own words.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The organisation one acts for; that one is its member was checked with the permission.
    pub fn acting_for(&self) -> Option<OrganisationId> {
        self.request.acting_for
    }

    /// The same caller with the powers they have now; nobody once their session has ended.
    pub async fn again(&self, app: &AppState) -> Result<Option<Caller>> {
        let Some(before) = &self.actor else { return Ok(Some(self.clone())) };
        let now = actor(app, before.account_id, before.session_id).await?;
        Ok(now.map(|actor| Caller { actor: Some(actor), request: Rc::clone(&self.request) }))
    }

    /// The language to answer in: the account's, else the browser's.
    pub fn lang(&self) -> Lang {
        self.actor.as_ref().map_or(self.request.lang, |actor| actor.lang)
    }
}

/// The caller that the middleware has resolved.
pub fn caller(req: &HttpRequest) -> Caller {
    req.extensions().get::<Caller>().cloned().unwrap_or_else(|| Caller { actor: None, request: Request::of(req) })
}

/// The language of the caller's account.
pub fn language(req: &HttpRequest) -> Option<Lang> {
    caller(req).actor.as_ref().map(|actor| actor.lang)
}

/// Who calls: nobody when there is no token (for what browsers fetch themselves: no cookie). A token
/// that is not good any more is refused, also where nobody need be signed in: who believes to be
/// signed in would be answered as a stranger without noticing.
pub async fn resolve(app: &AppState, req: &HttpRequest) -> Result<Caller> {
    let request = Request::of(req);
    let bearer = req
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token);
    let actor = match bearer {
        Some(token) => {
            let dead = || Error::of(Code::Unauthenticated);
            let claims = app.sessions.claims(app, token).ok_or_else(dead)?;
            Some(actor(app, claims.sub, claims.sid).await?.ok_or_else(dead)?)
        }
        None if cookie::signs_in(&request.method, &request.path) => cookie::actor(app, req).await?,
        None => None,
    };
    Ok(Caller { actor, request })
}

/// The person of a session that is still open.
pub async fn actor(app: &AppState, account: AccountId, session: SessionId) -> Result<Option<Arc<Actor>>> {
    let now = app.clock.now();
    // A session that seems to have run out may have been refreshed since it was remembered.
    let actor = match app.sessions.get(session).filter(|actor| now < actor.ends_at) {
        Some(actor) => Some(actor),
        None => {
            let stamp = app.sessions.stamp();
            let loaded = load(app, session).await?.map(Arc::new);
            if let Some(actor) = &loaded {
                app.sessions.put(Arc::clone(actor), stamp);
            }
            loaded
        }
    };
    Ok(actor.filter(|actor| actor.account_id == account && now < actor.ends_at))
}

#[derive(Debug, FromQueryResult)]
struct Row {
    account_id: AccountId,
    language: String,
    main_coordinator: bool,
    ends_at: Timestamp,
}

#[derive(Debug, FromQueryResult)]
struct RoleRow {
    community_id: Option<CommunityId>,
    organisation_id: Option<OrganisationId>,
    role: String,
}

async fn load(app: &AppState, session: SessionId) -> Result<Option<Actor>> {
    let db = app.db.read();
    let backend = db.get_database_backend();
    let row = Row::find_by_statement(Statement::from_sql_and_values(
        backend,
        "SELECT account.id AS account_id, account.language, account.main_coordinator, session.ends_at \
         FROM session JOIN account ON account.id = session.account_id \
         WHERE session.id = $1 AND session.ended_at IS NULL AND account.disabled_at IS NULL",
        [session.0.into()],
    ))
    .one(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let roles = RoleRow::find_by_statement(Statement::from_sql_and_values(
        backend,
        "SELECT community_id, NULL AS organisation_id, role FROM community_role WHERE account_id = $1 \
         UNION ALL SELECT NULL, organisation_id, role FROM member WHERE account_id = $1",
        [row.account_id.0.into()],
    ))
    .all(db)
    .await?;
    let mut actor = Actor {
        account_id: row.account_id,
        session_id: session,
        lang: Lang::of_tag(&row.language).unwrap_or_default(),
        main_coordinator: row.main_coordinator,
        communities: Vec::new(),
        organisations: Vec::new(),
        ends_at: row.ends_at,
    };
    for RoleRow { community_id, organisation_id, role } in roles {
        let Ok(role) = serde_json::from_value(role.into()) else { continue };
        match (community_id, organisation_id) {
            (Some(community), _) => actor.communities.push((community, role)),
            (_, Some(organisation)) => actor.organisations.push((organisation, role)),
            _ => {}
        }
    }
    Ok(Some(actor))
}

/// Who is signed in, remembered until an event says that something about them has changed.
#[derive(Debug, Default)]
pub struct Sessions(RwLock<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    actors: HashMap<SessionId, Arc<Actor>>,
    tokens: HashMap<String, token::Claims>,
    /// Counts what was forgotten, so that a row read before is not remembered after.
    stamp: u64,
    /// What other processes change is not heard of: everybody is looked up.
    deaf: bool,
}

/// More than this many and the cache starts anew, which costs each caller one look-up.
const MOST: usize = 20_000;

impl Sessions {
    /// What a good token says. Verified once, then remembered until its end.
    fn claims(&self, app: &AppState, bearer: &str) -> Option<token::Claims> {
        let now = app.clock.now();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).tokens.get(bearer).cloned();
        if let Some(claims) = known {
            return claims.is_good(now).then_some(claims);
        }
        let claims = token::verify(&app.keys, app.config.public_url().as_str(), bearer, now)?;
        let mut remembered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.tokens.len() >= MOST {
            remembered.tokens.clear();
        }
        remembered.tokens.insert(bearer.to_owned(), claims.clone());
        Some(claims)
    }

    fn get(&self, session: SessionId) -> Option<Arc<Actor>> {
        let remembered = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if remembered.deaf { None } else { remembered.actors.get(&session).cloned() }
    }

    fn stamp(&self) -> u64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).stamp
    }

    fn put(&self, actor: Arc<Actor>, stamp: u64) {
        let mut remembered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.deaf || remembered.stamp != stamp {
            return;
        }
        if remembered.actors.len() >= MOST {
            remembered.actors.clear();
        }
        remembered.actors.insert(actor.session_id, actor);
    }

    /// Whether events of other processes are not heard at present: then nothing remembered counts,
    /// and what was remembered until now is forgotten.
    pub fn set_deaf(&self, deaf: bool) {
        let mut remembered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if deaf && !remembered.deaf {
            remembered.stamp += 1;
            remembered.actors.clear();
        }
        remembered.deaf = deaf;
    }

    /// Forgets what is remembered of an account: its next request asks the database.
    pub fn forget(&self, account: AccountId) {
        let mut remembered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        remembered.stamp += 1;
        remembered.actors.retain(|_, actor| actor.account_id != account);
    }
}
