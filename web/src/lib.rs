//! The web app: what people see, drawn in their browser from the server's API.
//!
//! Reading order: `app` (providers and routes), `shell` (what surrounds every page), `ui` (components
//! that know no feature), `api` (the only code that knows addresses of the API), and one folder for
//! each feature, of which `account` is the example to follow.

#![expect(
    unreachable_pub,
    reason = "a component is re-exported from its folder, which the component macro hides from the lint"
)]

#[macro_use]
mod text;
#[macro_use]
mod part;
pub mod account;
pub mod api;
pub mod app;
pub mod commitments;
pub mod community;
pub mod files;
pub mod filter;
pub mod focus;
pub mod inbox;
pub mod indicators;
pub mod issues;
pub mod json;
pub mod organisations;
pub mod prefs;
pub mod question;
pub mod session;
pub mod settings;
pub mod shell;
pub mod storage;
pub mod stream;
pub mod tasks;
pub mod triage;
pub mod ui;

use wasm_bindgen::prelude::wasm_bindgen;

/// Where the browser begins.
#[wasm_bindgen(start)]
pub fn start() {
    shell::last_resort::install();
    prefs::begin();
    session::begin();
    app::mount();
}
