use super::Wiring;
use leptos::prelude::*;

/// One of the values of a group.
#[derive(Debug, Clone)]
pub struct Choice {
    value: String,
    label: TextProp,
    hint: Option<TextProp>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<TextProp>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// Explains the choice in a line below.
    pub fn hint(mut self, hint: impl Into<TextProp>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Yes or no.
#[component]
pub fn CheckField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<bool>,
    #[prop(optional, into)] hint: Option<TextProp>,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, false);
    let changed = {
        let wiring = wiring.clone();
        move |_| wiring.changed()
    };
    view! {
        <div class="field">
            <label class="choice">
                <input
                    type="checkbox"
                    id=wiring.id.clone()
                    name=name
                    aria-invalid=wiring.invalid()
                    aria-describedby=wiring.described_by()
                    bind:checked=value
                    on:change=changed
                />
                <span>{move || label.get()}</span>
                {wiring.hint()}
            </label>
            {wiring.fault()}
        </div>
    }
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
    /// As large rows: for the one question of a screen.
    #[prop(optional)]
    rows: bool,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let choices = choices
        .into_iter()
        .map(|choice| {
            let wiring = wiring.clone();
            let key = StoredValue::new(choice.value.clone());
            let chosen = move || value.with(|value| key.with_value(|key| value == key));
            let changed = move |_| {
                value.set(key.get_value());
                wiring.changed();
            };
            let input =
                view! { <input type="radio" name=name value=choice.value prop:checked=chosen on:change=changed/> };
            row(choice.label, choice.hint, input)
        })
        .collect_view();
    group(&wiring, label, rows, false, choices)
}

/// Any of several.
#[component]
pub fn CheckGroup(
    name: &'static str,
    #[prop(into)] label: TextProp,
    /// The values chosen.
    value: RwSignal<Vec<String>>,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let choices = choices
        .into_iter()
        .map(|choice| {
            let wiring = wiring.clone();
            let key = StoredValue::new(choice.value.clone());
            let chosen = move || value.with(|values| key.with_value(|key| values.contains(key)));
            let changed = move |event| {
                let key = key.get_value();
                value.update(|values| {
                    values.retain(|value| *value != key);
                    if event_target_checked(&event) {
                        values.push(key);
                    }
                });
                wiring.changed();
            };
            let input =
                view! { <input type="checkbox" name=name value=choice.value prop:checked=chosen on:change=changed/> };
            row(choice.label, choice.hint, input)
        })
        .collect_view();
    group(&wiring, label, false, true, choices)
}

/// The whole row is the target, the hint included.
fn row(label: TextProp, hint: Option<TextProp>, input: impl IntoView) -> impl IntoView {
    view! {
        <label class="choice">
            {input}
            <span>{move || label.get()}</span>
            {hint.map(|hint| view! { <span class="hint">{move || hint.get()}</span> })}
        </label>
    }
}

fn group<C: IntoView>(
    wiring: &Wiring,
    label: TextProp,
    rows: bool,
    columns: bool,
    choices: C,
) -> impl IntoView + use<C> {
    view! {
        <fieldset class="field" aria-describedby=wiring.described_by()>
            <legend>{wiring.label(label)}</legend>
            {wiring.hint()}
            <div class="choices" class:rows=rows class:columns=columns>{choices}</div>
            {wiring.fault()}
        </fieldset>
    }
}
