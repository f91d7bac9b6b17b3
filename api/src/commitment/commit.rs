//! Offering something: to an issue, or to one task of it.

use crate::{
    auth::{
        limits::{self, WORK_OF_ACCOUNT},
        needs::Needs,
    },
    commitment::{notice, store::Commitment, view},
    db::{Sql, Write},
    events::{Told, told},
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::store::{self as issues, Issue},
    organisation,
    state::AppState,
    task, wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    commitment::{Commit, CommitDraft, Commitment as Rules, CommitmentSummary, Giver},
    ids::{CommitmentId, IssueId, OrganisationId, TaskId},
    organisation::{Sector, Verification},
    permission::{Permission, permit},
    problem::Code,
    task::TaskState,
    transition::{Refusal, Transition},
};

/// Offer to put something into an issue that is open or in progress: for the organisation one acts
/// for, else in one's own name (hours, people, material and knowledge only).
#[utoipa::path(tag = "commitments", params(("id" = IssueId, Path)), request_body = CommitDraft, responses((status = CREATED, body = CommitmentSummary)))]
#[post("/issues/{id}/commitments")]
pub(super) async fn commit_to_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(commit): Valid<CommitDraft>,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    app.bursts.check(&needs)?;
    let tx = app.write(&needs).await?;
    let issue = issues::lock(&tx, &needs, *id).await?;
    this(tx, &needs, issue, None, commit).await
}

#[derive(Debug, FromQueryResult)]
struct Task {
    id: TaskId,
    issue_id: IssueId,
    state: TaskState,
    holder_id: Option<OrganisationId>,
}

const TASK: &str = "SELECT id, issue_id, state, holder_id FROM task WHERE id = $1";

/// Offer to put something into one task of an issue that is open or in progress, as with the issue
/// itself. Its holder receives it; while there is none, a coordinator.
#[utoipa::path(tag = "commitments", params(("id" = TaskId, Path)), request_body = CommitDraft, responses((status = CREATED, body = CommitmentSummary)))]
#[post("/tasks/{id}/commitments")]
pub(super) async fn commit_to_task(
    needs: Needs<permit::Participate>,
    id: Path<TaskId>,
    Valid(commit): Valid<CommitDraft>,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    app.bursts.check(&needs)?;
    let tx = app.write(&needs).await?;
    let missing = || Error::of(Code::NotFound);
    let found: Task = Sql::with(TASK, [(*id).into()]).one(&*tx).await?.ok_or_else(missing)?;
    let issue = issues::lock(&tx, &needs, found.issue_id).await?;
    // Read again now that nobody else changes it.
    let task: Task = Sql::with(TASK, [(*id).into()]).one(&*tx).await?.ok_or_else(missing)?;
    task::check_visible(&*tx, &needs, task.id).await?;
    if matches!(task.state, TaskState::Verified | TaskState::Cancelled) {
        return Ok(Transition::refused(task.state, Refusal::WrongState)?);
    }
    this(tx, &needs, issue, Some(task), commit).await
}

async fn this(
    mut tx: Write<'_>,
    needs: &Needs<permit::Participate>,
    issue: Issue,
    task: Option<Task>,
    commit: Commit,
) -> Result<Answer<CommitmentSummary>> {
    issue.needs_shown()?;
    if !issue.rules().allows_work() {
        return Ok(Transition::refused(issue.state, Refusal::WrongState)?);
    }
    limits::allow(&tx, needs, issue.community_id, &WORK_OF_ACCOUNT).await?;
    let giver = giver(&tx, needs, &issue).await?;
    commit.fits(giver.giver).map_err(|fault| vec![fault])?;
    let words = wording::put(&tx, issue.community_id, &commit.words).await?;
    let rules = Rules::offered(commit.amount);
    let commitment = Commitment {
        id: CommitmentId(tx.id()),
        community_id: issue.community_id,
        issue_id: issue.id,
        task_id: task.as_ref().map(|task| task.id),
        organisation_id: needs.acting_for(),
        account_id: Some(needs.actor().account_id),
        sector: giver.sector,
        kind: commit.kind,
        state: rules.state,
        planned: rules.planned,
        delivered: None,
        currency: commit.currency,
        unit: commit.unit,
        at_once: giver.at_once,
        words_id: words.id,
        reason_id: None,
        note_id: None,
        confirmation: None,
        offered_at: tx.at(),
        accepted_at: None,
        delivered_at: None,
        version: 1,
        holder_id: task.and_then(|task| task.holder_id),
    };
    commitment.insert(&tx).await?;
    let told = Told { texts: vec![words], ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentOffered).by(needs).data(told));
    notice::offered(&tx, needs, &issue, &commitment).await?;
    let (body, version) = view::one(&*tx, needs, commitment.id).await?;
    let location = format!("/api/v1/commitments/{}", commitment.id);
    tx.answer(Answer::created(body, location).version(version.0, version.1)).await
}

/// Who gives, and what follows from it.
struct Gives {
    giver: Giver,
    sector: Sector,
    at_once: bool,
}

/// A person, or the organisation one acts and speaks for; 409 for one that is suspended there.
async fn giver(tx: &Write<'_>, needs: &Needs<permit::Participate>, issue: &Issue) -> Result<Gives> {
    #[derive(FromQueryResult)]
    struct Row {
        sector: Sector,
    }
    let Some(id) = needs.acting_for() else {
        return Ok(Gives { giver: Giver::Person, sector: Sector::Citizens, at_once: false });
    };
    if !needs.actor().may_for(Permission::SpeakForOrganisation, id) {
        return Err(Error::of(Code::Forbidden));
    }
    let verification = organisation::verification(&**tx, issue.community_id, id).await?;
    if verification == Some(Verification::Suspended) {
        return Ok(Transition::refused(issue.state, Refusal::NotVerified)?);
    }
    let row: Option<Row> = Sql::with("SELECT sector FROM organisation WHERE id = $1", [id.into()]).one(&**tx).await?;
    let row = row.ok_or_else(|| Error::of(Code::Forbidden))?;
    let at_once = verification == Some(Verification::Verified);
    Ok(Gives { giver: Giver::Organisation(id), sector: row.sector, at_once })
}
