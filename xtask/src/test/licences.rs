//! What we take from others: under which licence, from where, and whether we use it.

use super::tools;
use crate::command;
use anyhow::Result;

pub(super) fn check() -> Result<()> {
    let deny = tools::installed("cargo-deny", "0.20.2")?;
    // It reads the sources of every platform's crates, of which a build fetches only ours.
    command::run(command::cargo().args(["fetch", "--quiet"]))?;
    let questions = ["--offline", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"];
    command::run(command::program(deny).args(["--log-level", "error"]).args(questions))?;
    let machete = tools::installed("cargo-machete", "0.9.2")?;
    command::run(command::program(machete).args(["api", "migrations", "pictures", "shared", "web", "xtask"]))
}
