//! Commitments as one reader sees them.

use crate::{
    auth::session::Caller,
    commitment::store::{self, Commitment},
    db::{Sql, Write},
    file,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    issue::{
        reader,
        rows::{self, CommunityRow, OrganisationRow},
    },
    task,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    change::Thing,
    commitment::{CommitmentState, CommitmentSummary, Confirmation, Receiver},
    ids::{CommitmentId, IssueId, OrganisationId, TaskId},
    names::{IssueLink, TaskLink, Who},
    problem::Code,
    time::Timestamp,
    upload::FileLink,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The most that an issue or a task shows of itself; the rest is in its list.
const SHOWN: i64 = 100;

#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    pub(super) commitment: Commitment,
    #[sea_orm(nested)]
    pub(super) community: CommunityRow,
    /// Who gave it.
    #[sea_orm(nested)]
    organisation: Option<OrganisationRow>,
    number: i64,
    title: Option<String>,
    task_title: Option<String>,
    sees_task: bool,
    giver_name: Option<String>,
    words: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    /// Whether a moderator has hidden what was written.
    is_hidden: bool,
    /// Whether photos taken at the place are the caller's to see.
    shows_place: bool,
    /// When its issue was hidden.
    hidden_at: Option<Timestamp>,
    /// Grows with anything that may change what can be done with it.
    touched: i64,
}

/// `SELECT … FROM commitment … WHERE <the caller may see its issue>`, in the shape of [`Row`], with
/// more columns, each with a comma before it.
pub(super) fn select(caller: &Caller, more: &str) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT {}, {}, {}, issue.number, title.body AS title, task_title.body AS task_title, giver.name AS giver_name, words.body AS words, \
         reason.body AS reason, note.body AS note, (words.hidden_at IS NOT NULL) AS is_hidden, issue.hidden_at, issue.version + issue.touched AS touched{more}, (NOT issue.blurred OR ",
        store::COLUMNS,
        rows::COMMUNITY,
        rows::ORGANISATION,
    ));
    reader::push_works(&mut sql, caller);
    sql.push(") AS shows_place, COALESCE(");
    task::reader::push_visible(&mut sql, caller);
    sql.push(
        ", (1 = 0)) AS sees_task FROM commitment JOIN issue ON issue.id = commitment.issue_id JOIN community ON community.id = commitment.community_id \
         JOIN wording title ON title.id = issue.title_id JOIN wording words ON words.id = commitment.words_id \
         LEFT JOIN wording reason ON reason.id = commitment.reason_id LEFT JOIN wording note ON note.id = commitment.note_id \
         LEFT JOIN task ON task.id = commitment.task_id LEFT JOIN wording task_title ON task_title.id = task.title_id \
         LEFT JOIN organisation ON organisation.id = commitment.organisation_id LEFT JOIN account giver ON giver.id = commitment.account_id WHERE ",
    );
    reader::push_visible(&mut sql, caller);
    sql
}

impl Row {
    /// Whether the caller may see the files of its delivery: at once of organisations that are
    /// verified, of others once the receiver has confirmed them; of neither when its words are hidden.
    pub(super) fn shows_evidence(&self, caller: &Caller, acting_for: Option<OrganisationId>) -> bool {
        let commitment = &self.commitment;
        let looked_at = commitment.at_once || commitment.confirmation == Some(Confirmation::Confirmed);
        commitment.is_open_to(caller, acting_for) || (looked_at && self.shows_place && !self.is_hidden)
    }

    /// The holder of a task who receives it; nobody where a coordinator does.
    pub(super) fn receiving_holder(&self) -> Option<OrganisationId> {
        match self.commitment.receiver() {
            Receiver::Holder(holder) => Some(holder),
            Receiver::Coordinator => None,
        }
    }

    fn summary(
        self,
        caller: &Caller,
        acting_for: Option<OrganisationId>,
        evidence: &mut HashMap<Uuid, Vec<FileLink>>,
    ) -> CommitmentSummary {
        let shows_evidence = self.shows_evidence(caller, acting_for);
        let commitment = self.commitment;
        let insider = commitment.is_open_to(caller, acting_for);
        let confirmed = commitment.confirmation == Some(Confirmation::Confirmed);
        let shown = !self.is_hidden;
        let reads_words = insider || (shown && (commitment.at_once || commitment.accepted_at.is_some()));
        let reads_note = insider || (shown && (commitment.at_once || confirmed));
        let who = match self.organisation {
            Some(organisation) => Who::Organisation { organisation: organisation.link() },
            None => Who::Resident { name: self.giver_name.filter(|name| insider && !name.is_empty()) },
        };
        let actions = match self.hidden_at {
            None => commitment.actions(caller, acting_for),
            Some(_) => Vec::new(),
        };
        CommitmentSummary {
            id: commitment.id,
            issue: IssueLink {
                id: commitment.issue_id,
                number: self.number,
                title: self.title.unwrap_or_default(),
                community: self.community.link(),
            },
            task: commitment
                .task_id
                .filter(|_| self.sees_task)
                .map(|id| TaskLink { id, title: self.task_title.unwrap_or_default() }),
            who,
            kind: commitment.kind,
            state: commitment.state,
            planned: commitment.planned,
            delivered: commitment.delivered,
            currency: commitment.currency,
            unit: commitment.unit.filter(|_| reads_words),
            words: self.words.filter(|_| reads_words).unwrap_or_default(),
            hidden: self.is_hidden,
            // Of a giver who is not verified only what the receiver said is public.
            reason: self.reason.filter(|_| {
                let declined = commitment.organisation_id.is_some() && commitment.state == CommitmentState::Declined;
                insider || (shown && (commitment.at_once || declined))
            }),
            note: self.note.filter(|_| reads_note),
            evidence: if shows_evidence { evidence.remove(&commitment.id.0).unwrap_or_default() } else { Vec::new() },
            confirmation: commitment.confirmation,
            offered_at: commitment.offered_at,
            delivered_at: commitment.delivered_at,
            actions,
            version: commitment.version,
        }
    }
}

/// Rows as summaries, with their evidence: one statement more, and only where something was delivered.
pub(super) async fn summaries(
    db: &impl ConnectionTrait,
    caller: &Caller,
    rows: Vec<(Row, Option<OrganisationId>)>,
) -> Result<Vec<CommitmentSummary>> {
    let delivered = rows.iter().filter(|(row, _)| row.commitment.delivered_at.is_some());
    let mut evidence = file::links(db, Thing::Commitment, delivered.map(|(row, _)| row.commitment.id.0)).await?;
    Ok(rows.into_iter().map(|(row, acting_for)| row.summary(caller, acting_for, &mut evidence)).collect())
}

/// All that an issue shows, of its tasks too, oldest first.
pub async fn of_issue(db: &impl ConnectionTrait, caller: &Caller, issue: IssueId) -> Result<Vec<CommitmentSummary>> {
    shown(db, caller, "commitment.issue_id", issue.0).await
}

/// All that a task shows, oldest first.
pub async fn of_task(db: &impl ConnectionTrait, caller: &Caller, task: TaskId) -> Result<Vec<CommitmentSummary>> {
    shown(db, caller, "commitment.task_id", task.0).await
}

async fn shown(db: &impl ConnectionTrait, caller: &Caller, column: &str, id: Uuid) -> Result<Vec<CommitmentSummary>> {
    let mut sql = select(caller, "");
    sql.push(&format!(" AND {column} = ")).bind(id);
    sql.push(" ORDER BY commitment.offered_at, commitment.id LIMIT ").bind(SHOWN);
    let rows: Vec<Row> = sql.all(db).await?;
    summaries(db, caller, rows.into_iter().map(|row| (row, caller.acting_for())).collect()).await
}

pub(super) async fn one_row(db: &impl ConnectionTrait, caller: &Caller, id: CommitmentId) -> Result<Row> {
    let mut sql = select(caller, "");
    sql.push(" AND commitment.id = ").bind(id);
    sql.one(db).await?.ok_or_else(|| Error::of(Code::NotFound))
}

/// One commitment and its version, or 404 when the caller may not see its issue.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: CommitmentId,
) -> Result<(CommitmentSummary, (i64, i64))> {
    let row = one_row(db, caller, id).await?;
    let version = (row.commitment.version, row.touched);
    let mut summaries = summaries(db, caller, vec![(row, caller.acting_for())]).await?;
    let summary = summaries.pop().ok_or_else(|| Error::of(Code::NotFound))?;
    Ok((summary, version))
}

/// Ends a write with the commitment as the caller sees it now.
pub(super) async fn answer(tx: Write<'_>, caller: &Caller, id: CommitmentId) -> Result<Answer<CommitmentSummary>> {
    let (summary, (version, touched)) = one(&*tx, caller, id).await?;
    tx.answer(Answer::ok(summary).version(version, touched)).await
}
