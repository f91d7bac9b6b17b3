use super::{Button, Kind};
use crate::{api::ApiError, prefs};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// How long a toast stays, and with it the chance to undo.
const STAYS: Duration = Duration::from_secs(8);

/// Short news at the edge of the page: what was done, with *Undo* where there is an inverse.
#[derive(Debug, Clone, Copy)]
pub struct Toasts(RwSignal<Vec<Toast>>);

#[derive(Debug, Clone)]
struct Toast {
    id: String,
    text: String,
    undo: Option<Undo>,
}

/// What takes it back; not a `Callback`, which ends with the page that made it.
#[derive(Clone)]
struct Undo(Arc<dyn Fn() + Send + Sync>);

impl std::fmt::Debug for Undo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Undo")
    }
}

/// Makes toasts available below.
pub fn provide_toasts() {
    provide_context(Toasts(RwSignal::new(Vec::new())));
}

/// The toasts of the app; take them when the component is made, not in an event handler.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts(RwSignal::new(Vec::new())))
}

impl Toasts {
    /// Says what was done.
    pub fn say(&self, text: impl Into<String>) {
        self.show(text.into(), None);
    }

    /// Says what was done and offers to take it back.
    /// Answers the toast's id, for whoever takes it back by other means.
    pub fn undo(&self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) -> String {
        self.show(text.into(), Some(Undo(Arc::new(undo))))
    }

    /// Takes a toast away before its time.
    pub fn hide(&self, id: &str) {
        hide(self.0, id);
    }

    /// Says why something did not work.
    pub fn fail(&self, error: &ApiError) {
        self.say(error.sentence(prefs::lang_now()));
    }

    fn show(&self, text: String, undo: Option<Undo>) -> String {
        let id = super::fresh_id("toast");
        let toasts = self.0;
        toasts.update(|toasts| {
            // Three at once are the most that can be read.
            if toasts.len() >= 3 {
                toasts.remove(0);
            }
            toasts.push(Toast { id: id.clone(), text, undo });
        });
        let shown = id.clone();
        set_timeout(move || hide(toasts, &id), STAYS);
        shown
    }
}

fn hide(toasts: RwSignal<Vec<Toast>>, id: &str) {
    toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
}

/// Where toasts appear; once, in the shell. It is there from the start, so that screen readers hear it.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let Toasts(toasts) = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.get() key=|toast| toast.id.clone() let(toast)>
                <div class="toast">
                    <p>{toast.text.clone()}</p>
                    {toast.undo.map(|Undo(undo)| {
                        let id = toast.id.clone();
                        let press = move || {
                            hide(toasts, &id);
                            undo();
                        };
                        view! { <Button kind=Kind::Quiet on_press=press><span class="undo">{t!(UiUndo)}</span></Button> }
                    })}
                    <Button icon="x" label=t!(UiClose) on_press=move || hide(toasts, &toast.id)/>
                </div>
            </For>
        </div>
    }
}
