//! `cargo xtask demo`: from a fresh clone to a filled Spilno in the browser.

use crate::{build, command, setup, steps::Steps, web};
use anyhow::Result;
use std::os::unix::process::CommandExt;

pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new(4);
    steps.begin("looking for the WebAssembly target");
    setup::wasm_rustc()?;
    steps.begin("looking for the npm packages of the web app");
    setup::npm_packages("web")?;
    steps.begin("building the web app");
    web::build(web::Flavour::Release)?;
    steps.begin("building the server");
    let spilno = build::release()?;
    steps.finish("built");
    // In our place: so that Ctrl-C and signals reach the server itself.
    Err(command::program(spilno).env("SPILNO_DATA_DIR", "data/demo").arg("demo").exec().into())
}
