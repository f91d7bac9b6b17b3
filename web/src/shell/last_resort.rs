//! When the app itself breaks: it has ended, and says so.

use crate::prefs;
use leptos::prelude::document;
use shared::text::Key;
use std::panic;

/// Shows a strip and the way on when something panics; details go to the console.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Nothing here may panic again, so whatever is missing is passed over.
        let _ = show();
    }));
}

fn show() -> Option<()> {
    let lang = prefs::lang_now();
    let strip = document().create_element("div").ok()?;
    strip.set_class_name("banner");
    strip.set_attribute("role", "alert").ok()?;
    let text = document().create_element("p").ok()?;
    text.set_text_content(Some(Key::ShellBroken.get(lang)));
    let link = document().create_element("a").ok()?;
    link.set_class_name("btn");
    link.set_attribute("href", "").ok()?;
    link.set_text_content(Some(Key::ShellReload.get(lang)));
    strip.append_child(&text).ok()?;
    strip.append_child(&link).ok()?;
    let body = document().body()?;
    body.insert_before(&strip, body.first_child().as_ref()).ok().map(drop)
}
