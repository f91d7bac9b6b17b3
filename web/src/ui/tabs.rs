use super::fresh_id;
use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// One tab: the word that stands for it in the address, and its label.
#[derive(Debug, Clone)]
pub struct Tab {
    key: &'static str,
    label: TextProp,
}

impl Tab {
    pub fn new(key: &'static str, label: impl Into<TextProp>) -> Self {
        Self { key, label: label.into() }
    }
}

/// Views of one thing, of which one is shown. Arrow keys move between the tabs. Keep what is selected
/// in the address (`use_filter`), so that *Back* works.
#[component]
pub fn Tabs(
    tabs: Vec<Tab>,
    #[prop(into)] selected: Signal<&'static str>,
    #[prop(into)] on_select: Callback<&'static str>,
    /// What the tabs choose between.
    #[prop(into)]
    label: TextProp,
    /// The panel; draw by `selected`.
    children: Children,
) -> impl IntoView {
    let panel = fresh_id("panel");
    let list = NodeRef::<html::Div>::new();
    let keys: Vec<&'static str> = tabs.iter().map(|tab| tab.key).collect();
    let step = move |event: KeyboardEvent| {
        let at = keys.iter().position(|key| *key == selected.get_untracked()).unwrap_or_default();
        let n = keys.len();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % n,
            "ArrowLeft" => (at + n - 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(to) {
            on_select.run(key);
            focus_nth(list, to);
        }
    };
    let tabs = tabs
        .into_iter()
        .map(|Tab { key, label }| {
            let chosen = move || selected.get() == key;
            view! {
                <button
                    type="button"
                    role="tab"
                    aria-controls=panel.clone()
                    aria-selected=move || if chosen() { "true" } else { "false" }
                    tabindex=move || if chosen() { "0" } else { "-1" }
                    on:click=move |_| on_select.run(key)
                >
                    {move || label.get()}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() node_ref=list on:keydown=step>
            {tabs}
        </div>
        <div id=panel role="tabpanel">
            {children()}
        </div>
    }
}

fn focus_nth(list: NodeRef<html::Div>, n: usize) {
    let tab = list
        .get_untracked()
        .and_then(|list| list.children().item(u32::try_from(n).ok()?))
        .and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(tab) = tab {
        let _ = tab.focus();
    }
}
