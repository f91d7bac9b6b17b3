use super::address;
use crate::{
    api::offers as api,
    prefs,
    question::{Question, Questions},
    ui::{Button, ButtonLink, Day, Kind, SectorChip, StateChip, Time},
};
use leptos::prelude::*;
use shared::{
    names::{Slug, quoted},
    offer::{OfferAction, OfferSide, OfferState, OfferSummary},
    text::Key,
    words::Word,
};

/// Whom the task was offered to, who asked for it, and what each answered.
#[component]
pub(super) fn Offers(offers: Vec<OfferSummary>, community: Slug, questions: Questions) -> impl IntoView {
    (!offers.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{t!(TasksOffers)}</h2>
                <ul class="rows">
                    {offers
                        .into_iter()
                        .map(|offer| view! { <One offer community=community.clone() questions/> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn One(offer: OfferSummary, community: Slug, questions: Questions) -> impl IntoView {
    let name = offer.organisation.name.clone();
    let open = offer.state == OfferState::Open;
    let button = |action: OfferAction| {
        let words = move || action.text(prefs::lang());
        // What expired is renewed by a new offer of the same side.
        let dialog = if offer.side == OfferSide::Community { "offer" } else { "ask" };
        match question(action, &offer) {
            Some(question) => {
                let kind = if action == OfferAction::Accept { Kind::Primary } else { Kind::Plain };
                view! { <Button small=true kind on_press=move || questions.ask(question.clone())>{words}</Button> }
                    .into_any()
            }
            None => {
                let href = address(&community, offer.task.id, Some(dialog));
                view! { <ButtonLink small=true href>{words}</ButtonLink> }.into_any()
            }
        }
    };
    let buttons = offer.actions.iter().copied().map(button).collect_view();
    view! {
        <li class="stack tight">
            <div class="row between">
                <SectorChip sector=offer.organisation.sector name=move || name.get(prefs::lang()).to_owned()/>
                <StateChip state=offer.state/>
            </div>
            <div class="meta">
                <span>{move || offer.side.text(prefs::lang())}</span>
                {if open {
                    view! { <span>{t!(TasksAnswerBy)}": "<Day day=offer.answer_by short=true/></span> }.into_any()
                } else {
                    view! { <Time at=offer.ended_at.unwrap_or(offer.made_at)/> }.into_any()
                }}
            </div>
            {(!offer.note.is_empty()).then(|| view! { <p>{offer.note.clone()}</p> })}
            {offer.reason.clone().map(|reason| view! { <p class="say">{reason}</p> })}
            <div class="buttons">{buttons}</div>
        </li>
    }
}

/// What is asked before an answer; none before a renewal, which is a new offer.
pub(crate) fn question(action: OfferAction, offer: &OfferSummary) -> Option<Question> {
    let lang = prefs::lang_now();
    let organisation = quoted(offer.organisation.name.get(lang), lang);
    let (step, leads_to, by, done) = match action {
        OfferAction::Accept => {
            (api::accept(offer.id), Key::TasksAcceptLeads, offer.side.other(), Key::DomainEventOfferAccepted)
        }
        OfferAction::Decline => {
            (api::decline(offer.id), Key::TasksDeclineLeads, offer.side.other(), Key::DomainEventOfferDeclined)
        }
        OfferAction::Withdraw => {
            (api::withdraw(offer.id), Key::TasksWithdrawLeads, offer.side, Key::DomainEventOfferWithdrawn)
        }
        OfferAction::Renew => return None,
    };
    let told = match by {
        OfferSide::Organisation => Key::TasksToldCoordinators.get(lang).to_owned(),
        OfferSide::Community => Key::TasksTold.with(lang, &[("who", &organisation)]),
    };
    let action_text = action.text(lang).to_owned();
    Some(Question {
        title: format!("{action_text}: {}", quoted(&offer.task.title, lang)),
        told: format!("{} {told}", leads_to.with(lang, &[("who", &organisation)])),
        action: action_text,
        done,
        danger: action != OfferAction::Accept,
        step,
    })
}
