//! The other side accepts an offer: the organisation has the task.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::Write,
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::Result,
    },
    offer::{
        actions, list, make,
        store::{self, Found},
    },
    organisation,
    state::AppState,
    task::{self, notice},
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::OfferId,
    names::ActingRole,
    offer::{OfferSide, OfferSummary},
    organisation::Verification,
    permission::permit,
    transition::{Refusal, Transition},
};

/// Accept an offer, for the side that did not make it. The organisation has the task; all other
/// open offers of it are superseded.
#[utoipa::path(tag = "offers", params(("id" = OfferId, Path)), responses((status = OK, body = OfferSummary)))]
#[post("/offers/{id}/accept")]
pub(crate) async fn accept_offer(
    needs: Needs<permit::HandleTask>,
    id: Path<OfferId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<OfferSummary>> {
    let mut tx = app.write(&needs).await?;
    let found = store::lock(&tx, &needs, *id).await?;
    let by = actions::side(needs.actor(), needs.acting_for(), found.offer.community_id, found.offer.organisation_id)?;
    if_match.check(found.offer.version)?;
    task::allows_work(&found.issue)?;
    take(&mut tx, &needs, found, by).await?;
    let answer = list::after(&tx, &needs, *id).await?;
    tx.answer(answer).await
}

/// Accepts the offer for the side that answers; who may answer at all was checked.
pub(crate) async fn take(tx: &mut Write<'_>, caller: &Caller, found: Found, by: OfferSide) -> Result<()> {
    let Found { issue, mut task, mut offer } = found;
    let (accepted, taken) = (offer.rules().accept(by, tx.at())?, task.rules().accept(offer.organisation_id)?);
    // Who was suspended since, or left, gets no task.
    let regard = organisation::verification(&**tx, offer.community_id, offer.organisation_id).await?;
    if task::regard(regard) == Verification::Suspended {
        return Err(Transition { state: offer.state.as_str(), why: Refusal::NotVerified }.into());
    }
    offer.become_as(accepted, tx.at());
    offer.save(tx).await?;
    let mut superseded = store::open_of(tx, task.id).await?;
    for other in &mut superseded {
        other.become_as(other.rules().supersede()?, tx.at());
        other.save(tx).await?;
    }
    task.become_as(taken, tx.at());
    task.vetted = true;
    task.save(tx).await?;
    tx.record(make::whose(&offer, by, caller, EventKind::OfferAccepted, told(offer.state.as_str())));
    for other in &superseded {
        let told = Told { role: Some(ActingRole::System), ..told(other.state.as_str()) };
        tx.record(other.event(EventKind::OfferSuperseded).data(told));
    }
    notice::accepted(tx, caller, &issue, &task, &offer).await?;
    for other in &superseded {
        notice::superseded(tx, caller, &issue, &task, other).await?;
    }
    task::settle(tx, issue.id).await
}
