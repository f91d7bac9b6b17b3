//! npm packages, exactly those of the lock file.

use super::debian;
use crate::{command, workspace};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// The `node_modules` of a folder of the repository that has a `package-lock.json`.
pub(crate) fn packages(folder: &str) -> Result<PathBuf> {
    let folder = workspace::root().join(folder);
    let lock = fs::read(folder.join("package-lock.json")).context("read package-lock.json")?;
    let modules = folder.join("node_modules");
    // What is installed is what this lock file asked for: a copy of it says so.
    let installed = modules.join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|copy| copy == lock) {
        return Ok(modules);
    }
    let npm = debian::find_or_install("npm", &["nodejs", "npm"], || command::find(&["npm"]))?;
    let mut ci = command::program(npm);
    ci.current_dir(&folder).args([
        "ci",
        "--engine-strict",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--cache",
    ]);
    command::run(ci.arg(workspace::cache().join("npm")))?;
    fs::write(installed, lock)?;
    Ok(modules)
}
