//! What was promised came, and somebody else says so too.

use crate::{
    auth::needs::Needs,
    commitment::{evidence, notice, store, view},
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    state::AppState,
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    commitment::{CommitmentSummary, DeliverDraft},
    ids::CommitmentId,
    permission::permit,
};

/// Say that what one promised was delivered, with a note or evidence. Its receiver is asked to
/// confirm; without an answer for 14 days it stands as unconfirmed.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), request_body = DeliverDraft, responses((status = OK, body = CommitmentSummary)))]
#[post("/commitments/{id}/deliver")]
pub(super) async fn deliver_commitment(
    needs: Needs<permit::Participate>,
    id: Path<CommitmentId>,
    Valid(delivery): Valid<DeliverDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let mut tx = app.write(&needs).await?;
    let (mut commitment, issue) = store::lock(&tx, &needs, *id).await?;
    commitment.needs_giver(&needs)?;
    if_match.check(commitment.version)?;
    commitment.become_as(commitment.rules().deliver(delivery.amount, tx.at())?);
    let mut texts = Vec::new();
    if !delivery.note.is_empty() {
        let note = wording::put(&tx, commitment.community_id, &delivery.note).await?;
        commitment.note_id = Some(note.id);
        texts.push(note);
    }
    evidence::attach(&tx, &commitment, &delivery.evidence).await?;
    commitment.save(&tx).await?;
    let told = Told { texts, ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentDelivered).by(&needs).data(told));
    notice::delivered(&tx, &needs, &issue, &commitment).await?;
    view::answer(tx, &needs, commitment.id).await
}

/// Confirm that it came, be it late: its receiver, but never somebody who had a part in giving it.
#[utoipa::path(tag = "commitments", params(("id" = CommitmentId, Path)), responses((status = OK, body = CommitmentSummary)))]
#[post("/commitments/{id}/confirm")]
pub(super) async fn confirm_commitment(
    needs: Needs<permit::ReceiveCommitment>,
    id: Path<CommitmentId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<CommitmentSummary>> {
    let mut tx = app.write(&needs).await?;
    let (mut commitment, issue) = store::lock(&tx, &needs, *id).await?;
    commitment.needs_receiver(&needs)?;
    commitment.needs_another(&needs)?;
    if_match.check(commitment.version)?;
    commitment.become_as(commitment.rules().confirm()?);
    commitment.save(&tx).await?;
    let role = commitment.receiving_role(&needs);
    let told = Told { role, ..told(commitment.state.as_str()) };
    tx.record(commitment.event(EventKind::CommitmentConfirmed).by(&needs).data(told));
    notice::confirmed(&tx, &needs, &issue, &commitment).await?;
    view::answer(tx, &needs, commitment.id).await
}
