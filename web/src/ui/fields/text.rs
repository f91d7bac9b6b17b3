use super::{Wiring, field};
use leptos::prelude::*;

/// What is typed: decides the keyboard of a phone and what the browser offers to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Input {
    #[default]
    Text,
    Email,
    /// With a button that shows what was typed.
    Password,
    Search,
    Phone,
    Address,
    /// Whole numbers and decimals: text, since a number field loses what it cannot read.
    Number,
}

impl Input {
    const fn kind(self) -> &'static str {
        match self {
            Input::Text | Input::Number => "text",
            Input::Email => "email",
            Input::Password => "password",
            Input::Search => "search",
            Input::Phone => "tel",
            Input::Address => "url",
        }
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// As in the draft; faults are found by it.
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(optional)] kind: Input,
    #[prop(optional, into)] hint: Option<TextProp>,
    /// Says that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What the browser may fill in, by HTML's list of autofill names.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// For numbers and codes.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let shown = RwSignal::new(false);
    let kind_now = move || if shown.get() { "text" } else { kind.kind() };
    let capitals = matches!(kind, Input::Email | Input::Password | Input::Address).then_some("none");
    let typed = {
        let wiring = wiring.clone();
        move |_| wiring.changed()
    };
    let input = view! {
        <input
            class="input"
            class:short=short
            id=wiring.id.clone()
            name=name
            type=kind_now
            inputmode=(kind == Input::Number).then_some("decimal")
            autocomplete=autocomplete
            autocapitalize=capitals
            aria-required=(!optional).then_some("true")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            bind:value=value
            on:input=typed
        />
    };
    let control = if kind == Input::Password {
        view! {
            <div class="input-group">
                {input}
                <button
                    type="button"
                    class="btn quiet small"
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-controls=wiring.id.clone()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {t!(UiShowPassword)}
                </button>
            </div>
        }
        .into_any()
    } else {
        input.into_any()
    };
    field(&wiring, label, control)
}

/// Several lines of text; grows with what is typed.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
    /// The most characters; what is left is said when it gets short.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let typed = {
        let wiring = wiring.clone();
        move |_| wiring.changed()
    };
    let left = move || {
        let most = most?;
        let left = most.saturating_sub(value.with(|text| text.chars().count()));
        (left <= most / 10).then_some(left)
    };
    let control = view! {
        <textarea
            class="input"
            id=wiring.id.clone()
            name=name
            aria-required=(!optional).then_some("true")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            bind:value=value
            on:input=typed
        ></textarea>
        <span class="hint" aria-live="polite">
            {move || left().map(|left| t!(UiCharactersLeft; u64::try_from(left).unwrap_or_default())())}
        </span>
    };
    field(&wiring, label, control)
}
