//! Offers that come to nothing: declined by the other side, or withdrawn by who made them.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::Write,
    events::{Told, told},
    http::{
        answer::{Answer, IfMatch},
        error::Result,
        extract::Valid,
    },
    offer::{
        actions, list, make,
        store::{self, Found, Offer},
    },
    state::AppState,
    task::{self, notice},
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::{OfferId, OrganisationId, TaskId},
    offer::{OfferSide, OfferSummary},
    permission::permit,
    reason::ReasonDraft,
};

/// Decline an offer, with a reason, for the side that did not make it.
#[utoipa::path(tag = "offers", params(("id" = OfferId, Path)), request_body = ReasonDraft, responses((status = OK, body = OfferSummary)))]
#[post("/offers/{id}/decline")]
pub(crate) async fn decline_offer(
    needs: Needs<permit::HandleTask>,
    id: Path<OfferId>,
    Valid(reason): Valid<ReasonDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<OfferSummary>> {
    let mut tx = app.write(&needs).await?;
    let Found { issue, mut task, mut offer } = store::lock(&tx, &needs, *id).await?;
    let by = actions::side(needs.actor(), needs.acting_for(), offer.community_id, offer.organisation_id)?;
    if_match.check(offer.version)?;
    offer.become_as(offer.rules().decline(by, tx.at())?, tx.at());
    task.become_as(task.rules().offer_closed()?, tx.at());
    let words = wording::put(&tx, offer.community_id, reason.as_str()).await?;
    offer.reason_id = Some(words.id);
    offer.save(&tx).await?;
    task.save(&tx).await?;
    // Why somebody did not want a task is for the two sides: it is not told as the issue's history is.
    let told = Told { texts: vec![words], ..told(offer.state.as_str()) };
    tx.record(make::whose(&offer, by, &needs, EventKind::OfferDeclined, told));
    notice::declined(&tx, &needs, &issue, &task, &offer, reason.as_str()).await?;
    task::settle(&mut tx, issue.id).await?;
    let answer = list::after(&tx, &needs, offer.id).await?;
    tx.answer(answer).await
}

/// Withdraw an offer, for the side that made it.
#[utoipa::path(tag = "offers", params(("id" = OfferId, Path)), responses((status = OK, body = OfferSummary)))]
#[post("/offers/{id}/withdraw")]
pub(crate) async fn withdraw_offer(
    needs: Needs<permit::HandleTask>,
    id: Path<OfferId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<OfferSummary>> {
    let mut tx = app.write(&needs).await?;
    let Found { issue, mut task, mut offer } = store::lock(&tx, &needs, *id).await?;
    let by = actions::side(needs.actor(), needs.acting_for(), offer.community_id, offer.organisation_id)?;
    if_match.check(offer.version)?;
    offer.become_as(offer.rules().withdraw(by)?, tx.at());
    task.become_as(task.rules().offer_closed()?, tx.at());
    offer.save(&tx).await?;
    task.save(&tx).await?;
    tx.record(make::whose(&offer, by, &needs, EventKind::OfferWithdrawn, told(offer.state.as_str())));
    notice::withdrawn(&tx, &needs, &issue, &task, &offer).await?;
    task::settle(&mut tx, issue.id).await?;
    let answer = list::after(&tx, &needs, offer.id).await?;
    tx.answer(answer).await
}

/// Ends the open offers of a task that is given up; the organisations they were about. The task is
/// saved, and its issue settled, by the caller.
pub(crate) async fn withdraw_all(tx: &mut Write<'_>, caller: &Caller, task: TaskId) -> Result<Vec<OrganisationId>> {
    let mut offers: Vec<Offer> = store::open_of(tx, task).await?;
    for offer in &mut offers {
        offer.become_as(offer.rules().withdraw(offer.side)?, tx.at());
        offer.save(tx).await?;
        let told = told(offer.state.as_str());
        tx.record(make::whose(offer, OfferSide::Community, caller, EventKind::OfferWithdrawn, told));
    }
    Ok(offers.into_iter().map(|offer| offer.organisation_id).collect())
}
