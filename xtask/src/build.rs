//! The one binary, `spilno`, with the web app inside.

use crate::{command, steps::Steps, web, workspace};
use anyhow::Result;
use std::path::PathBuf;

/// `cargo xtask build`
pub(crate) fn run(release: bool) -> Result<()> {
    let mut steps = Steps::new(2);
    steps.begin("building the web app");
    web::build(if release { web::Flavour::Release } else { web::Flavour::Dev })?;
    steps.begin("building the server");
    let binary = if release { self::release()? } else { dev()? };
    steps.finish(&format!("{} is ready", binary.display()));
    Ok(())
}

/// The server as shipped. Embeds what lies in `web/dist`.
pub(crate) fn release() -> Result<PathBuf> {
    command::run(command::cargo().args(["build", "--package", "api", "--release"]))?;
    Ok(workspace::target().join("release/spilno"))
}

/// The server for development and tests. Reads `web/dist` from disk at every request.
pub(crate) fn dev() -> Result<PathBuf> {
    command::run(command::cargo().args(["build", "--package", "api"]))?;
    Ok(workspace::target().join("debug/spilno"))
}
