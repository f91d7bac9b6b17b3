//! The board by keyboard: arrows move between cards, Enter or M opens the menu of the card.

use super::Desk;
use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{ids::TaskId, task::TaskSummary};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A key on the board, where it is at a card itself.
pub(super) fn pressed(desk: Desk, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(card) = target.filter(|target| target.has_attribute("data-task")) else { return };
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let to = match event.key().as_str() {
        "ArrowDown" => card.next_element_sibling(),
        "ArrowUp" => card.previous_element_sibling(),
        "Home" => card.parent_element().and_then(|list| list.first_element_child()),
        "End" => card.parent_element().and_then(|list| list.last_element_child()),
        "ArrowRight" => beside(&card, true),
        "ArrowLeft" => beside(&card, false),
        // By its place on the keyboard too, so that it works in every layout.
        key if key == "Enter" || key.eq_ignore_ascii_case("m") || event.code() == "KeyM" => {
            if let Some(id) = card.get_attribute("data-task").and_then(|id| id.parse().ok()) {
                event.prevent_default();
                open_menu(desk, id);
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to {
        focus(&to);
    }
}

/// The card at the same height of the next column that has one.
fn beside(card: &Element, right: bool) -> Option<Element> {
    let mut height = 0;
    let mut above = card.previous_element_sibling();
    while let Some(one) = above {
        height += 1;
        above = one.previous_element_sibling();
    }
    let mut column = card.closest(".column").ok().flatten()?;
    loop {
        column = if right { column.next_element_sibling()? } else { column.previous_element_sibling()? };
        let list = column.query_selector("ul").ok().flatten()?;
        let n = list.child_element_count();
        if n > 0 {
            return list.children().item(height.min(n - 1));
        }
    }
}

/// Opens the menu of a card, which is drawn once the card is the active one.
pub(super) fn open_menu(desk: Desk, id: TaskId) {
    desk.focused.set(Some(id));
    request_animation_frame(move || {
        let Some(card) = find(desk, id) else { return };
        focus(&card);
        if let Some(trigger) = card.query_selector("[popovertarget]").ok().flatten()
            && let Ok(trigger) = trigger.dyn_into::<HtmlElement>()
        {
            trigger.click();
        }
    });
}

/// A card that moved to another column is drawn anew: the focus goes with it.
pub(super) fn keep_focus(desk: Desk, tasks: Memo<Vec<TaskSummary>>) {
    Effect::new(move |before: Option<()>| {
        tasks.track();
        if before.is_none() {
            return;
        }
        request_animation_frame(move || {
            let page = document();
            let lost = page.active_element().is_none_or(|element| element.tag_name() == "BODY");
            if let Some(card) = desk.focused.get_untracked().filter(|_| lost).and_then(|id| find(desk, id)) {
                focus(&card);
            }
        });
    });
}

fn find(desk: Desk, id: TaskId) -> Option<Element> {
    desk.board.get_untracked()?.query_selector(&format!("[data-task=\"{id}\"]")).ok().flatten()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
