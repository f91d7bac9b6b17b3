use super::goal::{GoalPicker, picked};
use crate::{
    api::indicators as api,
    prefs,
    ui::{
        Button, Choice, DateField, Dialog, DialogState, Form, FormFaults, Input, Kind, RadioGroup, TextField,
        use_submit,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::{
    indicator::{CreateIndicatorDraft, Direction, IndicatorDetail, IndicatorKind},
    names::{Names, Slug},
    words::Word,
};

/// The words of a closed set as choices.
fn choices<W: Word + Send + Sync>() -> Vec<Choice> {
    W::WORDS.iter().map(|word| Choice::new(word.word(), move || word.text(prefs::lang()))).collect()
}

/// A new indicator of the community.
#[component]
pub(super) fn CreateIndicator(slug: Slug, state: DialogState) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (name, name_en, unit, unit_en) = (text(), text(), text(), text());
    let (kind, direction, source, goal) = (text(), text(), text(), text());
    let (baseline, baseline_day, target, target_day) = (text(), text(), text(), text());
    let faults = FormFaults::new();
    let navigate = use_navigate();
    let send = use_submit(
        faults,
        move |draft: CreateIndicatorDraft| {
            let slug = slug.clone();
            async move { api::create_indicator(&slug, &draft).await }
        },
        move |made: IndicatorDetail| {
            navigate(&format!("/c/{}/indicators/{}", made.community.slug, made.id), NavigateOptions::default());
        },
    );
    let given = |field: RwSignal<String>| Some(field.get_untracked()).filter(|text| !text.trim().is_empty());
    let submit = move || {
        send.send(CreateIndicatorDraft {
            name: Names { uk: name.get_untracked(), en: given(name_en) },
            unit: Names { uk: unit.get_untracked(), en: given(unit_en) },
            kind: kind.get_untracked().parse().ok(),
            direction: direction.get_untracked().parse().ok(),
            baseline: given(baseline),
            baseline_day: given(baseline_day),
            target: given(target),
            target_day: given(target_day),
            source: source.get_untracked(),
            goal: picked(&goal.get_untracked()),
        });
    };
    let (kinds, directions) = (choices::<IndicatorKind>, choices::<Direction>);
    view! {
        <Dialog state title=t!(IndicatorsCreateTitle) wide=true>
            <Form faults on_submit=submit>
                <TextField name="name" label=t!(IndicatorsName) value=name/>
                <TextField name="name_en" label=t!(IndicatorsNameEn) value=name_en optional=true/>
                <div class="pair">
                    <TextField name="unit" label=t!(IndicatorsUnitField) value=unit hint=t!(IndicatorsUnitHint) short=true/>
                    <TextField name="unit_en" label=t!(IndicatorsUnitEn) value=unit_en optional=true short=true/>
                </div>
                <RadioGroup name="kind" label=t!(IndicatorsKind) value=kind choices=kinds()/>
                <RadioGroup name="direction" label=t!(IndicatorsDirection) value=direction choices=directions()/>
                <div class="pair">
                    <TextField name="baseline" label=t!(IndicatorsBaselineValue) value=baseline kind=Input::Number optional=true short=true/>
                    <DateField name="baseline_day" label=t!(IndicatorsBaselineDay) value=baseline_day optional=true/>
                </div>
                <div class="pair">
                    <TextField name="target" label=t!(IndicatorsTargetValue) value=target kind=Input::Number optional=true short=true/>
                    <DateField name="target_day" label=t!(IndicatorsTargetDay) value=target_day optional=true/>
                </div>
                <TextField name="source" label=t!(IndicatorsSource) value=source hint=t!(IndicatorsSourceHint)/>
                <GoalPicker value=goal/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(IndicatorsCreate)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}
