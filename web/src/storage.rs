//! What the browser keeps for this site: preferences and drafts. Never a token.
//!
//! Storage may be forbidden or full; then nothing is kept, and nothing fails.

use crate::json;
use serde::{Serialize, de::DeserializeOwned};

const PREFIX: &str = "spilno.";

/// The value kept under the name, if there is one of this shape.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    json::read(&read_text(name)?).ok()
}

/// Keeps a value.
pub fn write<T: Serialize>(name: &str, value: &T) {
    if let Ok(text) = serde_json::to_string(value) {
        write_text(name, &text);
    }
}

/// Plain text, for what `boot.js` reads too.
pub fn read_text(name: &str) -> Option<String> {
    local()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// Keeps plain text.
pub fn write_text(name: &str, text: &str) {
    if let Some(storage) = local() {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), text);
    }
}

/// Forgets a value.
pub fn forget(name: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Whether anything can be kept at all.
pub fn works() -> bool {
    local().is_some()
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
