//! From Rust to WebAssembly with its JavaScript: compile, split, bind, optimise.

use super::Flavour;
use crate::{command, workspace};
use anyhow::{Result, anyhow};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// The files that each lazily loaded part needs, by the name of the part.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Features that every browser since 2022 has; asking for all features makes files that browsers refuse.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
];

/// Leptos hides the type of each component's view then: less code in the largest part (`docs/decisions/005`).
const ERASED: &str = "--cfg erase_components";

/// Compiles `web` and answers where the result is.
pub(super) fn cargo(flavour: Flavour, rustc: &Path) -> Result<PathBuf> {
    let profile = match flavour {
        Flavour::Dev => "web-dev",
        Flavour::Release => "web",
    };
    // The splitter finds its way by relocations.
    let flags = format!("{ERASED} -Clink-args=--emit-relocs");
    let mut cargo = for_browser(rustc);
    cargo.env("RUSTFLAGS", flags).args(["build", "--package", "web", "--lib", "--profile", profile]);
    command::run(&mut cargo)?;
    Ok(workspace::web_target().join("wasm32-unknown-unknown").join(profile).join("web.wasm"))
}

/// cargo with the compiler and the folder of builds for the browser.
pub(crate) fn for_browser(rustc: &Path) -> std::process::Command {
    let mut cargo = command::cargo();
    cargo
        .env("RUSTC", rustc)
        .env("CARGO_TARGET_DIR", workspace::web_target())
        .env("CARGO_BUILD_TARGET", "wasm32-unknown-unknown");
    cargo
}

/// Splits off the lazily loaded parts and writes the JavaScript that the browser needs.
pub(super) fn bind(wasm: &Path, assets: &Path) -> Result<Parts> {
    let unbound = assets.join("unbound.wasm");
    let input = fs::read(wasm)?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = assets;
    options.main_out_path = &unbound;
    options.main_module = "./app.js";
    options.link_name = "./__wasm_split.js";
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.out_name("app").omit_default_module_path(false).typescript(false).demangle(false);
    bindgen.keep_lld_exports(true).input_path(&unbound).generate(assets)?;
    fs::remove_file(unbound)?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// Makes every `.wasm` of the folder smaller.
pub(super) fn optimise(modules: &Path, assets: &Path) -> Result<()> {
    for file in super::files::walk(assets)? {
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let mut wasm_opt = command::program(modules.join(".bin/wasm-opt"));
            wasm_opt.args(["-Oz", "--strip-debug", "--strip-producers"]).args(WASM_FEATURES);
            command::output(wasm_opt.arg(&file).arg("-o").arg(&file))?;
        }
    }
    Ok(())
}
