//! Permission as a type: a handler's first argument is `Needs<P>`, [`Actor`] or [`Anyone`].

use crate::{
    auth::session::{self, Actor, Caller},
    http::error::{Error, Result},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use shared::{
    ids::{CommunityId, OrganisationId},
    permission::{Permission, Permit},
    problem::Code,
};
use std::{
    future::{Ready, ready},
    marker::PhantomData,
    ops::Deref,
    sync::Arc,
};

/// Proof that the caller holds `P` somewhere. Nothing else can make one; whether they hold it for
/// the thing at hand is asked of [`Needs::in_community`] or [`Needs::for_organisation`].
#[derive(Debug)]
pub struct Needs<P> {
    caller: Caller,
    actor: Arc<Actor>,
    permission: PhantomData<P>,
}

impl<P: Permit> Needs<P> {
    /// Who calls.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// 403 unless the permission holds in the community.
    pub fn in_community(&self, community: CommunityId) -> Result<()> {
        allowed(self.actor.may_in(P::PERMISSION, community))
    }

    /// 403 unless the permission holds for the organisation.
    pub fn for_organisation(&self, organisation: OrganisationId) -> Result<()> {
        allowed(self.actor.may_for(P::PERMISSION, organisation))
    }
}

fn allowed(yes: bool) -> Result<()> {
    if yes { Ok(()) } else { Err(Error::of(Code::Forbidden)) }
}

impl<P: Permit> Deref for Needs<P> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<P: Permit> FromRequest for Needs<P> {
    type Error = Error;
    /// Never pending, so that 401 and 403 come before anything is read of the body.
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(prove(req, P::PERMISSION).map(|(caller, actor)| Needs { caller, actor, permission: PhantomData }))
    }
}

fn prove(req: &HttpRequest, permission: Permission) -> Result<(Caller, Arc<Actor>)> {
    let caller = session::caller(req);
    let actor = caller.actor().cloned().ok_or_else(|| Error::of(Code::Unauthenticated))?;
    if !actor.may_somewhere(permission) {
        return Err(Error::of(Code::Forbidden));
    }
    // The same 403 for an organisation one is no member of and for one that is not there.
    match caller.acting_for() {
        Some(organisation) if !actor.is_member_of(organisation) => Err(Error::of(Code::Forbidden)),
        _ => Ok((caller, actor)),
    }
}

/// Deliberately public: whoever calls, signed in or not.
#[derive(Debug)]
pub struct Anyone(Caller);

impl Deref for Anyone {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = session::caller(req);
        ready(match (caller.actor(), caller.acting_for()) {
            (None, Some(_)) => Err(Error::of(Code::Unauthenticated)),
            (Some(actor), Some(organisation)) if !actor.is_member_of(organisation) => Err(Error::of(Code::Forbidden)),
            _ => Ok(Anyone(caller)),
        })
    }
}
