//! What this machine needs. Each function makes sure of one thing, at once when it is there already.

mod debian;
mod npm;
mod wasm;

pub(crate) use debian::is_root;
pub(crate) use npm::packages as npm_packages;
pub(crate) use wasm::rustc as wasm_rustc;

use crate::{command, steps::Steps};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// All that building and testing need.
pub(crate) fn everything() -> Result<()> {
    let mut steps = Steps::new(5);
    steps.begin("the WebAssembly target");
    wasm_rustc()?;
    steps.begin("npm packages of the web app");
    npm_packages("web")?;
    steps.begin("npm packages of the browser tests");
    npm_packages("e2e")?;
    steps.begin("Chromium");
    chromium()?;
    steps.begin("PostgreSQL");
    postgresql()?;
    steps.finish("ready");
    Ok(())
}

/// The browser for the end-to-end tests.
pub(crate) fn chromium() -> Result<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
    debian::find_or_install("Chromium", &["chromium"], || command::find(NAMES))
}

/// The load generator for measuring.
pub(crate) fn wrk() -> Result<PathBuf> {
    debian::find_or_install("wrk", &["wrk"], || command::find(&["wrk"]))
}

/// The folder of `initdb` and `pg_ctl`, of the newest PostgreSQL installed.
pub(crate) fn postgresql() -> Result<PathBuf> {
    debian::find_or_install("PostgreSQL", &["postgresql"], || {
        let on_path = command::find(&["initdb"]).and_then(|initdb| initdb.parent().map(Path::to_path_buf));
        on_path.or_else(newest_debian_postgresql)
    })
}

/// Debian keeps each major version apart, away from PATH.
fn newest_debian_postgresql() -> Option<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?;
    let (_, newest) = versions
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max()?;
    Some(newest)
}
