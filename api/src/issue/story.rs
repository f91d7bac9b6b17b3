//! What was decided about an issue: declined, hidden, claimed, objected to, merged. Asked for only
//! where its state says that there is something to tell.

use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::Result,
    issue::{
        reader,
        rows::{self, OrganisationRow},
        store::Issue,
    },
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::IssueId,
    issue::{Appeal, Claim, DecisionMade, DeclineReason, Declined, FlagReason, Hiding, IssueState, Objection},
    names::{ActingRole, Who},
    time::Timestamp,
    words::Word,
};
use uuid::Uuid;

/// What was decided.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) hidden: Option<Hiding>,
    pub(crate) declined: Option<Declined>,
    pub(crate) claim: Option<Claim>,
    pub(crate) claim_id: Option<Uuid>,
    pub(crate) objection: Option<Objection>,
    /// Id, number and title.
    pub(crate) duplicate_of: Option<(IssueId, i64, String)>,
    pub(crate) duplicates: Vec<(IssueId, i64, String)>,
    /// Whether the caller has said that it is solved.
    pub(crate) confirmed_by_me: bool,
    /// The latest objection's id, under which its photos lie.
    pub(crate) objection_id: Option<Uuid>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    what: String,
    id: Uuid,
    /// What an appeal is about.
    about_id: Option<Uuid>,
    at: i64,
    reason: Option<String>,
    role: Option<ActingRole>,
    #[sea_orm(nested)]
    organisation: Option<OrganisationRow>,
    body: Option<String>,
    decide_by: Option<Timestamp>,
    decided_at: Option<Timestamp>,
    decided_role: Option<ActingRole>,
    upheld: Option<bool>,
    decision: Option<String>,
    count: i64,
    mine: bool,
}

const NOBODY: &str = "CAST(NULL AS uuid) AS organisation_id, CAST(NULL AS text) AS organisation_slug, CAST(NULL AS text) AS organisation_name_uk, \
    CAST(NULL AS text) AS organisation_name_en, CAST(NULL AS text) AS organisation_sector";
const UNDECIDED: &str = "CAST(NULL AS bigint) AS decide_by, CAST(NULL AS bigint) AS decided_at, CAST(NULL AS text) AS decided_role, \
    CAST(NULL AS boolean) AS upheld, CAST(NULL AS text) AS decision";

/// Everything that was decided about the issue, in one question.
pub(crate) async fn load(db: &impl ConnectionTrait, caller: &Caller, issue: &Issue) -> Result<Story> {
    let body = if reader::triages(caller, issue.community_id) {
        "wording.body"
    } else {
        "CASE WHEN wording.hidden_at IS NULL THEN wording.body END"
    };
    let mut sql = Sql::new(&format!(
        "SELECT appeal.about AS what, appeal.id, appeal.about_id, appeal.appealed_at AS at, CAST(NULL AS text) AS reason, CAST(NULL AS text) AS role, \
         {NOBODY}, {body} AS body, appeal.decide_by, appeal.decided_at, appeal.decided_role, appeal.upheld, decision.body AS decision, \
         CAST(0 AS bigint) AS count, (1 = 0) AS mine \
         FROM appeal JOIN wording ON wording.id = appeal.wording_id LEFT JOIN wording decision ON decision.id = appeal.decision_id \
         WHERE appeal.issue_id = "
    ));
    sql.bind(issue.id);
    sql.push(&format!(
        " UNION ALL SELECT 'declined', decline.issue_id, CAST(NULL AS uuid), declined_at, reason, role, {NOBODY}, {body}, {UNDECIDED}, 0, (1 = 0) \
         FROM decline JOIN wording ON wording.id = decline.wording_id WHERE decline.issue_id = "
    ))
    .bind(issue.id);
    sql.push(&format!(
        " UNION ALL SELECT 'hidden', hiding.id, CAST(NULL AS uuid), hiding.hidden_at, reason, role, {NOBODY}, {body}, {UNDECIDED}, 0, (1 = 0) \
         FROM hiding JOIN wording ON wording.id = hiding.wording_id WHERE hiding.shown_at IS NULL AND hiding.thing_id = "
    ))
    .bind(issue.id.0);
    sql.push(&format!(
        " UNION ALL SELECT 'claimed', claim.id, CAST(NULL AS uuid), claimed_at, CAST(NULL AS text), role, {}, {body}, {UNDECIDED}, \
         (SELECT count(*) FROM confirmation WHERE claim_id = claim.id), ",
        rows::ORGANISATION
    ));
    match caller.actor() {
        Some(actor) => sql
            .push("EXISTS (SELECT 1 FROM confirmation WHERE claim_id = claim.id AND account_id = ")
            .bind(actor.account_id)
            .push(")"),
        None => sql.push("(1 = 0)"),
    };
    sql.push(
        " FROM claim JOIN wording ON wording.id = claim.wording_id LEFT JOIN organisation ON organisation.id = claim.organisation_id \
         WHERE claim.ended_at IS NULL AND claim.issue_id = ",
    )
    .bind(issue.id);
    for (what, condition) in [("twin", "issue.duplicate_of = "), ("target", "issue.id = ")] {
        sql.push(&format!(
            " UNION ALL SELECT '{what}', issue.id, CAST(NULL AS uuid), issue.number, CAST(NULL AS text), CAST(NULL AS text), {NOBODY}, {body}, {UNDECIDED}, 0, (1 = 0) \
             FROM issue JOIN wording ON wording.id = issue.title_id WHERE {condition}"
        ))
        .bind(if what == "twin" { Some(issue.id) } else { issue.duplicate_of })
        .push(" AND ");
        reader::push_visible(&mut sql, caller);
    }
    sql.push(" ORDER BY at");
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(tell(rows, issue))
}

fn tell(rows: Vec<Row>, issue: &Issue) -> Story {
    let mut story = Story::default();
    let mut hiding_id = None;
    let (mut decline_appeal, mut hiding_appeals) = (None, Vec::new());
    for row in rows {
        let at = Timestamp(row.at);
        match row.what.as_str() {
            "declined" => {
                let reason = row.reason.as_deref().and_then(|word| DeclineReason::of(word).ok());
                story.declined = reason.map(|reason| Declined { at, reason, words: row.body, appeal: None });
            }
            "hidden" => {
                let reason = row.reason.as_deref().and_then(|word| FlagReason::of(word).ok());
                hiding_id = Some(row.id);
                story.hidden = reason.map(|reason| Hiding { at, reason, words: row.body, appeal: None });
            }
            "claimed" => {
                story.claim_id = Some(row.id);
                story.confirmed_by_me = row.mine;
                story.claim = Some(claim(row, issue));
            }
            "decline" => decline_appeal = Some(appeal(row)),
            "hiding" => hiding_appeals.push((row.about_id, appeal(row))),
            "claim" => {
                story.objection_id = Some(row.id);
                let decide_by = row.decide_by;
                let Appeal { at, words, decision } = appeal(row);
                story.objection = Some(Objection { at, words, photos: Vec::new(), decide_by, decision });
            }
            "twin" => story.duplicates.push((IssueId(row.id), row.at, row.body.unwrap_or_default())),
            "target" => story.duplicate_of = Some((IssueId(row.id), row.at, row.body.unwrap_or_default())),
            _ => {}
        }
    }
    if let Some(declined) = &mut story.declined {
        declined.appeal = decline_appeal;
    }
    if let Some(hidden) = &mut story.hidden {
        hidden.appeal = hiding_appeals.into_iter().find(|(id, _)| *id == hiding_id).map(|(_, appeal)| appeal);
    }
    story
}

fn claim(row: Row, issue: &Issue) -> Claim {
    let who = match (row.organisation, row.role) {
        (Some(organisation), _) => Who::Organisation { organisation: organisation.link() },
        (None, Some(role)) => Who::Role { role },
        (None, None) => Who::Resident { name: None },
    };
    let at = Timestamp(row.at);
    let confirmed_at = issue.confirmed_at.filter(|_| issue.state == IssueState::Confirmed);
    Claim {
        at,
        who,
        statement: row.body,
        photos: Vec::new(),
        confirmations: row.count,
        confirmed_by: issue.confirmed_by,
        confirmed_at,
        objections_until: issue.rules().objections_until().unwrap_or(at),
    }
}

fn appeal(row: Row) -> Appeal {
    let decision = row.decided_at.zip(row.decided_role).map(|(at, role)| DecisionMade {
        at,
        who: Who::Role { role },
        upheld: row.upheld.unwrap_or_default(),
        reason: row.decision,
    });
    Appeal { at: Timestamp(row.at), words: row.body, decision }
}
