//! Who may see which issue, and who works on it, as conditions of queries on `issue`.

use crate::{
    auth::session::{Actor, Caller},
    db::Sql,
};
use shared::{
    ids::{CommunityId, OrganisationId},
    permission::{Permission, Role},
};

/// Adds the condition that the caller may see the issue:
/// everybody what is listed; moderators and coordinators everything in their community; reporters
/// their own; those who work on it also when it is private; facilitators and the main coordinator
/// all that is not private.
pub(crate) fn push_visible(sql: &mut Sql, caller: &Caller) {
    let Some(actor) = caller.actor() else {
        sql.push("issue.listed");
        return;
    };
    sql.push("(issue.listed OR ");
    push_insider(sql, actor);
    sql.push(" OR (issue.hidden_at IS NULL AND ");
    push_involved(sql, actor);
    sql.push(")");
    let accompanied = communities(actor, Role::Facilitator);
    if !accompanied.is_empty() {
        sql.push(" OR (NOT issue.private AND issue.hidden_at IS NULL AND issue.community_id IN ")
            .bind_all(accompanied)
            .push(")");
    }
    if actor.main_coordinator {
        sql.push(" OR NOT issue.private");
    }
    sql.push(")");
}

/// Adds the condition that the caller works on the issue, and so knows its exact place, its photos
/// and, where the reporter allows it, the reporter's name.
pub(crate) fn push_works(sql: &mut Sql, caller: &Caller) {
    match caller.actor() {
        Some(actor) => {
            sql.push("(");
            push_insider(sql, actor);
            sql.push(" OR ");
            push_involved(sql, actor);
            sql.push(")");
        }
        None => {
            sql.push("(1 = 0)");
        }
    }
}

/// Reporter, moderator or coordinator: hidden or not.
fn push_insider(sql: &mut Sql, actor: &Actor) {
    sql.push("(issue.reporter_id = ").bind(actor.account_id);
    let moderated: Vec<CommunityId> =
        actor.communities.iter().filter(|(_, role)| role.may(Permission::TriageIssue)).map(|(id, _)| *id).collect();
    if !moderated.is_empty() {
        sql.push(" OR issue.community_id IN ").bind_all(moderated);
    }
    sql.push(")");
}

/// Editor of an organisation with an open or accepted offer on it, or assigned to a task of it.
fn push_involved(sql: &mut Sql, actor: &Actor) {
    if actor.organisations.is_empty() {
        sql.push("(1 = 0)");
        return;
    }
    // Asked of the tasks themselves: who leaves an organisation while being assigned sees no more.
    sql.push("(EXISTS (SELECT 1 FROM task mine WHERE mine.issue_id = issue.id AND mine.assignee_id = ")
        .bind(actor.account_id)
        .push(" AND mine.holder_id IN ")
        .bind_all(actor.organisations.iter().map(|(id, _)| *id))
        .push(")");
    let spoken_for: Vec<OrganisationId> = actor
        .organisations
        .iter()
        .filter(|(_, role)| role.may(Permission::SpeakForOrganisation))
        .map(|(id, _)| *id)
        .collect();
    if !spoken_for.is_empty() {
        sql.push(" OR EXISTS (SELECT 1 FROM issue_organisation WHERE issue_organisation.issue_id = issue.id AND issue_organisation.organisation_id IN ")
            .bind_all(spoken_for)
            .push(")");
    }
    sql.push(")");
}

fn communities(actor: &Actor, wanted: Role) -> Vec<CommunityId> {
    actor.communities.iter().filter(|(_, role)| *role == wanted).map(|(id, _)| *id).collect()
}

/// Whether the caller triages in the community.
pub(crate) fn triages(caller: &Caller, community: CommunityId) -> bool {
    caller.actor().is_some_and(|actor| actor.may_in(Permission::TriageIssue, community))
}
