//! Changing and deleting one's comment. What it said is kept for moderators, for 90 days.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    events::{NewEvent, Told},
    http::{
        answer::{Answer, IfMatch, NoContent},
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        comments, hide,
        store::{self, Issue},
    },
    state::AppState,
    wording::{self, Wording},
};
use actix_web::{
    delete, patch,
    web::{Data, Path},
};
use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CommentId, IssueId},
    issue::{Comment, CommentDraft},
    permission::permit,
    problem::Code,
};
use uuid::Uuid;

/// For how long moderators can look up what an edited or deleted comment said.
const KEPT: TimeDelta = TimeDelta::days(90);

/// Change one's comment.
#[utoipa::path(tag = "comments", params(("id" = CommentId, Path)), request_body = CommentDraft, responses((status = OK, body = Comment)))]
#[patch("/comments/{id}")]
pub(crate) async fn update_comment(
    needs: Needs<permit::Participate>,
    id: Path<CommentId>,
    Valid(comment): Valid<CommentDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<Comment>> {
    let mut tx = app.write(&needs).await?;
    let (issue, row) = own(&tx, &needs, *id).await?;
    if_match.check(row.version)?;
    let words = wording::put_markdown(&tx, issue.community_id, &comment.text).await?;
    Sql::with(
        "UPDATE comment SET wording_id = $1, edited_at = $2, version = version + 1 WHERE id = $3",
        [words.id.into(), tx.at().into(), row.id.into()],
    )
    .run(&*tx)
    .await?;
    put_aside(&tx, &row).await?;
    changed(&mut tx, &needs, &issue, row.id, EventKind::CommentEdited, vec![words]).await?;
    let body = comments::one(&tx, &needs, issue.community_id, row.id).await?;
    tx.answer(Answer::ok(body)).await
}

/// Delete one's comment; that there was one stays to be seen.
#[utoipa::path(tag = "comments", params(("id" = CommentId, Path)), responses((status = NO_CONTENT)))]
#[delete("/comments/{id}")]
pub(crate) async fn delete_comment(
    needs: Needs<permit::Participate>,
    id: Path<CommentId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<NoContent> {
    let mut tx = app.write(&needs).await?;
    let (issue, row) = own(&tx, &needs, *id).await?;
    if_match.check(row.version)?;
    Sql::with(
        "UPDATE comment SET deleted_at = $1, version = version + 1 WHERE id = $2",
        [tx.at().into(), row.id.into()],
    )
    .run(&*tx)
    .await?;
    put_aside(&tx, &row).await?;
    changed(&mut tx, &needs, &issue, row.id, EventKind::CommentDeleted, Vec::new()).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: CommentId,
    issue_id: IssueId,
    account_id: Option<AccountId>,
    wording_id: Uuid,
    hidden: bool,
    version: i64,
}

/// The caller's own comment: 404 when they may not see its issue, 403 when it is somebody else's,
/// 409 while it is hidden.
async fn own(tx: &Write<'_>, needs: &Needs<permit::Participate>, id: CommentId) -> Result<(Issue, Row)> {
    let row: Row = Sql::with(
        "SELECT comment.id, comment.issue_id, comment.account_id, comment.wording_id, wording.hidden_at IS NOT NULL AS hidden, comment.version \
         FROM comment JOIN wording ON wording.id = comment.wording_id WHERE comment.id = $1 AND comment.deleted_at IS NULL",
        [id.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| Error::of(Code::NotFound))?;
    let issue = store::lock(tx, needs, row.issue_id).await?;
    issue.needs_shown()?;
    if row.account_id != Some(needs.actor().account_id) {
        return Err(Error::of(Code::Forbidden));
    }
    if row.hidden { Err(Error::conflict("hidden")) } else { Ok((issue, row)) }
}

async fn put_aside(tx: &Write<'_>, row: &Row) -> Result<()> {
    Sql::with(
        "INSERT INTO comment_past (comment_id, wording_id, replaced_at) VALUES ($1, $2, $3)",
        [row.id.into(), row.wording_id.into(), tx.at().into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}

async fn changed(
    tx: &mut Write<'_>,
    needs: &Needs<permit::Participate>,
    issue: &Issue,
    id: CommentId,
    what: EventKind,
    texts: Vec<Wording>,
) -> Result<()> {
    hide::count_comments(tx, issue.id).await?;
    let event = NewEvent::new(what, Thing::Comment, id.0).community(issue.community_id).issue(issue.id).by(needs);
    tx.record(event.data(Told { texts, ..Told::default() }));
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Past {
    wording_id: Uuid,
}

/// Erases what comments said more than 90 days ago.
pub(crate) async fn erase_past(tx: &Write<'_>) -> Result<()> {
    let past: Vec<Past> =
        Sql::with("DELETE FROM comment_past WHERE replaced_at < $1 RETURNING wording_id", [(tx.at() - KEPT).into()])
            .all(&**tx)
            .await?;
    if past.is_empty() {
        return Ok(());
    }
    wording::erase(tx, &past.into_iter().map(|row| row.wording_id).collect::<Vec<_>>()).await
}
