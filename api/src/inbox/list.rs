//! A page of the inbox, and how much there is in all.

use crate::{
    auth::{needs::Needs, session::Caller},
    commitment,
    db::Sql,
    http::{
        error::Result,
        page::{self, Listed},
    },
    inbox::organisations,
    issue, offer,
    state::AppState,
    task,
};
use actix_web::{
    get,
    web::{Data, Query},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    inbox::{InboxCount, InboxItem, InboxPage, InboxReason, InboxSubject, ListInbox},
    permission::permit,
    time::Timestamp,
};
use uuid::Uuid;

/// What needs the caller: for themself, their roles and their organisations, whichever they act for
/// now; the most pressing reason first, within it what waits the longest or is due first. The counts
/// are of everything, whatever the page holds.
#[utoipa::path(tag = "inbox", params(ListInbox), responses((status = OK, body = InboxPage)))]
#[get("/inbox")]
pub(super) async fn list_inbox(
    needs: Needs<permit::Participate>,
    Query(list): Query<ListInbox>,
    app: Data<AppState>,
) -> Result<Listed<InboxPage>> {
    let (db, now) = (app.db.read(), app.clock.now());
    let counts = counts(db, &needs, now).await?;
    let limit = list.limit.unwrap_or_default();
    let mut from: Option<Key> = list.after.as_ref().map(page::key).transpose()?;
    let mut items = Vec::new();
    for InboxCount { reason, .. } in &counts {
        let wanted = limit.rows() + 1 - u64::try_from(items.len()).unwrap_or_default();
        let is_chosen = list.reason.is_empty() || list.reason.0.contains(reason);
        if wanted == 0 || !is_chosen || from.as_ref().is_some_and(|from| *reason < from.reason) {
            continue;
        }
        let after = from.take_if(|from| from.reason == *reason);
        items.extend(waiting(db, &needs, now, *reason, wanted, after).await?);
    }
    let page = page::page(items, limit, Key::of, |item| item)?;
    Ok(Listed { next: page.next.clone(), body: InboxPage { items: page.items, next: page.next, counts } })
}

/// Where a page ended: what its last item is sorted by.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Key {
    reason: InboxReason,
    at: i64,
    id: Uuid,
    /// An organisation may wait in several.
    community: Option<Uuid>,
}

impl Key {
    fn of(item: &InboxItem) -> Key {
        let (at, id) = match &item.subject {
            InboxSubject::Issue { issue } => (item.since.0, issue.id.0),
            InboxSubject::Flag { flag, .. } => (item.since.0, flag.id.0),
            InboxSubject::Task { task } if item.reason == InboxReason::MyTask => (task::due_key(task.due), task.id.0),
            InboxSubject::Task { task } => (item.since.0, task.id.0),
            InboxSubject::Offer { offer } => (item.due.unwrap_or(item.since).0, offer.id.0),
            InboxSubject::Commitment { commitment } => (item.since.0, commitment.id.0),
            InboxSubject::Organisation { organisation } => (item.since.0, organisation.id.0),
        };
        Key { reason: item.reason, at, id, community: item.community.as_ref().map(|community| community.id.0) }
    }
}

async fn waiting(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    reason: InboxReason,
    most: u64,
    after: Option<Key>,
) -> Result<Vec<InboxItem>> {
    use InboxReason as For;
    let behind = after.as_ref().map(|key| (key.at, key.id));
    match reason {
        For::Objection | For::Appeal | For::Unanswered | For::ConfirmIssue | For::Triage | For::Flag => {
            issue::waiting(db, caller, now, reason, most, behind).await
        }
        For::AnswerOffer => offer::waiting(db, caller, now, reason, most, behind).await,
        For::VerifyTask | For::MyTask => task::waiting(db, caller, now, reason, most, behind).await,
        For::AnswerCommitment | For::ConfirmDelivery => commitment::waiting(db, caller, reason, most, behind).await,
        For::VerifyOrganisation => {
            let behind = after.map(|key| (key.at, key.id, key.community.unwrap_or_default()));
            organisations::waiting(db, caller, most, behind).await
        }
    }
}

/// The statement that counts what waits for one reason; nothing where nothing can.
fn count_sql(caller: &Caller, now: Timestamp, reason: InboxReason) -> Option<Sql> {
    use InboxReason as For;
    match reason {
        For::Objection | For::Appeal | For::Unanswered | For::ConfirmIssue | For::Triage | For::Flag => {
            issue::count_sql(caller, now, reason)
        }
        For::AnswerOffer => offer::count_sql(caller, now, reason),
        For::VerifyTask | For::MyTask => task::count_sql(caller, reason),
        For::AnswerCommitment | For::ConfirmDelivery => commitment::count_sql(caller, reason),
        For::VerifyOrganisation => organisations::count_sql(caller),
    }
}

#[derive(Debug, FromQueryResult)]
struct Count {
    reason: InboxReason,
    count: i64,
}

/// How much waits for each reason, in one statement.
async fn counts(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp) -> Result<Vec<InboxCount>> {
    let mut sql = Sql::default();
    let mut any = false;
    for &reason in InboxReason::ALL {
        let Some(counting) = count_sql(caller, now, reason) else { continue };
        sql.push(if any { " UNION ALL " } else { "" });
        sql.push(&format!("SELECT '{reason}' AS reason, counted.count FROM (")).append(counting).push(") counted");
        any = true;
    }
    if !any {
        return Ok(Vec::new());
    }
    let counts: Vec<Count> = sql.all(db).await?;
    let mut counts: Vec<InboxCount> = counts
        .into_iter()
        .filter(|row| row.count > 0)
        .map(|row| InboxCount { reason: row.reason, count: row.count })
        .collect();
    counts.sort_by_key(|count| count.reason);
    Ok(counts)
}
