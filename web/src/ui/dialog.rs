use super::{Button, Kind, fresh_id, use_toasts};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// Whether a dialog is open: of the component alone, or part of the address so that *Back* closes it.
#[derive(Debug, Clone, Copy)]
pub struct DialogState {
    open: Signal<bool>,
    set: Callback<bool>,
}

impl DialogState {
    /// For small questions that need no address.
    pub fn new() -> Self {
        let open = RwSignal::new(false);
        Self { open: open.into(), set: Callback::new(move |now| open.set(now)) }
    }

    /// Open exactly while the address has `?dialog=<name>`.
    pub fn in_address(name: &'static str) -> Self {
        let query = use_query_map();
        let location = use_location();
        let navigate = use_navigate();
        let open = Signal::derive(move || query.with(|query| query.get_str("dialog") == Some(name)));
        let go = Arc::new(move |address: &str, replace| {
            navigate(address, NavigateOptions { replace, scroll: false, ..Default::default() });
        });
        let set = Callback::new(move |now: bool| {
            if now == open.get_untracked() {
                return;
            }
            let mut query = query.get_untracked();
            query.remove("dialog");
            if now {
                query.insert("dialog", name.to_owned());
            }
            go(&format!("{}{}", location.pathname.get_untracked(), query.to_query_string()), !now);
        });
        Self { open, set }
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Opens it.
    pub fn show(&self) {
        self.set.run(true);
    }

    /// Closes it.
    pub fn hide(&self) {
        self.set.run(false);
    }
}

impl Default for DialogState {
    fn default() -> Self {
        Self::new()
    }
}

/// A modal dialog; on a phone a sheet that rises from the bottom. The browser keeps the focus inside
/// and returns it. Its content is made anew each time it opens. Once something was typed or chosen in it,
/// only its buttons close it: a press beside it or Escape would throw that away.
#[component]
pub fn Dialog(
    state: DialogState,
    #[prop(into)] title: TextProp,
    /// For tables and long forms.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(fresh_id("dialog"));
    let changed = StoredValue::new(false);
    let toasts = use_toasts();
    Effect::new(move |_| {
        let open = state.is_open();
        if let Some(dialog) = element.get() {
            if open && !dialog.open() {
                changed.set_value(false);
                let _ = dialog.show_modal();
                toasts.follow(Some(&dialog));
                focus_first_field(&dialog);
            } else if !open && dialog.open() {
                toasts.follow(None);
                dialog.close();
            }
        }
    });
    // Whoever leaves the page with the dialog open still has news to read.
    on_cleanup(move || {
        if untrack(|| state.is_open()) {
            toasts.follow(None);
        }
    });
    let told = StoredValue::new(None::<String>);
    let keep = move || told.update_value(|told| toasts.say_anew(told, t!(UiNotSent)()));
    // A press on the backdrop meets the dialog itself, one inside meets what is inside.
    let press = move |event: MouseEvent| {
        let hit = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
        if hit.is_some_and(|hit| !within(&hit, &event)) {
            if changed.get_value() {
                keep();
            } else {
                state.hide();
            }
        }
    };
    let key = move |event: KeyboardEvent| {
        // A menu inside takes its Escape itself.
        let in_menu = || document().query_selector(":popover-open").ok().flatten().is_some();
        if event.key() == "Escape" && !event.default_prevented() && changed.get_value() && !in_menu() {
            event.prevent_default();
            keep();
        }
    };
    view! {
        <dialog
            class="dialog"
            class:wide=wide
            aria-labelledby=heading.get_value()
            node_ref=element
            on:close=move |_| state.hide()
            on:mousedown=press
            on:keydown=key
            on:input=move |event| changed.update_value(|changed| *changed |= is_of_form(&event))
        >
            <Show when=move || state.is_open()>
                <div class="dialog-head">
                    <h2 id=heading.get_value()>{
                        let title = title.clone();
                        move || title.get()
                    }</h2>
                    <Button kind=Kind::Quiet icon="x" label=t!(UiClose) on_press=move || state.hide()/>
                </div>
                <div class="dialog-body">{children()}</div>
            </Show>
        </dialog>
    }
}

/// Whether what was entered waits to be sent; a switch by itself has already done its work.
fn is_of_form(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("form").ok().flatten().is_some())
}

/// Whoever opens a form wants to fill it in; the browser would go to the button that closes it.
fn focus_first_field(dialog: &web_sys::HtmlDialogElement) {
    let dialog = dialog.clone();
    // The form is drawn first.
    request_animation_frame(move || {
        let first = ".dialog-body :is(input:not([type=file], [type=hidden]), select, textarea):not(:disabled)";
        let at_work = dialog.query_selector(".dialog-body :focus").ok().flatten().is_some();
        let field = dialog.query_selector(first).ok().flatten();
        if let Some(field) = field.filter(|_| !at_work).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = field.focus();
        }
    });
}

fn within(dialog: &web_sys::HtmlDialogElement, event: &MouseEvent) -> bool {
    let area = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    (area.left()..=area.right()).contains(&x) && (area.top()..=area.bottom()).contains(&y)
}

/// Asks before something that others will hear of. Name in `children` who will be told.
#[component]
pub fn Confirm(
    state: DialogState,
    #[prop(into)] title: TextProp,
    /// The words on the button: what will be done, not "OK".
    #[prop(into)]
    action: TextProp,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(into)] on_confirm: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let kind = if danger { Kind::Danger } else { Kind::Primary };
    let action = StoredValue::new(action);
    view! {
        <Dialog state title>
            {children()}
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button kind pending on_press=on_confirm>{move || action.get_value().get()}</Button>
            </div>
        </Dialog>
    }
}
