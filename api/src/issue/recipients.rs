//! Who is written to about an issue, or about a task, an offer or a commitment of it.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    http::error::Result,
    issue::store::Issue,
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{AccountId, OrganisationId},
    text::Lang,
};

/// Whom a mail goes to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum To {
    Reporter,
    /// While it is public: who follows what is not public any more is not told about it.
    Followers,
    /// While it is public.
    Supporters,
    /// Who follows it, while it is public, and is neither reporter nor supporter.
    OnlyFollowers,
    Main,
    Coordinators,
    Moderators,
    /// The community's, or where it has none the main coordinators.
    Facilitators,
    /// Who speaks for the organisation.
    Editors(OrganisationId),
    Person(Option<AccountId>),
}

/// Somebody who can be written to.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Recipient {
    pub(crate) email: String,
    language: String,
}

impl Recipient {
    pub(crate) fn lang(&self) -> Lang {
        Lang::of_tag(&self.language).unwrap_or_default()
    }
}

/// Whether some of those meant may not open the issue, and so are not to learn its title either.
pub(crate) fn may_not_open(issue: &Issue, to: &[To]) -> bool {
    issue.private && to.iter().any(|to| matches!(to, To::Main | To::Facilitators))
}

/// Everybody meant, each once, but not who did it.
pub(crate) async fn recipients(
    tx: &Write<'_>,
    by: Option<&Caller>,
    issue: &Issue,
    to: &[To],
) -> Result<Vec<Recipient>> {
    let mut sql = Sql::new(
        "SELECT account.email, account.language FROM account \
         WHERE account.email IS NOT NULL AND account.confirmed_at IS NOT NULL AND account.disabled_at IS NULL AND ((1 = 0)",
    );
    for to in to {
        push(&mut sql, issue, *to);
    }
    sql.push(")");
    if let Some(actor) = by.and_then(Caller::actor) {
        sql.push(" AND account.id <> ").bind(actor.account_id);
    }
    Ok(sql.all(&**tx).await?)
}

fn push(sql: &mut Sql, issue: &Issue, to: To) {
    let followers = "SELECT account_id FROM follow WHERE issue_id = ";
    let supporters = "SELECT account_id FROM support WHERE issue_id = ";
    match to {
        To::Reporter => sql.push(" OR account.id = ").bind(issue.reporter_id),
        To::Person(person) => sql.push(" OR account.id = ").bind(person),
        To::Main => sql.push(" OR account.main_coordinator"),
        To::Followers if issue.listed => sql.push(" OR account.id IN (").push(followers).bind(issue.id).push(")"),
        To::Supporters if issue.listed => sql.push(" OR account.id IN (").push(supporters).bind(issue.id).push(")"),
        To::OnlyFollowers if issue.listed => {
            sql.push(" OR (account.id IN (").push(followers).bind(issue.id).push(") AND account.id NOT IN (").push(supporters).bind(issue.id).push(")");
            match issue.reporter_id {
                Some(reporter) => sql.push(" AND account.id <> ").bind(reporter).push(")"),
                None => sql.push(")"),
            }
        }
        To::Followers | To::Supporters | To::OnlyFollowers => sql,
        To::Coordinators => push_role(sql, issue, "coordinator"),
        To::Moderators => push_role(sql, issue, "moderator"),
        To::Facilitators => push_role(sql, issue, "facilitator")
            .push(" OR (account.main_coordinator AND NOT EXISTS (SELECT 1 FROM community_role WHERE role = 'facilitator' AND community_id = ")
            .bind(issue.community_id)
            .push("))"),
        To::Editors(organisation) => sql
            .push(" OR account.id IN (SELECT account_id FROM member WHERE role IN ('editor', 'owner') AND organisation_id = ")
            .bind(organisation)
            .push(")"),
    };
}

fn push_role<'a>(sql: &'a mut Sql, issue: &Issue, role: &str) -> &'a mut Sql {
    sql.push(&format!(
        " OR account.id IN (SELECT account_id FROM community_role WHERE role = '{role}' AND community_id = "
    ))
    .bind(issue.community_id)
    .push(")")
}
