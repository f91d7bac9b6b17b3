use super::{Button, Kind};
use crate::{api::ApiError, prefs};
use leptos::{
    html,
    mount::{UnmountHandle, mount_to},
    prelude::*,
    tachys::view::any_view::AnyViewState,
};
use std::{sync::Arc, time::Duration};

/// How long a toast stays, and with it the chance to undo.
const STAYS: Duration = Duration::from_secs(8);
/// Three at once are the most that can be read.
const MOST: usize = 3;

/// Short news at the edge of the page: what was done, with *Undo* where there is an inverse.
///
/// A toast is put into the page by itself: a keyed list would be more code than all the rest of this.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    home: NodeRef<html::Div>,
    region: NodeRef<html::Div>,
    shown: StoredValue<Vec<Toast>, LocalStorage>,
}

/// A toast in the page, for as long as this lives.
struct Toast {
    id: String,
    _drawn: UnmountHandle<AnyViewState>,
}

/// What takes it back; not a `Callback`, which ends with the page that made it.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// Makes toasts available below.
pub fn provide_toasts() {
    provide_context(Toasts::new());
}

/// The toasts of the app; take them when the component is made, not in an event handler.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

impl Toasts {
    fn new() -> Self {
        Self { home: NodeRef::new(), region: NodeRef::new(), shown: StoredValue::new_local(Vec::new()) }
    }

    /// Says what was done.
    pub fn say(&self, text: impl Into<String>) {
        self.show(text.into(), None);
    }

    /// Says something that may be said again: what was said `before` goes.
    pub(super) fn say_anew(&self, before: &mut Option<String>, text: &str) {
        if let Some(before) = before.take() {
            self.hide(&before);
        }
        *before = Some(self.show(text.to_owned(), None));
    }

    /// Says what was done and offers to take it back.
    /// Answers the toast's id, for whoever takes it back by other means.
    pub fn undo(&self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) -> String {
        self.show(text.into(), Some(Arc::new(undo)))
    }

    /// Takes a toast away before its time.
    pub fn hide(&self, id: &str) {
        self.shown.update_value(|shown| shown.retain(|toast| toast.id != id));
    }

    /// Says why something did not work.
    pub fn fail(&self, error: &ApiError) {
        self.say(error.sentence(prefs::lang_now()));
    }

    /// Takes the region to where it can be seen, pressed and heard: into the modal dialog that is open, which
    /// makes all else inert, or back to its place.
    pub(super) fn follow(&self, dialog: Option<&web_sys::HtmlDialogElement>) {
        let (Some(home), Some(region)) = (self.home.get_untracked(), self.region.get_untracked()) else { return };
        let place: &web_sys::Node = dialog.map_or(&home, |dialog| dialog);
        if region.parent_node().as_ref() != Some(place) {
            let _ = place.append_child(&region);
        }
    }

    fn show(&self, text: String, undo: Option<Undo>) -> String {
        let id = super::fresh_id("toast");
        if let Some(region) = self.region.get_untracked() {
            let toasts = *self;
            let named = id.clone();
            let drawn = mount_to(region.into(), move || draw(toasts, named, text, undo));
            let toast = Toast { id: id.clone(), _drawn: drawn };
            self.shown.update_value(|shown| {
                if shown.len() >= MOST {
                    shown.remove(0);
                }
                shown.push(toast);
            });
            self.hide_in(id.clone(), STAYS);
        }
        id
    }

    fn hide_in(&self, id: String, time: Duration) {
        let toasts = *self;
        set_timeout(move || toasts.hide(&id), time);
    }
}

fn draw(toasts: Toasts, id: String, text: String, undo: Option<Undo>) -> AnyView {
    let id = StoredValue::new(id);
    // A button cannot go while it is being pressed.
    let hide = move || toasts.hide_in(id.get_value(), Duration::ZERO);
    let undo = undo.map(|undo| {
        let press = move || {
            hide();
            undo();
        };
        view! { <Button kind=Kind::Quiet on_press=press><span class="undo">{t!(UiUndo)}</span></Button> }
    });
    view! {
        <div class="toast">
            <p>{text}</p>
            {undo}
            <Button icon="x" label=t!(UiClose) on_press=hide/>
        </div>
    }
    .into_any()
}

/// Where toasts appear; once, in the shell. It is there from the start, so that screen readers hear it, and
/// goes into a dialog with its opening, before there is anything to say.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let Toasts { home, region, .. } = use_toasts();
    view! {
        <div node_ref=home>
            <div class="toasts" role="status" aria-live="polite" node_ref=region></div>
        </div>
    }
}
