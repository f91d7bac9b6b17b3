use super::amount::{amount, much_of};
use crate::{
    api::commitments as api,
    files::Files,
    issues::WhoName,
    prefs,
    question::{Question, Questions},
    ui::{Button, Kind, Link, StateChip, Time},
};
use leptos::prelude::*;
use shared::{
    commitment::{CommitmentAction, CommitmentSummary},
    names::{Slug, Who, quoted},
    text::Key,
    words::Word,
};

/// One contribution, and what the reader may do with it.
#[component]
pub(super) fn Row(
    commitment: CommitmentSummary,
    community: Slug,
    names_task: bool,
    questions: Questions,
    deliver: Callback<CommitmentSummary>,
) -> impl IntoView {
    let one = commitment.clone();
    let much = {
        let one = commitment.clone();
        move || much_of(&one)
    };
    // Of a delivery that is not what was promised, both are told.
    let promised = commitment.delivered.filter(|came| *came != commitment.planned).map(|_| {
        let one = commitment.clone();
        move || {
            let planned = amount(one.kind, one.planned, one.currency.as_ref(), one.unit.as_deref());
            t!(CommitmentsOf, planned = planned)()
        }
    });
    let task = one.task.filter(|_| names_task).map(|task| {
        let href = format!("/c/{community}/tasks/{}", task.id);
        view! { <Link href>{task.title}</Link> }
    });
    let buttons =
        in_order(one.actions).into_iter().map(|action| button(action, &commitment, questions, deliver)).collect_view();
    let title = one.words.clone();
    view! {
        <li class="stack tight">
            <div class="row between">
                <p class="row-title"><span class="num">{much}</span>{(!one.words.is_empty()).then(|| format!(" · {}", one.words))}</p>
                <StateChip state=one.state/>
            </div>
            <div class="meta">
                <WhoName who=one.who/>
                {task}
                <Time at=one.delivered_at.unwrap_or(one.offered_at)/>
                {promised.map(|promised| view! { <span class="num">{promised}</span> })}
                {one.confirmation.map(|confirmation| view! { <span>{move || confirmation.text(prefs::lang())}</span> })}
            </div>
            {one.reason.map(|reason| view! { <p class="say">{reason}</p> })}
            {one.note.map(|note| view! { <p class="say">{note}</p> })}
            <Files files=one.evidence title/>
            <div class="buttons">{buttons}</div>
        </li>
    }
}

/// What goes on stands first, what ends it last.
fn in_order(mut actions: Vec<CommitmentAction>) -> Vec<CommitmentAction> {
    actions.sort_by_key(|action| match action {
        CommitmentAction::Deliver => 0,
        CommitmentAction::Confirm => 1,
        CommitmentAction::Accept => 2,
        CommitmentAction::Decline => 3,
        CommitmentAction::Withdraw => 4,
    });
    actions
}

fn button(
    action: CommitmentAction,
    commitment: &CommitmentSummary,
    questions: Questions,
    deliver: Callback<CommitmentSummary>,
) -> impl IntoView + use<> {
    let ends = matches!(action, CommitmentAction::Decline | CommitmentAction::Withdraw);
    let kind = if ends { Kind::Plain } else { Kind::Primary };
    let commitment = commitment.clone();
    let press = move || match question(action, &commitment) {
        Some(question) => questions.ask(question),
        None => deliver.run(commitment.clone()),
    };
    view! { <Button small=true kind on_press=press>{move || action.text(prefs::lang())}</Button> }
}

/// What is asked before a step; none before a delivery, which has a form of its own.
pub(crate) fn question(action: CommitmentAction, commitment: &CommitmentSummary) -> Option<Question> {
    use CommitmentAction::{Accept, Confirm, Decline, Deliver, Withdraw};
    let lang = prefs::lang_now();
    let id = commitment.id;
    let (step, done) = match action {
        Accept => (api::accept(id), Key::DomainEventCommitmentAccepted),
        Decline => (api::decline(id), Key::DomainEventCommitmentDeclined),
        Withdraw => (api::withdraw(id), Key::DomainEventCommitmentWithdrawn),
        Confirm => (api::confirm(id), Key::DomainEventCommitmentConfirmed),
        Deliver => return None,
    };
    let giver = match &commitment.who {
        Who::Organisation { organisation } => quoted(organisation.name.get(lang), lang),
        Who::Role { role } => role.text(lang).to_owned(),
        Who::Resident { name } => name.clone().unwrap_or_else(|| t!(CommitmentsGiver)().to_owned()),
    };
    let told = if action == Withdraw { t!(CommitmentsToldReceiver)().to_owned() } else { t!(TasksTold, who = giver)() };
    let much = much_of(commitment);
    let action_text = action.text(lang).to_owned();
    Some(Question {
        title: format!("{action_text}: {much}"),
        told,
        action: action_text,
        done,
        danger: matches!(action, Decline | Withdraw),
        step,
    })
}
