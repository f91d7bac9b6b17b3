use super::values::period;
use crate::{
    api::indicators as api,
    files::FilesField,
    prefs,
    ui::{
        Button, DateField, Dialog, DialogState, Form, FormFaults, Input, Kind, TextArea, TextField, intl, use_submit,
        use_toasts,
    },
};
use leptos::prelude::*;
use shared::{
    ids::IndicatorId,
    indicator::{CorrectMeasurementDraft, MeasureDraft, Measurement},
    names::Names,
    text::Key,
};

/// Adds a value for a period, exactly as typed.
#[component]
pub(super) fn AddMeasurement(id: IndicatorId, unit: Names, state: DialogState, refetch: Callback<()>) -> impl IntoView {
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (value, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let evidence = RwSignal::new(Vec::new());
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: MeasureDraft| async move { api::create_measurement(id, &draft).await },
        move |_: Measurement| {
            for field in [from, to, value, note] {
                field.set(String::new());
            }
            evidence.set(Vec::new());
            toasts.say(t!(IndicatorsMeasured)());
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        let to = Some(to.get_untracked()).filter(|day| !day.is_empty());
        send.send(MeasureDraft {
            from: from.get_untracked(),
            to,
            value: value.get_untracked(),
            note: note.get_untracked(),
            evidence: evidence.get_untracked(),
        });
    };
    let unit = StoredValue::new(unit);
    let value_hint = move || {
        let lang = prefs::lang();
        unit.with_value(|unit| Key::IndicatorsValueHint.with(lang, &[("unit", unit.get(lang))]))
    };
    view! {
        <Dialog state title=t!(IndicatorsMeasure)>
            <Form faults on_submit=submit>
                <div class="pair">
                    <DateField name="from" label=t!(IndicatorsFrom) value=from to=intl::today()/>
                    <DateField name="to" label=t!(IndicatorsTo) value=to hint=t!(IndicatorsToHint) optional=true/>
                </div>
                <TextField name="value" label=t!(IndicatorsValue) value kind=Input::Number hint=value_hint short=true/>
                <TextArea name="note" label=t!(IndicatorsNote) value=note hint=t!(IndicatorsNoteHint) optional=true most=1000/>
                <p class="hint">{t!(IndicatorsEvidenceHint)}</p>
                <FilesField sent=evidence documents=true/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IndicatorsMeasure)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}

/// Corrects a value, with the reason; what it said stays visible.
#[component]
pub(super) fn CorrectMeasurement(
    chosen: RwSignal<Option<Measurement>>,
    unit: Names,
    state: DialogState,
    refetch: Callback<()>,
) -> impl IntoView {
    let (value, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let toasts = use_toasts();
    let faults = FormFaults::new();
    Effect::new(move |_| {
        value.set(chosen.with(|chosen| chosen.as_ref().map(|one| one.value.for_people(false)).unwrap_or_default()));
        reason.set(String::new());
        faults.clear();
    });
    let send = use_submit(
        faults,
        move |draft: CorrectMeasurementDraft| {
            let chosen = chosen.get_untracked().map(|one| one.id);
            async move {
                match chosen {
                    Some(id) => api::correct_measurement(id, &draft).await,
                    None => Err(crate::api::ApiError::not_found()),
                }
            }
        },
        move |_: Measurement| {
            toasts.say(t!(IndicatorsCorrected)());
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        send.send(CorrectMeasurementDraft { value: value.get_untracked(), reason: reason.get_untracked() });
    };
    let unit = StoredValue::new(unit);
    let value_hint = move || {
        let lang = prefs::lang();
        unit.with_value(|unit| Key::IndicatorsValueHint.with(lang, &[("unit", unit.get(lang))]))
    };
    view! {
        <Dialog state title=t!(IndicatorsCorrectTitle)>
            <Form faults on_submit=submit>
                <p><strong>{move || chosen.with(|chosen| chosen.as_ref().map(period))}</strong>" "{t!(IndicatorsCorrectNote)}</p>
                <TextField name="value" label=t!(IndicatorsValue) value kind=Input::Number hint=value_hint short=true/>
                <TextField name="reason" label=t!(IndicatorsReason) value=reason/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IndicatorsCorrect)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}
