use crate::{
    api::{client::Acting, issues, tasks},
    commitments::commitment_question,
    prefs,
    question::{Question, Questions, use_at_once},
    session,
    tasks::{address, offer_question},
    ui::{Button, ButtonLink, Day, Icon, Kind, SectorChip, StateChip, Time, intl},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    commitment::CommitmentAction,
    inbox::{InboxItem, InboxReason, InboxSubject},
    names::Slug,
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
    let detail = detail(&subject);
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
    let acting = acting_for.map(|organisation| {
        view! { <SectorChip sector=organisation.sector name=move || organisation.name.get(prefs::lang()).to_owned()/> }
    });
    view! {
        <li class="inbox-item">
            <div class="stack tight">
                <p class="row-title"><A href on:click=move |_| choose(organisation)>{title}</A></p>
                <div class="meta">
                    {acting}
                    {community}
                    <Time at=since/>
                    {due.map(|due| view! { <span class="row tight"><Icon name="clock" small=true/>{t!(InboxUntil)}" "<Day day=intl::last_day(due) short=true/></span> })}
                    {detail}
                </div>
            </div>
            <div class="buttons">{buttons}</div>
        </li>
    }
}

/// Acts for the organisation that something concerns from now on: the header shows it.
fn choose(organisation: Option<shared::ids::OrganisationId>) {
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

/// What helps to decide.
fn detail(subject: &InboxSubject) -> Option<AnyView> {
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
        InboxSubject::Task { task } => Some(view! { <StateChip state=task.state/> }.into_any()),
        InboxSubject::Offer { offer } => {
            let side = offer.side;
            let name = offer.organisation.name.clone();
            Some(
                view! {
                    <span>{move || side.text(prefs::lang())}</span>
                    <SectorChip sector=offer.organisation.sector name=move || name.get(prefs::lang()).to_owned()/>
                }
                .into_any(),
            )
        }
        InboxSubject::Commitment { commitment } => {
            let much = crate::commitments::much_of(commitment);
            Some(view! { <span class="num">{much}</span> }.into_any())
        }
        InboxSubject::Organisation { organisation } => {
            Some(view! { <SectorChip sector=organisation.sector/> }.into_any())
        }
    }
}
