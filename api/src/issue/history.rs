//! What happened to an issue, from the log.

use crate::{
    auth::{needs::Anyone, session::Caller},
    db::Sql,
    http::{
        error::Result,
        page::{self, List},
    },
    issue::{
        comments::{self, Visible},
        reader,
        rows::{self, OrganisationRow},
    },
    state::AppState,
    task, wording,
};
use actix_web::{
    get,
    web::{Data, Path, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;
use shared::{
    change::EventKind,
    ids::{IssueId, OrganisationId, TaskId},
    issue::{HistoryEntry, ListInOrder},
    names::{ActingRole, Names, OrganisationLink, Slug, TaskLink, Who},
    organisation::Sector,
    page::Page,
    time::Timestamp,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that happened to an issue and to what belongs to it, oldest first.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path), ListInOrder), responses((status = OK, body = Page<HistoryEntry>)))]
#[get("/issues/{id}/history")]
pub(crate) async fn list_history(
    anyone: Anyone,
    id: Path<IssueId>,
    Query(list): Query<ListInOrder>,
    app: Data<AppState>,
) -> Result<List<HistoryEntry>> {
    let db = app.db.read();
    let issue = comments::visible(db, &anyone, *id).await?;
    Ok(List(entries(db, &anyone, issue, &list).await?))
}

/// What happened to an issue that the caller sees.
pub(crate) async fn entries(
    db: &impl ConnectionTrait,
    caller: &Caller,
    issue: Visible,
    list: &ListInOrder,
) -> Result<Page<HistoryEntry>> {
    let limit = list.limit.unwrap_or_default();
    let mut sql = Sql::new(&format!(
        "SELECT event.seq, event.at, event.kind, event.data, {}, task.id AS task_id, task_title.body AS task_title, {CONCERNED} \
         FROM event LEFT JOIN organisation ON organisation.id = event.acting_for \
         LEFT JOIN organisation concerned ON concerned.id = event.organisation_id \
         LEFT JOIN offer ON event.thing = 'offer' AND offer.id = event.thing_id \
         LEFT JOIN task ON task.id = CASE WHEN event.thing = 'task' THEN event.thing_id ELSE offer.task_id END \
         LEFT JOIN wording task_title ON task_title.id = task.title_id WHERE event.kind NOT IN ('issue_supported', 'flags_dismissed') AND event.issue_id = ",
        rows::ORGANISATION,
    ));
    sql.bind(issue.id).push(" AND (task.id IS NULL OR ");
    task::reader::push_visible(&mut sql, caller);
    sql.push(")");
    if let Some(after) = &list.after {
        sql.push(" AND event.seq > ").bind(page::key::<i64>(after)?);
    }
    sql.push(" ORDER BY event.seq LIMIT ").bind(i64::try_from(limit.rows() + 1).unwrap_or_default());
    let rows: Vec<Row> = sql.all(db).await?;
    let said: Vec<Said> = rows.iter().map(|row| serde_json::from_str(&row.data).unwrap_or_default()).collect();
    let words =
        wording::read(db, said.iter().filter_map(Said::words), reader::triages(caller, issue.community_id)).await?;
    let said: HashMap<i64, Said> = rows.iter().map(|row| row.seq).zip(said).collect();
    page::page(rows, limit, |row| row.seq, |row| row.entry(&said, &words))
}

#[derive(Debug, FromQueryResult)]
struct Row {
    seq: i64,
    at: Timestamp,
    kind: EventKind,
    data: String,
    /// Whom it was done for.
    #[sea_orm(nested)]
    organisation: Option<OrganisationRow>,
    task_id: Option<TaskId>,
    task_title: Option<String>,
    #[sea_orm(nested)]
    concerned: Option<Concerned>,
}

const CONCERNED: &str = "concerned.id AS concerned_id, concerned.slug AS concerned_slug, concerned.name_uk AS concerned_name_uk, \
    concerned.name_en AS concerned_name_en, concerned.sector AS concerned_sector";

/// The organisation that it concerned: which one a task was offered to, for one.
#[derive(Debug, FromQueryResult)]
struct Concerned {
    concerned_id: OrganisationId,
    concerned_slug: Slug,
    concerned_name_uk: String,
    concerned_name_en: Option<String>,
    concerned_sector: Sector,
}

impl Concerned {
    fn link(self) -> OrganisationLink {
        OrganisationLink {
            id: self.concerned_id,
            slug: self.concerned_slug,
            name: Names { uk: self.concerned_name_uk, en: self.concerned_name_en },
            sector: self.concerned_sector,
        }
    }
}

/// What an event of an issue says, as far as it is told here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    state: Option<String>,
    role: Option<ActingRole>,
    words: Option<Words>,
}

#[derive(Debug, Deserialize)]
struct Words {
    id: Uuid,
}

impl Said {
    fn words(&self) -> Option<Uuid> {
        self.words.as_ref().map(|words| words.id)
    }
}

impl Row {
    fn entry(self, said: &HashMap<i64, Said>, words: &HashMap<Uuid, String>) -> HistoryEntry {
        let said = said.get(&self.seq);
        let who = match (self.organisation, said.and_then(|said| said.role)) {
            (Some(organisation), _) => Who::Organisation { organisation: organisation.link() },
            (None, Some(role)) => Who::Role { role },
            (None, None) => Who::Resident { name: None },
        };
        HistoryEntry {
            at: self.at,
            who,
            what: self.kind,
            state: said.and_then(|said| said.state.clone()),
            task: self.task_id.map(|id| TaskLink { id, title: self.task_title.unwrap_or_default() }),
            organisation: self.concerned.map(Concerned::link),
            words: said.and_then(Said::words).and_then(|id| words.get(&id).cloned()),
        }
    }
}
