//! The receiver's answer to an offer, and the giver's second thoughts.

use crate::{
    auth::needs::Needs,
    commitment::{notice, store, view},
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind, commitment::CommitmentSummary, ids::CommitmentId, permission::permit, reason::ReasonDraft,
};

/// Accept what is offered: the holder of the task, else a coordinator. From now on it counts as promised.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), responses((status = OK, body = CommitmentSummary)))]
#[post("/commitments/{id}/accept")]
pub(super) async fn accept_commitment(
    needs: Needs<permit::ReceiveCommitment>,
    id: Path<CommitmentId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let mut tx = app.write(&needs).await?;
    let (mut commitment, issue) = store::lock(&tx, &needs, *id).await?;
    commitment.needs_receiver(&needs)?;
    if_match.check(commitment.version)?;
    commitment.become_as(commitment.rules().accept()?);
    commitment.accepted_at = Some(tx.at());
    commitment.save(&tx).await?;
    let role = commitment.receiving_role(&needs);
    let told = Told { role, ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentAccepted).by(&needs).data(told));
    notice::accepted(&tx, &needs, &issue, &commitment).await?;
    view::answer(tx, &needs, commitment.id).await
}

/// Decline what is offered, with a reason: the holder of the task, else a coordinator.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), request_body = ReasonDraft, responses((status = OK, body = CommitmentSummary)))]
#[post("/commitments/{id}/decline")]
pub(super) async fn decline_commitment(
    needs: Needs<permit::ReceiveCommitment>,
    id: Path<CommitmentId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let mut tx = app.write(&needs).await?;
    let (mut commitment, issue) = store::lock(&tx, &needs, *id).await?;
    commitment.needs_receiver(&needs)?;
    if_match.check(commitment.version)?;
    commitment.become_as(commitment.rules().decline()?);
    let words = commitment.because(&tx, reason.as_str()).await?;
    commitment.save(&tx).await?;
    let role = commitment.receiving_role(&needs);
    let told = Told { role, texts: vec![words], ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentDeclined).by(&needs).data(told));
    notice::declined(&tx, &needs, &issue, &commitment, reason.as_str()).await?;
    view::answer(tx, &needs, commitment.id).await
}

/// Take back what one offered or promised, with a reason, until it is delivered.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), request_body = ReasonDraft, responses((status = OK, body = CommitmentSummary)))]
#[post("/commitments/{id}/withdraw")]
pub(super) async fn withdraw_commitment(
    needs: Needs<permit::Participate>,
    id: Path<CommitmentId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let mut tx = app.write(&needs).await?;
    let (mut commitment, issue) = store::lock(&tx, &needs, *id).await?;
    commitment.needs_giver(&needs)?;
    if_match.check(commitment.version)?;
    let was_promised = commitment.accepted_at.is_some();
    commitment.become_as(commitment.rules().withdraw()?);
    let words = commitment.because(&tx, reason.as_str()).await?;
    commitment.save(&tx).await?;
    let told = Told { texts: vec![words], ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentWithdrawn).by(&needs).data(told));
    if was_promised {
        notice::withdrawn(&tx, &needs, &issue, &commitment, reason.as_str()).await?;
    }
    view::answer(tx, &needs, commitment.id).await
}
