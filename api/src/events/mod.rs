//! The event log: what happened, in commit order, each entry bound to the one before by its hash.
//!
//! An event holds ids, enums and times, never a text, a name, an address or coordinates; texts are
//! rows of their own, joined on reading, so that hiding and erasing take effect while the chain
//! stays whole.

mod append;
mod read;
mod told;

pub use append::append;
pub use read::{after, last};
pub(crate) use told::{Told, told};

use sea_orm::FromQueryResult;
use serde::Serialize;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CommunityId, IssueId, OrganisationId},
    time::Timestamp,
};
use uuid::Uuid;

/// What a write tells the log.
#[derive(Debug, Clone)]
pub struct NewEvent {
    kind: EventKind,
    thing: Thing,
    id: Uuid,
    community_id: Option<CommunityId>,
    issue_id: Option<IssueId>,
    organisation_id: Option<OrganisationId>,
    account_id: Option<AccountId>,
    actor_id: Option<AccountId>,
    acting_for: Option<OrganisationId>,
    data: serde_json::Value,
    /// Where it is not the moment of the write.
    at: Option<Timestamp>,
}

impl NewEvent {
    /// What happened to which thing.
    pub fn new(kind: EventKind, thing: Thing, id: Uuid) -> Self {
        Self {
            kind,
            thing,
            id,
            community_id: None,
            issue_id: None,
            organisation_id: None,
            account_id: None,
            actor_id: None,
            acting_for: None,
            data: serde_json::Value::Null,
            at: None,
        }
    }

    /// In which community.
    pub fn community(mut self, id: CommunityId) -> Self {
        self.community_id = Some(id);
        self
    }

    /// The issue it is, or belongs to.
    pub fn issue(mut self, id: IssueId) -> Self {
        self.issue_id = Some(id);
        self
    }

    /// Which organisation it concerns.
    pub fn organisation(mut self, id: OrganisationId) -> Self {
        self.organisation_id = Some(id);
        self
    }

    /// Whom it concerns in private: what the server remembers of that account is forgotten.
    pub fn account(mut self, id: AccountId) -> Self {
        self.account_id = Some(id);
        self
    }

    /// Who did it, and for whom.
    pub fn by(mut self, caller: &crate::auth::session::Caller) -> Self {
        self.actor_id = caller.actor().map(|actor| actor.account_id);
        self.acting_for = caller.acting_for();
        self
    }

    /// Who did it, where it is not the caller: somebody who followed a mailed link.
    pub fn actor(mut self, account: AccountId, acting_for: Option<OrganisationId>) -> Self {
        self.actor_id = Some(account);
        self.acting_for = acting_for;
        self
    }

    /// When it happened, where that is not the moment of the write.
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    /// Ids, enums and times beside the subject's; never a text.
    pub fn data(mut self, data: impl Serialize) -> Self {
        self.data = serde_json::to_value(data).unwrap_or_default();
        self
    }
}

/// An entry of the log.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Event {
    pub seq: i64,
    pub at: Timestamp,
    pub kind: EventKind,
    pub thing: Thing,
    pub thing_id: Uuid,
    pub community_id: Option<CommunityId>,
    pub issue_id: Option<IssueId>,
    pub organisation_id: Option<OrganisationId>,
    pub account_id: Option<AccountId>,
    pub actor_id: Option<AccountId>,
    pub acting_for: Option<OrganisationId>,
    pub data: String,
}
