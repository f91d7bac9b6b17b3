use super::goal::{GoalPicker, picked};
use crate::{
    api::{Versioned, indicators as api},
    ui::{
        Button, CheckField, DateField, Dialog, DialogState, Form, FormFaults, Input, Kind, TextField, use_submit,
        use_toasts,
    },
};
use leptos::prelude::*;
use shared::{
    draft::Patch,
    indicator::{IndicatorDetail, LevelDraft, UpdateIndicatorDraft},
    names::Names,
};

/// Changes what may change of an indicator.
#[component]
pub(super) fn EditIndicator(
    indicator: Versioned<IndicatorDetail>,
    state: DialogState,
    refetch: Callback<()>,
) -> impl IntoView {
    let Versioned { value: old, etag } = indicator;
    let id = old.id;
    let name = RwSignal::new(old.name.uk);
    let name_en = RwSignal::new(old.name.en.unwrap_or_default());
    let source = RwSignal::new(old.source);
    let target = RwSignal::new(old.target.map(|level| level.value.to_string()).unwrap_or_default());
    let target_day = RwSignal::new(old.target.map(|level| level.day.to_string()).unwrap_or_default());
    let goal = RwSignal::new(old.goal.map(|goal| goal.code).unwrap_or_default());
    let retired = RwSignal::new(old.retired);
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: UpdateIndicatorDraft| {
            let etag = etag.clone();
            async move { api::update_indicator(id, &etag, &draft).await }
        },
        move |_: Versioned<IndicatorDetail>| {
            toasts.say(t!(UiSaved)());
            state.hide();
            refetch.run(());
        },
    );
    let submit = move || {
        let (value, day) = (target.get_untracked(), target_day.get_untracked());
        let no_target = value.trim().is_empty() && day.is_empty();
        send.send(UpdateIndicatorDraft {
            name: Patch::Value(Names {
                uk: name.get_untracked(),
                en: Some(name_en.get_untracked()).filter(|name| !name.trim().is_empty()),
            }),
            source: Patch::Value(source.get_untracked()),
            target: if no_target { Patch::Null } else { Patch::Value(LevelDraft { value, day }) },
            goal: picked(&goal.get_untracked()).map_or(Patch::Null, Patch::Value),
            retired: Patch::Value(retired.get_untracked()),
        });
    };
    view! {
        <Dialog state title=t!(IndicatorsEditTitle) wide=true>
            <Form faults on_submit=submit>
                <p class="muted">{t!(IndicatorsEditNote)}</p>
                <TextField name="name" label=t!(IndicatorsName) value=name/>
                <TextField name="name_en" label=t!(IndicatorsNameEn) value=name_en optional=true/>
                <div class="pair">
                    <TextField name="target.value" label=t!(IndicatorsTargetValue) value=target kind=Input::Number optional=true short=true/>
                    <DateField name="target.day" label=t!(IndicatorsTargetDay) value=target_day optional=true/>
                </div>
                <TextField name="source" label=t!(IndicatorsSource) value=source hint=t!(IndicatorsSourceHint)/>
                <GoalPicker value=goal/>
                <CheckField name="retired" label=t!(IndicatorsRetire) value=retired hint=t!(IndicatorsRetireHint)/>
                <div class="dialog-actions">
                    <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                    <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(UiSave)}</Button>
                </div>
            </Form>
        </Dialog>
    }
}
