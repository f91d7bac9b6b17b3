use super::{Icon, fresh_id};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::components::A;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A button that opens a list of things to do. Arrow keys move, Escape closes, focus returns.
///
/// The trigger's content is `button`; `children` are [`MenuButton`]s, [`MenuLink`]s and `<hr/>`.
#[component]
pub fn Menu(
    /// What the trigger shows.
    #[prop(into)]
    button: ViewFn,
    /// What the trigger is called, where it shows no words.
    #[prop(optional, into)]
    label: Option<TextProp>,
    #[prop(default = "btn quiet")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let id = fresh_id("menu");
    let open = RwSignal::new(false);
    let trigger = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let toggled = move |event: web_sys::Event| {
        let now = event.unchecked_into::<web_sys::ToggleEvent>().new_state() == "open";
        open.set(now);
        if let (true, Some(list)) = (now, list.get_untracked()) {
            focus(&list, Step::First);
        }
    };
    let before = move |_: web_sys::Event| {
        if let (Some(trigger), Some(list)) = (trigger.get_untracked(), list.get_untracked()) {
            place(&trigger, &list);
        }
    };
    let key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Before,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        if let Some(list) = list.get_untracked() {
            focus(&list, step);
        }
    };
    // Whatever is chosen, the menu has done its work.
    let chosen = move |event: web_sys::MouseEvent| {
        let item = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_item = item.and_then(|item| item.closest(".menu-item").ok().flatten()).is_some();
        if let (true, Some(list)) = (is_item, list.get_untracked()) {
            let _ = list.hide_popover();
        }
    };
    let title = label.clone();
    view! {
        <div class="menu">
            <button
                type="button"
                class=class
                node_ref=trigger
                popovertarget=id.clone()
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                title=title.map(|title| move || title.get())
            >
                {button.run()}
                // In the content rather than as `aria-label`, so that what is seen stays part of what is said.
                {label.map(|label| view! { <span class="visually-hidden">{move || label.get()}</span> })}
            </button>
            <div class="menu-list" id=id popover="auto" role="menu" node_ref=list on:beforetoggle=before on:toggle=toggled on:keydown=key on:click=chosen>
                {children()}
            </div>
        </div>
    }
}

/// Something to do.
#[component]
pub fn MenuButton(
    #[prop(optional)] icon: Option<&'static str>,
    /// For one of several: whether it is the chosen one.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    #[prop(optional)] danger: bool,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|checked| if checked.get() { "true" } else { "false" })
            tabindex="-1"
            on:click=move |_| on_press.run(())
        >
            {checked.map(|checked| view! { <span class="tick">{move || checked.get().then(|| view! { <Icon name="check" small=true/> })}</span> })}
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </button>
    }
}

/// Somewhere to go.
#[component]
pub fn MenuLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <A href=move || href.get() attr:class="menu-item" attr:role="menuitem" attr:tabindex="-1">
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </A>
    }
}

/// Beside the trigger, towards the middle of the window: so it fits without being measured first, which
/// would show it in a wrong place for a moment.
fn place(trigger: &HtmlElement, list: &HtmlElement) {
    let at = trigger.get_bounding_client_rect();
    // Without scroll bars, as positions are counted.
    let Some(root) = document().document_element() else { return };
    let (width, height) = (root.client_width(), root.client_height());
    let [at_left, at_right, at_top, at_bottom] = [at.left(), at.right(), at.top(), at.bottom()].map(whole);
    let (left, right) = if at_left + at_right > width { (None, Some(width - at_right)) } else { (Some(at_left), None) };
    let (top, bottom) =
        if at_top + at_bottom > height { (None, Some(height - at_top + GAP)) } else { (Some(at_bottom + GAP), None) };
    for (side, distance) in [("left", left), ("right", right), ("top", top), ("bottom", bottom)] {
        let distance = distance.map_or_else(|| "auto".to_owned(), |distance| format!("{}px", distance.max(2 * GAP)));
        let _ = list.style().set_property(side, &distance);
    }
}

/// Between a trigger and its list, in pixels.
const GAP: i32 = 4;

/// Whole pixels: writing out fractions is 16 KB of code.
#[expect(clippy::as_conversions, reason = "a position in a window fits, and one out of all bounds may be any")]
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}

enum Step {
    First,
    Last,
    Next,
    Before,
}

fn focus(list: &HtmlElement, step: Step) {
    let Ok(items) = list.query_selector_all(".menu-item") else { return };
    let items: Vec<HtmlElement> = (0..items.length()).filter_map(|at| items.item(at)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let to = match (step, at) {
        (Step::First, _) | (Step::Next, None) => items.first(),
        (Step::Last, _) | (Step::Before, None) => items.last(),
        (Step::Next, Some(at)) => items.get(at + 1).or(items.first()),
        (Step::Before, Some(at)) => at.checked_sub(1).and_then(|at| items.get(at)).or(items.last()),
    };
    if let Some(item) = to {
        let _ = item.focus();
    }
}
