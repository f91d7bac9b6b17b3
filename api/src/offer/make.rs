//! Making an offer: the community offers a task to an organisation, or an organisation asks for it.

use crate::{
    auth::{
        limits::{self, WORK_OF_ACCOUNT},
        needs::Needs,
    },
    community,
    db::{Sql, Write},
    events::{Told, told},
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::store::Issue,
    local,
    offer::{
        accept, list,
        store::{self, Found, Offer},
    },
    organisation,
    state::AppState,
    task::{
        self, notice,
        store::{self as tasks, Locked, Task, by_role},
    },
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use chrono::{Days, NaiveDate};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::{OfferId, OrganisationId, TaskId},
    offer::{DAYS_TO_ANSWER, MakeOffer, MakeOfferDraft, Offer as Rules, OfferSide, OfferSummary},
    organisation::Verification,
    permission::{Permission, Permit, permit},
    problem::Fault,
    transition::{Refusal, Transition},
};

/// Offer a task to an organisation, as a coordinator; or, naming none, ask for it on behalf of the
/// organisation one acts for. Who may act for both sides may have it accepted at once.
#[utoipa::path(tag = "offers", params(("id" = TaskId, Path)), request_body = MakeOfferDraft, responses((status = CREATED, body = OfferSummary)))]
#[post("/tasks/{id}/offers")]
pub(crate) async fn create_offer(
    needs: Needs<permit::HandleTask>,
    id: Path<TaskId>,
    Valid(make): Valid<MakeOfferDraft>,
    app: Data<AppState>,
) -> Result<Answer<OfferSummary>> {
    app.bursts.check(&needs)?;
    let mut tx = app.write(&needs).await?;
    let Locked { issue, mut task } = tasks::lock(&tx, &needs, *id).await?;
    let (side, organisation) = side(&needs, &task, &make)?;
    if make.accept_at_once {
        may_answer(&needs, &task, side, organisation)?;
    }
    task::allows_work(&issue)?;
    limits::allow(&tx, &needs, task.community_id, &WORK_OF_ACCOUNT).await?;
    let MakeOffer { answer_by, note, .. } = make;
    let offer =
        open(&mut tx, &needs, &issue, &mut task, NewOffer { side, organisation, answer_by, note: note.clone() })
            .await?;
    let offer_id = offer.id;
    if make.accept_at_once {
        let by = offer.side.other();
        accept::take(&mut tx, &needs, Found { issue, task, offer }, by).await?;
    } else {
        match side {
            OfferSide::Community => notice::offered(&tx, &needs, &issue, &task, &offer, &note).await?,
            OfferSide::Organisation => notice::asked(&tx, &needs, &issue, &task, &offer, &note).await?,
        }
        task::settle(&mut tx, issue.id).await?;
    }
    let location = format!("/api/v1/offers/{offer_id}");
    let answer = list::after(&tx, &needs, offer_id).await?.at(location);
    tx.answer(answer).await
}

/// Who makes the offer and which organisation it is about.
fn side(needs: &Needs<permit::HandleTask>, task: &Task, make: &MakeOffer) -> Result<(OfferSide, OrganisationId)> {
    match make.organisation {
        Some(organisation) => {
            needs.in_community(task.community_id)?;
            Ok((OfferSide::Community, organisation))
        }
        None => Ok((OfferSide::Organisation, tasks::acts_for(needs, Permission::SpeakForOrganisation)?)),
    }
}

/// 403 unless the caller may answer the offer as well.
fn may_answer(
    needs: &Needs<permit::HandleTask>,
    task: &Task,
    side: OfferSide,
    organisation: OrganisationId,
) -> Result<()> {
    match side {
        OfferSide::Community => needs.for_organisation(organisation),
        OfferSide::Organisation => needs.in_community(task.community_id),
    }
}

/// An offer in the making.
#[derive(Debug)]
pub(crate) struct NewOffer {
    pub(crate) side: OfferSide,
    pub(crate) organisation: OrganisationId,
    /// In 14 days when absent.
    pub(crate) answer_by: Option<NaiveDate>,
    pub(crate) note: String,
}

/// Makes the offer, saves it and its task, and records it. Who is told, and settling, is for the caller.
pub(crate) async fn open<P: Permit>(
    tx: &mut Write<'_>,
    needs: &Needs<P>,
    issue: &Issue,
    task: &mut Task,
    new: NewOffer,
) -> Result<Offer> {
    let NewOffer { side, organisation, .. } = new;
    let verification = verification(tx, task, side, organisation).await?;
    let made = made(tx, task.id, organisation).await?;
    task.rules().add_offer(u32::try_from(made.all).unwrap_or(u32::MAX))?;
    task.become_as(task.rules().offer(side, verification, made.open > 0)?, tx.at());

    // Who offers it to others has taken it up.
    task.vetted |= side == OfferSide::Community;
    let zone = community::time_zone(tx, task.community_id).await?;
    let today = local::day(&zone, tx.at());
    let answer_by = match new.answer_by {
        Some(day) if day < today => return Err(Error::field("answer_by", Fault::InThePast)),
        Some(day) => day,
        None => today.checked_add_days(Days::new(DAYS_TO_ANSWER)).unwrap_or(today),
    };
    let rules = Rules::open(side, local::end_of_day(&zone, answer_by));
    let note = wording::put(tx, task.community_id, &new.note).await?;
    let mut offer = Offer {
        id: OfferId(tx.id()),
        community_id: task.community_id,
        issue_id: issue.id,
        task_id: task.id,
        organisation_id: organisation,
        side,
        state: rules.state,
        answer_by,
        answer_until: rules.answer_until,
        note_id: note.id,
        reason_id: None,
        made_by: Some(needs.actor().account_id),
        made_at: tx.at(),
        remind_at: store::next_reminder(&zone, answer_by, tx.at()),
        ended_at: None,
        version: 0,
    };
    task.save(tx).await?;
    offer.save(tx).await?;
    let told = Told { texts: vec![note], ..told(offer.state.as_str()) };
    tx.record(whose(&offer, side, needs, EventKind::OfferMade, told));
    Ok(offer)
}

/// How the community regards the organisation. An organisation that does not work there cannot be
/// offered a task, and cannot ask for one.
async fn verification(
    tx: &Write<'_>,
    task: &Task,
    side: OfferSide,
    organisation: OrganisationId,
) -> Result<Verification> {
    match organisation::verification(&**tx, task.community_id, organisation).await? {
        Some(verification) => Ok(verification),
        None if side == OfferSide::Community => Err(Error::field("organisation", Fault::Unknown)),
        None => Err(Transition { state: task.state.as_str(), why: Refusal::NotVerified }.into()),
    }
}

/// The offers of a task that were made before.
#[derive(Debug, Default, FromQueryResult)]
struct Made {
    all: i64,
    /// Open ones of the organisation.
    open: i64,
}

async fn made(tx: &Write<'_>, task: TaskId, organisation: OrganisationId) -> Result<Made> {
    let found: Option<Made> = Sql::with(
        "SELECT count(*) AS \"all\", count(CASE WHEN organisation_id = $1 AND state = 'open' THEN 1 END) AS open FROM offer WHERE task_id = $2",
        [organisation.into(), task.into()],
    )
    .one(&**tx)
    .await?;
    Ok(found.unwrap_or_default())
}

/// An event of an offer by somebody who acts for a side of it.
pub(crate) fn whose(
    offer: &Offer,
    side: OfferSide,
    caller: &crate::auth::session::Caller,
    what: EventKind,
    told: Told,
) -> crate::events::NewEvent {
    let event = offer.event(what);
    match (side, caller.actor()) {
        (OfferSide::Community, _) => by_role(event, caller, offer.community_id, told),
        (OfferSide::Organisation, Some(actor)) => event.actor(actor.account_id, Some(offer.organisation_id)).data(told),
        (OfferSide::Organisation, None) => event.data(told),
    }
}
