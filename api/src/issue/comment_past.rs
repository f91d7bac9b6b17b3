//! What edited and deleted comments said before, for moderators.

use crate::{
    auth::needs::Needs,
    db::Sql,
    http::{
        error::{Error, Result},
        page::List,
    },
    issue::{comments, reader},
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{CommentId, IssueId},
    issue::PastComment,
    page::Page,
    permission::permit,
    problem::Code,
    time::Timestamp,
};

/// Nobody changes a comment more often in 90 days and means well.
const MOST: i64 = 50;

/// What a comment said before it was changed or deleted, the latest first: at most fifty texts of the
/// last 90 days.
#[utoipa::path(tag = "moderation", params(("id" = CommentId, Path)), responses((status = OK, body = Page<PastComment>)))]
#[get("/comments/{id}/past")]
pub(crate) async fn list_past_comments(
    needs: Needs<permit::TriageIssue>,
    id: Path<CommentId>,
    app: Data<AppState>,
) -> Result<List<PastComment>> {
    let (db, id) = (app.db.read(), id.into_inner());
    let of: Option<Of> = Sql::with("SELECT issue_id FROM comment WHERE id = $1", [id.into()]).one(db).await?;
    let of = of.ok_or_else(|| Error::of(Code::NotFound))?;
    let issue = comments::visible(db, &needs, of.issue_id).await?;
    if !reader::triages(&needs, issue.community_id) {
        return Err(Error::of(Code::Forbidden));
    }
    let rows: Vec<Row> = Sql::with(
        "SELECT wording.html, comment_past.replaced_at FROM comment_past JOIN wording ON wording.id = comment_past.wording_id \
         WHERE comment_past.comment_id = $1 AND wording.html IS NOT NULL ORDER BY comment_past.replaced_at DESC LIMIT $2",
        [id.into(), MOST.into()],
    )
    .all(db)
    .await?;
    let items = rows.into_iter().map(|Row { html, replaced_at }| PastComment { html, replaced_at }).collect();
    Ok(List(Page { items, next: None }))
}

#[derive(Debug, FromQueryResult)]
struct Of {
    issue_id: IssueId,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    html: String,
    replaced_at: Timestamp,
}
