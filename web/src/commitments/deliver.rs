use super::amount::{amount, as_typed, minor};
use crate::{
    api::commitments as api,
    files::FilesField,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Input, Kind, TextArea, TextField, use_submit},
};
use leptos::prelude::*;
use shared::{
    commitment::{CommitmentSummary, Currency, DeliverDraft},
    problem::{Fault, FieldError},
};

/// Says that a contribution came: how much of it, and what shows it.
#[component]
pub(super) fn Deliver(
    state: DialogState,
    commitment: RwSignal<Option<CommitmentSummary>>,
    refetch: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog state title=t!(CommitmentsDeliverTitle)>
            {move || commitment.get().map(|commitment| view! { <Fields state commitment refetch/> })}
        </Dialog>
    }
}

#[component]
fn Fields(state: DialogState, commitment: CommitmentSummary, refetch: Callback<()>) -> impl IntoView {
    let id = commitment.id;
    let digits = commitment.currency.as_ref().map_or(0, Currency::minor_digits);
    let much = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let evidence = RwSignal::new(Vec::new());
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: DeliverDraft| async move { api::deliver(id, &draft).await },
        move |_: CommitmentSummary| {
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        let typed = much.get_untracked();
        let amount = minor(&typed, digits);
        if amount.is_none() && !typed.trim().is_empty() {
            return faults.show(vec![FieldError::new("amount", Fault::NotANumber)]);
        }
        let draft = DeliverDraft { amount, note: note.get_untracked(), evidence: evidence.get_untracked() };
        send.send_told(draft, |faults| as_typed(faults, digits));
    };
    let planned = move || {
        let of = &commitment;
        let planned = amount(of.kind, of.planned, of.currency.as_ref(), of.unit.as_deref());
        t!(CommitmentsAllOf, planned = planned)()
    };
    view! {
        <Form faults on_submit=submit>
            <TextField name="amount" label=t!(CommitmentsCame) hint=planned value=much kind=Input::Number short=true optional=true/>
            <TextArea name="note" label=t!(CommitmentsNote) value=note most=2000/>
            <FilesField sent=evidence documents=true/>
            <p class="hint">{t!(CommitmentsToldReceiver)}</p>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(CommitmentsDeliver)}</Button>
            </div>
        </Form>
    }
}
