//! Who may see which task of an issue that they may see, as conditions of queries on `task`.

use crate::{auth::session::Caller, db::Sql};
use shared::ids::{CommunityId, OrganisationId};

/// The condition that everybody may see it who sees its issue: what an organisation proposed whose
/// words are not public at once waits until somebody of the community takes it up, and what a
/// moderator has hidden is gone.
pub(crate) const SHOWN: &str = "(task.vetted AND task.hidden_at IS NULL)";

/// Adds the condition that the caller, who may see its issue, may see the task: what is shown to
/// everybody; the organisation that proposed it or has it, and those who look after the community,
/// all of it.
pub(crate) fn push_visible(sql: &mut Sql, caller: &Caller) {
    let Some(actor) = caller.actor() else {
        sql.push(SHOWN);
        return;
    };
    sql.push(&format!("({SHOWN}"));
    if actor.main_coordinator {
        sql.push(" OR (1 = 1)");
    }
    let communities: Vec<CommunityId> = actor.communities.iter().map(|(id, _)| *id).collect();
    if !communities.is_empty() {
        sql.push(" OR task.community_id IN ").bind_all(communities);
    }
    let own: Vec<OrganisationId> = actor.organisations.iter().map(|(id, _)| *id).collect();
    if !own.is_empty() {
        sql.push(" OR task.proposed_by IN ").bind_all(own.iter().copied());
        sql.push(" OR task.holder_id IN ").bind_all(own);
    }
    sql.push(")");
}
