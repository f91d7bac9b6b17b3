use super::{Wiring, field};
use leptos::prelude::*;

/// One of many, from a list: the browser's own control, which every phone and reader knows.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    /// Value and text of each option.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The text of the first option, which chooses nothing.
    #[prop(optional, into)]
    nothing: Option<TextProp>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let changed = {
        let wiring = wiring.clone();
        move |event| {
            value.set(event_target_value(&event));
            wiring.changed();
        }
    };
    let option = move |(key, text): (String, String)| {
        let chosen = {
            let key = key.clone();
            move || value.with(|value| *value == key)
        };
        view! { <option value=key prop:selected=chosen>{text}</option> }
    };
    let control = view! {
        <select
            class="input"
            id=wiring.id.clone()
            name=name
            aria-required=(!optional).then_some("true")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            on:change=changed
        >
            {nothing.map(|text| view! { <option value="" prop:selected=move || value.with(String::is_empty)>{move || text.get()}</option> })}
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    };
    field(&wiring, label, control)
}
