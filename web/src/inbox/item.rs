use crate::{
    api::{client::Acting, issues, tasks},
    commitments::commitment_question,
    issues::WhoName,
    prefs,
    question::{Question, Questions, use_at_once},
    session,
    tasks::{Due, address, offer_question},
    ui::{Button, ButtonLink, Day, Icon, Kind, SectorChip, StateChip, Time, intl},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    commitment::CommitmentAction,
    ids::OrganisationId,
    inbox::{InboxItem, InboxReason, InboxSubject},
    names::{OrganisationLink, Slug, Who},
    offer::OfferAction,
    task::TaskAction,
    words::Word,
};

/// One thing that waits, with its next action: in place where nothing else has to be seen first, else
/// the way there.
#[component]
pub(super) fn Item(item: InboxItem, questions: Questions, refetch: Callback<()>) -> impl IntoView {
    let InboxItem { reason, community, acting_for, since, due, subject } = item;
    let slug = community.as_ref().map(|community| community.slug.clone());
    // What is done from here is done in the name that it concerns, whichever is chosen on the page.
    let acting = acting_for.as_ref().map_or(Acting::Oneself, |organisation| Acting::For(organisation.id));
    let organisation = acting_for.as_ref().map(|organisation| organisation.id);
    let (title, href) = where_to(&subject, slug.as_ref());
    // Whom one acts for is in the header, and who is named as concerned need not be named again.
    let known = [organisation, session::acting_for_now()];
    let detail = detail(&subject, &known);
    let go = {
        let href = href.clone();
        move |to: &str, words: &'static str| {
            let href = format!("{href}{to}");
            // The page that this leads to has to know for whom one acts there.
            view! { <ButtonLink small=true href on:click=move |_| choose(organisation)>{words}</ButtonLink> }.into_any()
        }
    };
    let ask = move |primary: bool, words: &'static str, question: Question| {
        let question = Question { step: question.step.clone().acting(acting), ..question };
        let kind = if primary { Kind::Primary } else { Kind::Plain };
        view! { <Button small=true kind on_press=move || questions.ask(question.clone())>{words}</Button> }.into_any()
    };
    let at_once = use_at_once(refetch);
    let lang = prefs::lang();
    let buttons: Vec<AnyView> = match (reason, &subject) {
        (InboxReason::AnswerOffer, InboxSubject::Offer { offer }) => [OfferAction::Accept, OfferAction::Decline]
            .into_iter()
            .filter_map(|action| {
                Some(ask(action == OfferAction::Accept, action.text(lang), offer_question(action, offer)?))
            })
            .collect(),
        (InboxReason::AnswerCommitment, InboxSubject::Commitment { commitment }) => {
            [CommitmentAction::Accept, CommitmentAction::Decline]
                .into_iter()
                .filter_map(|action| {
                    let question = commitment_question(action, commitment)?;
                    Some(ask(action == CommitmentAction::Accept, action.text(lang), question))
                })
                .collect()
        }
        (InboxReason::ConfirmDelivery, InboxSubject::Commitment { commitment }) => {
            let action = CommitmentAction::Confirm;
            commitment_question(action, commitment)
                .map(|question| ask(true, action.text(lang), question))
                .into_iter()
                .collect()
        }
        (InboxReason::ConfirmIssue, InboxSubject::Issue { issue }) => {
            let id = issue.id;
            let press = move || {
                at_once.dispatch(issues::confirm_step(id).acting(acting));
            };
            vec![
                view! { <Button small=true kind=Kind::Primary pending=at_once.pending() on_press=press>{t!(IssueConfirm)}</Button> }
                    .into_any(),
                go("?dialog=object", t!(IssueObject)()),
            ]
        }
        (InboxReason::MyTask, InboxSubject::Task { task }) if task.actions.contains(&TaskAction::Start) => {
            let id = task.id;
            let press = move || {
                at_once.dispatch(tasks::start(id).acting(acting));
            };
            vec![
                view! { <Button small=true pending=at_once.pending() on_press=press>{TaskAction::Start.text(lang)}</Button> }
                    .into_any(),
            ]
        }
        (InboxReason::MyTask, InboxSubject::Task { task }) if task.actions.contains(&TaskAction::Done) => {
            vec![go("?dialog=done", TaskAction::Done.text(lang))]
        }
        (InboxReason::VerifyTask, _) => vec![go("", t!(InboxCheck)())],
        (InboxReason::Triage | InboxReason::Unanswered, _) => vec![go("", t!(InboxAnswer)())],
        _ => vec![go("", t!(InboxLook)())],
    };
    let community = community.map(|community| {
        view! { <span>{move || community.name.get(prefs::lang()).to_owned()}</span> }
    });
    let concerned = acting_for.filter(|one| session::acting_for_now() != Some(one.id)).map(|organisation| {
        view! { <SectorChip sector=organisation.sector name=move || organisation.name.get(prefs::lang()).to_owned()/> }
    });
    view! {
        <li class="inbox-item">
            <div class="stack tight">
                <p class="row-title"><A href on:click=move |_| choose(organisation)>{title}</A></p>
                <div class="meta">
                    {concerned}
                    {community}
                    <Time at=since/>
                    {due.map(|due| term(intl::last_day(due)))}
                    {detail}
                </div>
            </div>
            <div class="buttons">{buttons}</div>
        </li>
    }
}

/// Until when it waits, or that this has passed.
fn term(day: NaiveDate) -> AnyView {
    if day < intl::today() {
        view! { <Due day overdue=true/> }.into_any()
    } else {
        view! { <span class="row tight"><Icon name="clock" small=true/>{t!(InboxUntil)}" "<Day day short=true/></span> }
            .into_any()
    }
}

/// Acts for the organisation that something concerns from now on: the header shows it.
fn choose(organisation: Option<OrganisationId>) {
    if organisation.is_some() && session::acting_for_now() != organisation {
        session::act_for(organisation);
    }
}

/// What it is called, and where it is.
fn where_to(subject: &InboxSubject, community: Option<&Slug>) -> (String, String) {
    let of = |page: String| community.map_or_else(|| "/".to_owned(), |slug| format!("/c/{slug}/{page}"));
    match subject {
        InboxSubject::Issue { issue } | InboxSubject::Flag { issue, .. } => {
            (issue.title.clone(), of(format!("issues/{}", issue.number)))
        }
        InboxSubject::Task { task } => (task.title.clone(), address(&task.issue.community.slug, task.id, None)),
        InboxSubject::Offer { offer } => (offer.task.title.clone(), of(format!("tasks/{}", offer.task.id))),
        InboxSubject::Commitment { commitment } => {
            let slug = &commitment.issue.community.slug;
            let href = match &commitment.task {
                Some(task) => address(slug, task.id, None),
                None => format!("/c/{slug}/issues/{}", commitment.issue.number),
            };
            let thing = commitment.task.as_ref().map_or(&commitment.issue.title, |task| &task.title);
            (thing.clone(), href)
        }
        InboxSubject::Organisation { organisation } => {
            (organisation.name.get(prefs::lang()).to_owned(), format!("/organisations/{}", organisation.slug))
        }
    }
}

/// What helps to decide. Of organisations only those are named that the reader does not know already.
fn detail(subject: &InboxSubject, known: &[Option<OrganisationId>]) -> Option<AnyView> {
    let named = |organisation: &OrganisationLink| {
        let (name, sector) = (organisation.name.clone(), organisation.sector);
        (!known.contains(&Some(organisation.id)))
            .then(|| view! { <SectorChip sector name=move || name.get(prefs::lang()).to_owned()/> })
    };
    match subject {
        InboxSubject::Issue { issue } => {
            let category = issue.category.name.clone();
            Some(
                view! { <StateChip state=issue.state/><span>{move || category.get(prefs::lang()).to_owned()}</span> }
                    .into_any(),
            )
        }
        InboxSubject::Flag { flag, .. } => {
            let reason = flag.reason;
            Some(view! { <span>{move || reason.text(prefs::lang())}</span> }.into_any())
        }
        InboxSubject::Task { task } => {
            let holder = task.holder.as_ref().and_then(named);
            Some(view! { <StateChip state=task.state/>{holder} }.into_any())
        }
        InboxSubject::Offer { offer } => {
            let side = offer.side;
            let organisation = named(&offer.organisation);
            Some(view! { <span>{move || side.text(prefs::lang())}</span>{organisation} }.into_any())
        }
        InboxSubject::Commitment { commitment } => {
            let much = crate::commitments::much_of(commitment);
            let giver = match &commitment.who {
                Who::Organisation { organisation } => named(organisation).map(IntoAny::into_any),
                who => Some(view! { <WhoName who=who.clone()/> }.into_any()),
            };
            Some(view! { <span class="num">{much}</span>{giver} }.into_any())
        }
        InboxSubject::Organisation { organisation } => {
            Some(view! { <SectorChip sector=organisation.sector/> }.into_any())
        }
    }
}
