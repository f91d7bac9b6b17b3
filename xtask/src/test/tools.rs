//! Companions of cargo, installed once into the cache.

use crate::{command, workspace};
use anyhow::Result;
use std::{fs, path::PathBuf};

/// The program `name` in exactly this version.
pub(super) fn installed(name: &str, version: &str) -> Result<PathBuf> {
    let folder = workspace::cache().join("tools");
    let program = folder.join("bin").join(name);
    let known = command::output(command::program(&program).arg("--version")).unwrap_or_default();
    if known.split_whitespace().any(|word| word == version) {
        return Ok(program);
    }
    eprintln!("      installing {name} {version}, once");
    let target = folder.join("build");
    let mut cargo = command::cargo();
    cargo.env("CARGO_TARGET_DIR", &target).args(["install", "--quiet", "--locked", "--force"]);
    // Unoptimised: they run for a second, and compile in a third of the time.
    cargo.args(["--debug", "--no-default-features", "--version", version, "--root"]).arg(&folder).arg(name);
    command::run(&mut cargo)?;
    fs::remove_dir_all(target)?;
    Ok(program)
}
