//! Where the keyboard is, while a page is drawn anew.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How long what comes is looked through, and how often: parts of it are read on their own.
const EVERY_MS: u32 = 50;
const TIMES: u32 = 20;

/// What is drawn anew loses the focus. It goes to the same thing in what comes: whoever works by keyboard
/// would have to begin at the top again.
pub fn keep() {
    let Some(focused) = document().active_element() else { return };
    let (tag, words) = (focused.tag_name().to_lowercase(), focused.text_content());
    let alike = move || {
        let found = document().query_selector_all(&format!("main {tag}")).ok();
        let found = found.iter().flat_map(|found| (0..found.length()).filter_map(|at| found.item(at)));
        let same = found.filter(|one| one.text_content() == words);
        same.filter_map(|one| one.dyn_into::<HtmlElement>().ok()).collect::<Vec<_>>()
    };
    let Some(at) = alike().iter().position(|one| **one == focused) else { return };
    leptos::task::spawn_local(async move {
        for _ in 0..TIMES {
            TimeoutFuture::new(EVERY_MS).await;
            if focused.is_connected() {
                continue;
            }
            let elsewhere = document().active_element().is_some_and(|now| now.tag_name() != "BODY");
            let same = alike().get(at).cloned();
            if let Some(same) = same.as_ref().filter(|_| !elsewhere) {
                let _ = same.focus();
            }
            if elsewhere || same.is_some() {
                break;
            }
        }
    });
}
