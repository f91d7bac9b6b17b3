//! From Rust to WebAssembly with its JavaScript: compile, split, bind, optimise.

use super::{Flavour, names};
use crate::{command, workspace};
use anyhow::{Result, anyhow};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};
use wasm_bindgen_cli_support::Bindgen;

/// The files that each lazily loaded part needs, by the name of the part.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Features that every browser since 2022 has; asking for all features makes files that browsers refuse.
pub(super) const WASM_FEATURES: &[&str] = &[
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
    let (module, script) = (assets.join("app_bg.wasm"), assets.join("app.js"));
    let (short_module, short_script) = names::shorten(&fs::read(&module)?, &fs::read_to_string(&script)?)?;
    fs::write(module, short_module)?;
    fs::write(script, short_script)?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// Makes every `.wasm` and every script of the folder smaller.
pub(super) fn optimise(modules: &Path, assets: &Path) -> Result<()> {
    let files = super::files::walk(assets)?;
    let of = |wanted: &'static str| {
        files.iter().filter(move |file| file.extension().is_some_and(|extension| extension == wanted))
    };
    let mut esbuild = command::program(modules.join(".bin/esbuild"));
    esbuild.args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"]);
    command::output(esbuild.args(of("js")).arg(format!("--outdir={}", assets.display())))?;

    // One thread cannot use the machine, and each file is by itself.
    let modules_of = Mutex::new(of("wasm"));
    let work = || -> Result<()> {
        loop {
            let Some(file) = modules_of.lock().ok().and_then(|mut files| files.next()) else { return Ok(()) };
            let mut wasm_opt = command::program(modules.join(".bin/wasm-opt"));
            wasm_opt.args(["-Oz", "--strip-debug", "--strip-producers"]).args(WASM_FEATURES);
            command::output(wasm_opt.arg(file).arg("-o").arg(file))?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism()?.get()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow!("an optimiser has panicked"))?)
    })
}
