//! Entries of the log made ready for any reader: who did it as anybody may know it, and what
//! decides who sees it. Asked of the database once for a batch, whoever reads it.

use crate::{
    auth::session::Caller,
    change::sight::{self, Seen, Sight},
    db::Sql,
    events::Event,
    http::error::Result,
    issue::rows::{self, OrganisationRow},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;
use shared::{
    change::{Change, EventKind, Thing},
    ids::{AccountId, CommunityId, OrganisationId},
    names::{ActingRole, OrganisationLink, Who},
    words::Word,
};
use std::collections::{BTreeSet, HashMap};

/// Entries in the order of the log.
#[derive(Debug)]
pub struct Batch {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    event: Event,
    who: Who,
    state: Option<String>,
    sight: Sight,
}

/// What an event says beside its subject, as far as it is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    state: Option<String>,
    role: Option<String>,
}

/// Makes entries ready.
pub(super) async fn resolve(db: &impl ConnectionTrait, events: Vec<Event>) -> Result<Batch> {
    let sights = sight::of(db, &events).await?;
    let organisations = organisations(db, &events).await?;
    let roles = Roles::load(db, &events).await?;
    let entry = |(event, sight): (Event, Sight)| {
        let said: Said = serde_json::from_str(&event.data).unwrap_or_default();
        let organisation = event.acting_for.and_then(|id| organisations.get(&id)).cloned();
        // What an event of a community or an organisation says of a role is the one that was given.
        let role = match event.issue_id {
            Some(_) => said.role.as_deref().and_then(|role| ActingRole::of(role).ok()),
            None => roles.of(&event),
        };
        let who = match (organisation, role) {
            (Some(organisation), _) => Who::Organisation { organisation },
            (None, Some(role)) => Who::Role { role },
            (None, None) => Who::Resident { name: None },
        };
        Entry { event, who, state: said.state, sight }
    };
    Ok(Batch { entries: events.into_iter().zip(sights).map(entry).collect() })
}

impl Batch {
    /// The number of its last entry.
    pub(super) fn last(&self) -> Option<i64> {
        self.entries.last().map(|entry| entry.event.seq)
    }

    /// Whether something of it concerns the account in private, such as its powers or its sessions.
    pub(super) fn concerns(&self, account: AccountId) -> bool {
        self.entries.iter().any(|entry| entry.event.account_id == Some(account))
    }

    /// What the caller may know of what comes after `since`; of one community where it is named.
    pub(super) async fn tell(
        &self,
        db: &impl ConnectionTrait,
        caller: &Caller,
        since: i64,
        community: Option<CommunityId>,
    ) -> Result<Vec<Change>> {
        let wanted =
            |entry: &&Entry| entry.event.seq > since && (community.is_none() || entry.event.community_id == community);
        let entries = || self.entries.iter().filter(wanted);
        let allowed = sight::allowed(db, caller, entries().map(|entry| &entry.sight)).await?;
        let told = entries().filter_map(|entry| match entry.sight.seen(caller, &allowed, entry.event.kind) {
            Seen::Whole => Some(entry.change()),
            Seen::Gone => Some(entry.gone()),
            Seen::Not => None,
        });
        Ok(told.collect())
    }
}

impl Entry {
    fn change(&self) -> Change {
        Change {
            number: self.event.seq,
            at: self.event.at,
            what: self.event.kind,
            thing: self.event.thing,
            id: self.event.thing_id,
            community: self.event.community_id,
            issue: self.event.issue_id,
            state: self.state.clone(),
            who: Some(self.who.clone()),
        }
    }

    fn gone(&self) -> Change {
        Change {
            number: self.event.seq,
            at: self.event.at,
            what: EventKind::Gone,
            thing: self.event.thing,
            id: self.event.thing_id,
            community: None,
            issue: None,
            state: None,
            who: None,
        }
    }
}

/// The organisations that something was done for.
async fn organisations(
    db: &impl ConnectionTrait,
    events: &[Event],
) -> Result<HashMap<OrganisationId, OrganisationLink>> {
    let ids: BTreeSet<OrganisationId> = events.iter().filter_map(|event| event.acting_for).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(&format!("SELECT {} FROM organisation WHERE organisation.id IN ", rows::ORGANISATION));
    sql.bind_all(ids);
    let rows: Vec<OrganisationRow> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.organisation_id, row.link())).collect())
}

/// The roles of those who did what no issue is about; events of issues say themselves in which
/// role they were done.
#[derive(Debug, Default)]
struct Roles(HashMap<(AccountId, Option<CommunityId>), ActingRole>);

#[derive(Debug, FromQueryResult)]
struct RoleRow {
    account_id: AccountId,
    community_id: Option<CommunityId>,
    role: ActingRole,
}

impl Roles {
    async fn load(db: &impl ConnectionTrait, events: &[Event]) -> Result<Self> {
        let actors: BTreeSet<AccountId> =
            events.iter().filter(|event| shows_role(event)).filter_map(|event| event.actor_id).collect();
        if actors.is_empty() {
            return Ok(Self::default());
        }
        let mut sql = Sql::new("SELECT account_id, community_id, role FROM community_role WHERE account_id IN ");
        sql.bind_all(actors.iter().copied());
        sql.push(" UNION ALL SELECT id, NULL, 'main_coordinator' FROM account WHERE main_coordinator AND id IN ")
            .bind_all(actors);
        let rows: Vec<RoleRow> = sql.all(db).await?;
        Ok(Self(rows.into_iter().map(|row| ((row.account_id, row.community_id), row.role)).collect()))
    }

    fn of(&self, event: &Event) -> Option<ActingRole> {
        let actor = event.actor_id.filter(|_| shows_role(event))?;
        let held = event.community_id.and_then(|community| self.0.get(&(actor, Some(community))));
        held.or_else(|| self.0.get(&(actor, None))).copied()
    }
}

fn shows_role(event: &Event) -> bool {
    event.issue_id.is_none() && event.acting_for.is_none() && !matches!(event.thing, Thing::Account | Thing::Session)
}
