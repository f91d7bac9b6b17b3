//! The web app: `web/` in, `web/dist/` out.
//!
//! ```text
//! index.html          the frame of every page; the server fills in the rest
//! parts.json          the files that each lazily loaded part needs
//! assets/<hash>/      everything else, under the hash of all of it, so that it may be cached for ever
//! ```

pub(crate) mod budget;
mod bundles;
mod compile;
mod compress;
mod files;
mod hash;
mod names;

pub(crate) use compile::for_browser;

use crate::{setup, steps, steps::Steps, workspace};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
};

/// How much work goes into it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// Quick to build: one large part, nothing optimised or compressed.
    Dev,
    /// As shipped: split into parts, optimised, compressed.
    Release,
}

impl Flavour {
    fn name(self) -> &'static str {
        match self {
            Flavour::Dev => "dev",
            Flavour::Release => "release",
        }
    }
}

/// How many builds the cache keeps.
const KEPT_BUILDS: usize = 6;

/// `cargo xtask web`
pub(crate) fn run(flavour: Flavour) -> Result<()> {
    let mut steps = Steps::new(1);
    steps.begin("building the web app");
    build(flavour)?;
    steps.finish("web/dist is ready");
    Ok(())
}

/// The folder that the server embeds (in release) or reads (in development).
pub(crate) fn dist() -> PathBuf {
    workspace::root().join("web/dist")
}

/// Makes `web/dist` what the sources say; at once, if these sources were built before.
pub(crate) fn build(flavour: Flavour) -> Result<()> {
    let rustc = setup::wasm_rustc()?;
    let modules = setup::npm_packages("web")?;
    let builds = workspace::cache().join("web");
    let built = builds.join(format!("{}-{}", flavour.name(), hash::of_sources(&rustc)?));
    if !built.is_dir() {
        // Its own folder, since another command may be building the same.
        let new = builds.join(format!("new-{}", process::id()));
        let made = make(flavour, &rustc, &modules, &new).context("the web app");
        if made.is_err() || built.is_dir() {
            fs::remove_dir_all(&new)?;
        } else {
            fs::rename(&new, &built)?;
        }
        made?;
        forget_old(&builds)?;
    }
    publish(&built, &dist())
}

/// Builds into an empty folder.
fn make(flavour: Flavour, rustc: &Path, modules: &Path, new: &Path) -> Result<()> {
    let assets = new.join("assets/unnamed");
    fs::create_dir_all(&assets)?;
    let wasm = steps::part("compile", || compile::cargo(flavour, rustc))?;
    let parts = steps::part("bind", || compile::bind(&wasm, &assets))?;
    let parts = steps::part("bundle", || bundles::bundle(modules, &assets, parts))?;
    steps::part("styles, fonts, icons", || files::add(modules, &assets))?;
    if flavour == Flavour::Release {
        steps::part("optimise", || compile::optimise(modules, &assets))?;
    }
    fs::write(new.join("parts.json"), serde_json::to_vec_pretty(&parts)?)?;

    let hash = hash::of_folder(&assets)?;
    if flavour == Flavour::Release {
        steps::part("compress", || compress::folder(&assets))?;
    }
    fs::rename(&assets, new.join("assets").join(&hash))?;
    let page = fs::read_to_string(workspace::root().join("web/index.html")).context("read web/index.html")?;
    fs::write(new.join("index.html"), page.replace("{{assets}}", &format!("/assets/{hash}")))?;
    Ok(())
}

/// Replaces `dist`, the page last: until then the server answers with the build before.
fn publish(built: &Path, dist: &Path) -> Result<()> {
    let page = fs::read(built.join("index.html"))?;
    if fs::read(dist.join("index.html")).is_ok_and(|present| present == page) {
        return Ok(());
    }
    let old: Vec<_> = match dist.join("assets").read_dir() {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(_) => Vec::new(),
    };
    for file in files::walk(built)? {
        let target = dist.join(file.strip_prefix(built)?);
        if file.ends_with("index.html") {
            continue;
        }
        fs::create_dir_all(target.parent().unwrap_or(dist))?;
        fs::copy(&file, &target)?;
    }
    fs::write(dist.join("index.html"), page)?;
    for folder in old {
        if !built.join("assets").join(folder.file_name().unwrap_or_default()).is_dir() {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}

fn forget_old(builds: &Path) -> Result<()> {
    let mut known: Vec<_> = builds
        .read_dir()?
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    known.sort();
    let surplus = known.len().saturating_sub(KEPT_BUILDS);
    for (_, folder) in known.into_iter().take(surplus) {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}
