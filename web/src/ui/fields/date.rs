use super::{Wiring, field};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A day: the browser's own control, in the reader's order of day and month. The value is `2026-11-23`.
#[component]
pub fn DateField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    /// The first day that may be chosen.
    #[prop(optional, into)]
    from: Option<NaiveDate>,
    /// The last one.
    #[prop(optional, into)]
    to: Option<NaiveDate>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(name, &label, hint, optional);
    let typed = {
        let wiring = wiring.clone();
        move |_| wiring.changed()
    };
    let control = view! {
        <input
            class="input"
            type="date"
            id=wiring.id.clone()
            name=name
            min=from.map(|day| day.to_string())
            max=to.map(|day| day.to_string())
            aria-required=(!optional).then_some("true")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            bind:value=value
            on:input=typed
        />
    };
    field(&wiring, label, control)
}
