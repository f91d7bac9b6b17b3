//! Comments below an issue: reading and writing them.

use crate::{
    auth::{
        limits::{self, COMMENTS_OF_ACCOUNT},
        needs::{Anyone, Needs},
        session::Caller,
    },
    db::{Sql, Write},
    events::{NewEvent, Told},
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
        page::{self, List},
    },
    issue::{
        hide, notice, reader, report,
        rows::{self, OrganisationRow},
        store,
    },
    state::AppState,
    wording,
};
use actix_web::{
    get, post,
    web::{Data, Path, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    change::{EventKind, Thing},
    ids::{CommentId, CommunityId, IssueId},
    issue::{Comment, CommentDraft, ListInOrder},
    names::{ActingRole, Who},
    page::Page,
    permission::permit,
    problem::Code,
    time::Timestamp,
};

/// The comments of an issue, oldest first.
#[utoipa::path(tag = "comments", params(("id" = IssueId, Path), ListInOrder), responses((status = OK, body = Page<Comment>)))]
#[get("/issues/{id}/comments")]
pub(crate) async fn list_comments(
    anyone: Anyone,
    id: Path<IssueId>,
    Query(list): Query<ListInOrder>,
    app: Data<AppState>,
) -> Result<List<Comment>> {
    let db = app.db.read();
    let issue = visible(db, &anyone, *id).await?;
    let mut sql = select(&anyone, issue.community_id);
    sql.push(" WHERE comment.issue_id = ").bind(issue.id);
    if !reader::triages(&anyone, issue.community_id) {
        sql.push(" AND (comment.at_once OR EXISTS (SELECT 1 FROM issue WHERE issue.id = comment.issue_id AND issue.state <> 'reported') OR comment.account_id = ")
            .bind(anyone.actor().map(|actor| actor.account_id))
            .push(")");
    }
    if let Some(after) = &list.after {
        let Key(at, id) = page::key(after)?;
        sql.push(" AND (comment.created_at, comment.id) > (").bind(at).push(", ").bind(id).push(")");
    }
    let limit = list.limit.unwrap_or_default();
    sql.push(" ORDER BY comment.created_at, comment.id LIMIT ")
        .bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(List(page::page(rows, limit, |row| Key(row.created_at.0, row.id), Row::comment)?))
}

/// Where a page of comments ended.
#[derive(Debug, Serialize, Deserialize)]
struct Key(i64, CommentId);

/// Write a comment, in Markdown; for one's organisation where one acts for it.
#[utoipa::path(tag = "comments", params(("id" = IssueId, Path)), request_body = CommentDraft, responses((status = CREATED, body = Comment)))]
#[post("/issues/{id}/comments")]
pub(crate) async fn create_comment(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(comment): Valid<CommentDraft>,
    app: Data<AppState>,
) -> Result<Answer<Comment>> {
    app.bursts.check(&needs)?;
    let mut tx = app.write(&needs).await?;
    let issue = store::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    limits::allow(&tx, &needs, issue.community_id, &COMMENTS_OF_ACCOUNT).await?;
    let words = wording::put_markdown(&tx, issue.community_id, &comment.text).await?;
    let id = CommentId(tx.id());
    let role = if needs.acting_for().is_some() { None } else { store::acting_role(&needs, issue.community_id) };
    let at_once = role.is_some() || report::is_at_once(&tx, issue.community_id, needs.acting_for()).await?;
    Sql::with(
        "INSERT INTO comment (id, community_id, issue_id, wording_id, account_id, organisation_id, at_once, role, created_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        [
            id.into(),
            issue.community_id.into(),
            issue.id.into(),
            words.id.into(),
            needs.actor().account_id.into(),
            needs.acting_for().into(),
            at_once.into(),
            role.into(),
            tx.at().into(),
        ],
    )
    .run(&*tx)
    .await?;
    hide::count_comments(&tx, issue.id).await?;
    let event = NewEvent::new(EventKind::CommentWritten, Thing::Comment, id.0)
        .community(issue.community_id)
        .issue(issue.id)
        .by(&needs);
    tx.record(event.data(Told { role, texts: vec![words], ..Told::default() }));
    notice::commented(&tx, &needs, &issue).await?;
    let body = one(&tx, &needs, issue.community_id, id).await?;
    tx.answer(Answer::created(body, format!("/api/v1/issues/{}/comments", issue.id))).await
}

#[derive(Debug, FromQueryResult)]
pub(crate) struct Visible {
    pub(crate) id: IssueId,
    pub(crate) community_id: CommunityId,
}

/// The issue, or 404 when the caller may not see it.
pub(crate) async fn visible(db: &impl ConnectionTrait, caller: &Caller, id: IssueId) -> Result<Visible> {
    let mut sql = Sql::new("SELECT issue.id, issue.community_id FROM issue WHERE issue.id = ");
    sql.bind(id).push(" AND ");
    reader::push_visible(&mut sql, caller);
    sql.one(db).await?.ok_or_else(|| Error::of(Code::NotFound))
}

/// A comment as the caller sees it.
pub(crate) async fn one(tx: &Write<'_>, caller: &Caller, community: CommunityId, id: CommentId) -> Result<Comment> {
    let mut sql = select(caller, community);
    sql.push(" WHERE comment.id = ").bind(id);
    let row: Option<Row> = sql.one(&**tx).await?;
    row.map(Row::comment).ok_or_else(|| Error::of(Code::NotFound))
}

/// Comments as the caller sees them: of hidden ones the words only where they wrote or moderate them.
fn select(caller: &Caller, community: CommunityId) -> Sql {
    let mut sql = Sql::new(
        "SELECT comment.id, comment.created_at, comment.edited_at, comment.deleted_at, comment.role, comment.version, \
         wording.body, wording.html, wording.hidden_at, COALESCE(comment.account_id = ",
    );
    sql.bind(caller.actor().map(|actor| actor.account_id)).push(&format!(
        ", (1 = 0)) AS mine, ({}) AS moderates, account.name, {} FROM comment JOIN wording ON wording.id = comment.wording_id \
         LEFT JOIN account ON account.id = comment.account_id LEFT JOIN organisation ON organisation.id = comment.organisation_id",
        if reader::triages(caller, community) { "1 = 1" } else { "1 = 0" },
        rows::ORGANISATION,
    ));
    sql
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: CommentId,
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
    role: Option<ActingRole>,
    version: i64,
    body: Option<String>,
    html: Option<String>,
    hidden_at: Option<Timestamp>,
    mine: bool,
    moderates: bool,
    name: Option<String>,
    #[sea_orm(nested)]
    organisation: Option<OrganisationRow>,
}

impl Row {
    fn comment(self) -> Comment {
        let (deleted, hidden) = (self.deleted_at.is_some(), self.hidden_at.is_some());
        let readable = !deleted && (!hidden || self.mine || self.moderates);
        let who = match (self.organisation, self.role) {
            (Some(organisation), _) => Who::Organisation { organisation: organisation.link() },
            (None, Some(role)) => Who::Role { role },
            (None, None) => Who::Resident { name: self.name.filter(|_| self.mine) },
        };
        Comment {
            id: self.id,
            who,
            html: self.html.filter(|_| readable).unwrap_or_default(),
            text: self.body.filter(|_| readable && self.mine),
            created_at: self.created_at,
            edited_at: self.edited_at,
            deleted,
            hidden,
            mine: self.mine,
            version: self.version,
        }
    }
}
