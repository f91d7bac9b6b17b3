use super::amount::{as_typed, minor};
use crate::{
    api::commitments as api,
    prefs, session,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Input, Kind, SelectField, TextArea, TextField, use_submit},
};
use leptos::prelude::*;
use shared::{
    commitment::{CommitDraft, CommitmentKind, CommitmentSummary, Currency},
    ids::{IssueId, TaskId},
    names::quoted,
    problem::{Fault, FieldError},
    words::Word,
};

/// The currencies offered, the country's own first.
const CURRENCIES: [&str; 4] = ["UAH", "EUR", "USD", "PLN"];

/// What one contributes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitTo {
    Issue(IssueId),
    Task(TaskId),
}

/// Offers a contribution, of oneself or of the organisation acted for.
#[component]
pub(super) fn CommitForm(state: DialogState, to: CommitTo, refetch: Callback<()>) -> impl IntoView {
    view! {
        <Dialog state title=t!(CommitmentsAdd)>
            <Fields state to refetch/>
        </Dialog>
    }
}

#[component]
fn Fields(state: DialogState, to: CommitTo, refetch: Callback<()>) -> impl IntoView {
    let kind = RwSignal::new(CommitmentKind::Hours.as_str().to_owned());
    let much = RwSignal::new(String::new());
    let currency = RwSignal::new(CURRENCIES[0].to_owned());
    let unit = RwSignal::new(String::new());
    let words = RwSignal::new(String::new());
    let faults = FormFaults::new();
    let chosen = Memo::new(move |_| kind.with(|kind| kind.parse::<CommitmentKind>().ok()));
    let send = use_submit(
        faults,
        move |draft: CommitDraft| async move {
            match to {
                CommitTo::Issue(issue) => api::commit_to_issue(issue, &draft).await,
                CommitTo::Task(task) => api::commit_to_task(task, &draft).await,
            }
        },
        move |_: CommitmentSummary| {
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        let kind = chosen.get_untracked();
        let money = kind == Some(CommitmentKind::Money);
        let typed = much.get_untracked();
        let code = money.then(|| currency.get_untracked());
        let digits = code.as_deref().and_then(|code| Currency::parse(code).ok()).map_or(0, |code| code.minor_digits());
        let amount = minor(&typed, digits);
        if amount.is_none() && !typed.trim().is_empty() {
            return faults.show(vec![FieldError::new("amount", Fault::NotANumber)]);
        }
        let unit = Some(unit.get_untracked()).filter(|unit| !unit.trim().is_empty());
        let draft = CommitDraft {
            kind,
            amount,
            currency: code,
            unit: unit.filter(|_| kind.is_some_and(CommitmentKind::has_unit)),
            words: words.get_untracked(),
        };
        send.send_told(draft, |faults| as_typed(faults, digits));
    };
    let kinds = Signal::derive(move || {
        let lang = prefs::lang();
        let alone = session::acting_for().is_none();
        CommitmentKind::ALL
            .iter()
            .filter(|kind| !alone || kind.of_persons())
            .map(|kind| (kind.as_str().to_owned(), kind.text(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    let currencies = Signal::derive(|| CURRENCIES.map(|code| (code.to_owned(), code.to_owned())).to_vec());
    let giver = move || match session::acting_for() {
        Some(acting) => {
            t!(CommitmentsAsOrganisation, name = quoted(acting.organisation.name.get(prefs::lang()), prefs::lang()))()
        }
        None => t!(CommitmentsAsOneself)().to_owned(),
    };
    let is = move |fits: fn(CommitmentKind) -> bool| chosen.get().is_some_and(fits);
    view! {
        <Form faults on_submit=submit>
            <p class="muted">{giver}</p>
            <SelectField name="kind" label=t!(CommitmentsKind) value=kind options=kinds/>
            {move || {
                let optional = !is(CommitmentKind::needs_amount);
                view! { <TextField name="amount" label=t!(CommitmentsAmount) value=much kind=Input::Number short=true optional/> }
            }}
            <Show when=move || is(|kind| kind == CommitmentKind::Money)>
                <SelectField name="currency" label=t!(CommitmentsCurrency) value=currency options=currencies/>
            </Show>
            <Show when=move || is(CommitmentKind::has_unit)>
                <TextField name="unit" label=t!(CommitmentsUnit) hint=t!(CommitmentsUnitHint) value=unit short=true optional=true/>
            </Show>
            {move || {
                let optional = is(CommitmentKind::needs_amount);
                view! { <TextArea name="words" label=t!(CommitmentsWords) value=words optional most=500/> }
            }}
            <p class="hint">{t!(CommitmentsToldReceiver)}</p>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(CommitmentsOffer)}</Button>
            </div>
        </Form>
    }
}
