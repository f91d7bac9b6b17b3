//! Offers as they are read.

use crate::{
    auth::{needs::Anyone, session::Caller},
    db::{Sql, Write},
    http::{
        answer::Answer,
        error::{Error, Result},
        page::{self, List},
    },
    issue::{
        reader,
        rows::{self, OrganisationRow},
    },
    offer::actions::{self, Known},
    state::AppState,
    task,
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::{CommunityId, OfferId, OrganisationId, TaskId},
    issue::IssueState,
    names::TaskLink,
    offer::{ListOffers, Offer as Rules, OfferSide, OfferState, OfferSummary},
    page::Page,
    problem::Code,
    task::{MOST_OFFERS, TaskState},
    time::Timestamp,
};

/// The offers of a task, newest first. What both sides wrote is for them and for those who look
/// after the community.
#[utoipa::path(tag = "offers", params(("id" = TaskId, Path), ListOffers), responses((status = OK, body = Page<OfferSummary>)))]
#[get("/tasks/{id}/offers")]
pub(crate) async fn list_offers(
    anyone: Anyone,
    id: Path<TaskId>,
    Query(list): Query<ListOffers>,
    app: Data<AppState>,
) -> Result<List<OfferSummary>> {
    let (db, now) = (app.db.read(), app.clock.now());
    task::check_visible(db, &anyone, *id).await?;
    let mut sql = select(&anyone, "", "");
    sql.push(" AND offer.task_id = ").bind(*id);
    if let Some(after) = &list.after {
        sql.push(" AND offer.id < ").bind(page::key::<OfferId>(after)?);
    }
    let limit = list.limit.unwrap_or_default();
    sql.push(" ORDER BY offer.id DESC LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(List(page::page(rows, limit, |row| row.id, |row| row.summary(&anyone, anyone.acting_for(), now))?))
}

/// One offer.
#[utoipa::path(tag = "offers", params(("id" = OfferId, Path)), responses((status = OK, body = OfferSummary)))]
#[get("/offers/{id}")]
pub(crate) async fn find_offer(anyone: Anyone, id: Path<OfferId>, app: Data<AppState>) -> Result<Answer<OfferSummary>> {
    let mut sql = select(&anyone, "", "");
    sql.push(" AND offer.id = ").bind(*id);
    let row: Row = sql.one(app.db.read()).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let (version, around) = (row.version, row.around);
    Ok(Answer::ok(row.summary(&anyone, anyone.acting_for(), app.clock.now())).version(version, around))
}

/// The offer as it is now, for the answer of a write. That the caller may see it was checked
/// before; who declines an offer of a private issue sees it this last time.
pub(crate) async fn after(tx: &Write<'_>, caller: &Caller, id: OfferId) -> Result<Answer<OfferSummary>> {
    let mut sql = select_any("", "");
    sql.push("offer.id = ").bind(id);
    let row: Row = sql.one(&**tx).await?.ok_or_else(|| Error::of(Code::NotFound))?;
    let (version, around) = (row.version, row.around);
    Ok(Answer::ok(row.summary(caller, caller.acting_for(), tx.at())).version(version, around))
}

/// All offers of a task, newest first; there are never more than [`MOST_OFFERS`].
pub(crate) async fn of_task(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    task: TaskId,
) -> Result<Vec<OfferSummary>> {
    let mut sql = select(caller, "", "");
    sql.push(" AND offer.task_id = ").bind(task).push(" ORDER BY offer.id DESC LIMIT ").bind(i64::from(MOST_OFFERS));
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.summary(caller, caller.acting_for(), now)).collect())
}

/// `SELECT … FROM offer … WHERE <the caller may see the issue and the task>`, in the shape of [`Row`], with more
/// columns (each with a comma before it) and more tables (each with its JOIN).
pub(crate) fn select(caller: &Caller, more: &str, tables: &str) -> Sql {
    let mut sql = select_any(more, tables);
    reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    task::reader::push_visible(&mut sql, caller);
    sql
}

fn select_any(more: &str, tables: &str) -> Sql {
    Sql::new(&format!(
        "SELECT offer.id, offer.task_id, offer.community_id AS in_community, offer.side, offer.state, offer.answer_by, offer.answer_until, \
         note.body AS note, reason.body AS reason, offer.made_at, offer.ended_at, offer.version, task_title.body AS task_title, \
         task.state AS task_state, issue.state AS issue_state, (issue.hidden_at IS NOT NULL) AS hidden, {}, \
         EXISTS (SELECT 1 FROM offer twin WHERE twin.task_id = offer.task_id AND twin.organisation_id = offer.organisation_id \
         AND twin.state = 'open') AS is_open_again, task.version + issue.version + organisation.version AS around{more} \
         FROM offer JOIN task ON task.id = offer.task_id JOIN issue ON issue.id = task.issue_id \
         JOIN organisation ON organisation.id = offer.organisation_id JOIN wording note ON note.id = offer.note_id \
         JOIN wording task_title ON task_title.id = task.title_id LEFT JOIN wording reason ON reason.id = offer.reason_id{tables} WHERE ",
        rows::ORGANISATION,
    ))
}

/// An offer in a list.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Row {
    id: OfferId,
    task_id: TaskId,
    in_community: CommunityId,
    pub(crate) side: OfferSide,
    state: OfferState,
    answer_by: NaiveDate,
    pub(crate) answer_until: Timestamp,
    note: Option<String>,
    reason: Option<String>,
    pub(crate) made_at: Timestamp,
    ended_at: Option<Timestamp>,
    version: i64,
    task_title: Option<String>,
    task_state: TaskState,
    issue_state: IssueState,
    hidden: bool,
    is_open_again: bool,
    around: i64,
    #[sea_orm(nested)]
    pub(crate) organisation: OrganisationRow,
}

impl Row {
    /// As its reader sees it, who acts for the organisation.
    pub(crate) fn summary(self, caller: &Caller, acting_for: Option<OrganisationId>, now: Timestamp) -> OfferSummary {
        let rules = Rules { state: self.state, side: self.side, answer_until: self.answer_until };
        let known = Known {
            rules,
            community: self.in_community,
            organisation: self.organisation.organisation_id,
            task_state: self.task_state,
            issue_state: self.issue_state,
            hidden: self.hidden,
            is_open_again: self.is_open_again,
        };
        let knows_words = caller.actor().is_some_and(|actor| {
            let held = actor.communities.iter().any(|(id, _)| *id == self.in_community);
            held || actor.main_coordinator || actor.is_member_of(known.organisation)
        });
        OfferSummary {
            id: self.id,
            task: TaskLink { id: self.task_id, title: self.task_title.unwrap_or_default() },
            organisation: self.organisation.link(),
            side: self.side,
            state: self.state,
            answer_by: self.answer_by,
            note: self.note.filter(|_| knows_words).unwrap_or_default(),
            reason: self.reason.filter(|_| knows_words),
            made_at: self.made_at,
            ended_at: self.ended_at,
            actions: actions::of(&known, caller, acting_for, now),
            version: self.version,
        }
    }
}
