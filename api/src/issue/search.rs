//! The search words of issues.

use crate::{
    db::{Sql, Write},
    http::error::Result,
    issue::store::Issue,
    search, wording,
};
use sea_orm::{ConnectionTrait, DbBackend};
use shared::ids::{CommunityId, IssueId};

/// Writes the search words of an issue anew.
pub(crate) async fn put(
    tx: &Write<'_>,
    community: CommunityId,
    issue: IssueId,
    title: &str,
    description: &str,
) -> Result<()> {
    let tokens = tokens(community, title, description);
    Sql::with(
        "INSERT INTO search_document (community_id, issue_id, tokens) VALUES ($1, $2, $3)",
        [community.into(), issue.into(), tokens.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}

/// The search words of an issue, as they are stored.
pub(crate) fn tokens(community: CommunityId, title: &str, description: &str) -> String {
    format!("{} {}", search::document([title, description]), community_token(community))
}

/// Removes the search words of an issue.
pub(crate) async fn remove(tx: &Write<'_>, issue: IssueId) -> Result<()> {
    Sql::with("DELETE FROM search_document WHERE issue_id = $1", [issue.into()]).run(&**tx).await?;
    Ok(())
}

/// Adds the condition that the issue has all the words, in any of their forms. Words without a
/// letter or a digit find everything.
pub(crate) fn push_matches(sql: &mut Sql, db: &impl ConnectionTrait, community: CommunityId, words: &str) {
    let mut tokens = search::query(words);
    if tokens.is_empty() {
        return;
    }
    if db.get_database_backend() == DbBackend::Postgres {
        sql.push(" AND issue.id IN (SELECT issue_id FROM search_document WHERE community_id = ")
            .bind(community)
            .push(" AND to_tsvector('simple', tokens) @@ to_tsquery('simple', ")
            .bind(search::tsquery(&tokens))
            .push("))");
    } else {
        tokens.push(community_token(community));
        sql.push(
            " AND issue.id IN (SELECT document.issue_id FROM search_index JOIN search_document document ON document.number = search_index.rowid \
             WHERE search_index MATCH ",
        )
        .bind(search::fts5(&tokens))
        .push(")");
    }
}

/// A word that all issues of a community have and nobody writes, so that one index serves all.
fn community_token(community: CommunityId) -> String {
    format!("z{}", community.0.simple())
}

/// Writes the search words of an issue that is shown again.
pub(crate) async fn again(tx: &Write<'_>, issue: &Issue) -> Result<()> {
    remove(tx, issue.id).await?;
    let mut texts = wording::read(&**tx, [issue.title_id, issue.description_id], true).await?;
    let mut text = |id| texts.remove(&id).unwrap_or_default();
    let (title, description) = (text(issue.title_id), text(issue.description_id));
    put(tx, issue.community_id, issue.id, &title, &description).await
}
