use super::{desk::Desk, dialogs::Asked};
use crate::{
    storage,
    ui::{CheckField, Dialog, DialogState},
};
use leptos::{ev, prelude::*};
use shared::text::Key;
use wasm_bindgen::JsCast;

/// Where it is kept that somebody works without the keys.
const OFF: &str = "triage.keys_off";

/// The keys by their places on the keyboard, so that they work in every layout.
const KEYS: [(&str, Key); 10] = [
    ("J", Key::TriageKeyNext),
    ("K", Key::TriageKeyBefore),
    ("A", Key::TriageKeyAccept),
    ("D", Key::TriageKeyDecline),
    ("C", Key::TriageKeyCategory),
    ("P", Key::TriageKeyPrivate),
    ("M", Key::TriageKeyDuplicate),
    ("L", Key::TriageKeyDismiss),
    ("H", Key::TriageKeyHide),
    ("U", Key::TriageKeyUndo),
];

/// Listens for single keys, unless something is being typed or a dialog is open.
pub(super) fn listen(desk: Desk, asked: Asked, help: DialogState) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let held = event.repeat() && !matches!(event.code().as_str(), "KeyJ" | "KeyK");
        if held || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if is_off() || is_busy() || is_typing(&event) {
            return;
        }
        match event.code().as_str() {
            "KeyJ" => desk.step(true),
            "KeyK" => desk.step(false),
            "KeyA" => desk.accept(),
            "KeyD" if desk.report().is_some() => asked.decline.show(),
            "KeyC" if desk.report().is_some() => asked.category.show(),
            "KeyP" => desk.toggle_private(),
            "KeyM" if desk.report().is_some() => asked.duplicate.show(),
            "KeyL" => desk.dismiss(),
            "KeyH" if desk.to_hide().is_some() => asked.hide.show(),
            "KeyU" => desk.undo_last(),
            _ if event.key() == "?" => help.show(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn is_off() -> bool {
    storage::read_text(OFF).is_some()
}

/// A dialog or a menu is open.
fn is_busy() -> bool {
    document().query_selector("dialog[open], :popover-open").ok().flatten().is_some()
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some())
}

/// What each key does, and a way to do without them.
#[component]
pub(super) fn KeysDialog(state: DialogState) -> impl IntoView {
    let on = RwSignal::new(!is_off());
    Effect::new(move |before: Option<bool>| {
        let now = on.get();
        match before {
            Some(before) if before != now && now => storage::forget(OFF),
            Some(before) if before != now => storage::write_text(OFF, "yes"),
            _ => {}
        }
        now
    });
    view! {
        <Dialog state title=t!(TriageKeys)>
            <dl class="pairs keys">
                {KEYS.into_iter().chain([("?", Key::TriageKeyHelp)]).map(|(key, does)| view! {
                    <dt><kbd>{key}</kbd></dt>
                    <dd>{move || does.get(crate::prefs::lang())}</dd>
                }).collect_view()}
            </dl>
            <CheckField name="keys" label=t!(TriageKeysOn) value=on/>
        </Dialog>
    }
}
