use leptos::prelude::*;

/// A field that no person sees or comes to: programs that fill in every field give themselves away by it.
#[component]
pub fn Trap(value: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            class="visually-hidden"
            type="text"
            name="homepage"
            tabindex="-1"
            autocomplete="off"
            aria-hidden="true"
            bind:value=value
        />
    }
}
