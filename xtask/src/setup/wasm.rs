//! A compiler that knows `wasm32-unknown-unknown`.
//!
//! Where rustup can download, its target is all it takes. Elsewhere Debian's security archive has a current
//! compiler beside rustup's, with the sources of the standard library but not its WebAssembly form, which is
//! built here once and kept in the cache.

use super::debian;
use crate::{command, workspace};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];

/// The compiler to set as `RUSTC` in builds for the browser.
pub(crate) fn rustc() -> Result<PathBuf> {
    if let Some(rustc) = find() {
        return Ok(rustc);
    }
    if command::find(&["rustup"]).is_some() {
        let mut rustup = command::program("rustup");
        match command::output(rustup.args(["target", "add", TARGET])) {
            Ok(_) => return find().context("rustup added the target, but rustc does not see it"),
            Err(error) => eprintln!("      {error:#}"),
        }
    }
    let both = || [DEBIAN_RUSTC, DEBIAN_CARGO].iter().all(|program| Path::new(program).is_file()).then_some(());
    let sources = || Path::new("/usr/lib/rustlib/src/rust/library").is_dir().then_some(());
    debian::find_or_install(
        "a Rust compiler for WebAssembly (or the network: `rustup target add wasm32-unknown-unknown`)",
        DEBIAN_PACKAGES,
        || both().and(sources()),
    )?;
    install_standard_library()?;
    find().context("the standard library for WebAssembly was built, but rustc does not see it")
}

fn find() -> Option<PathBuf> {
    ["rustc", DEBIAN_RUSTC].into_iter().map(PathBuf::from).find(|rustc| has_standard_library(rustc).unwrap_or(false))
}

fn has_standard_library(rustc: &Path) -> Result<bool> {
    let folder = library_folder(rustc)?;
    let found = folder.read_dir().is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    });
    Ok(found)
}

fn library_folder(rustc: &Path) -> Result<PathBuf> {
    let mut ask = command::program(rustc);
    Ok(command::output(ask.args(["--print", "target-libdir", "--target", TARGET]))?.trim().into())
}

/// Puts the standard library beside Debian's compiler, built unless the cache has it for this very compiler.
fn install_standard_library() -> Result<()> {
    let version = command::output(command::program(DEBIAN_RUSTC).arg("--version"))?;
    let version = version.split_whitespace().nth(1).context("rustc has no version")?;
    let kept = workspace::cache().join("wasm-std").join(format!("{version}-small"));
    if !kept.is_dir() {
        build_standard_library(&kept)?;
    }
    let folder = library_folder(Path::new(DEBIAN_RUSTC))?;
    fs::create_dir_all(&folder)?;
    for file in kept.read_dir()? {
        let file = file?;
        fs::copy(file.path(), folder.join(file.file_name()))?;
    }
    Ok(())
}

/// cargo builds it for an empty crate; its libraries are what we are after.
fn build_standard_library(kept: &Path) -> Result<()> {
    eprintln!("      building the standard library for WebAssembly, once (about a minute)");
    let work = kept.with_extension("building");
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("src/lib.rs"), "")?;
    fs::write(work.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    let mut cargo = command::program(DEBIAN_CARGO);
    cargo
        .current_dir(&work)
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode the link-time optimisation of the web build finds nothing to work on.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        // As the web app itself: small before fast.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z")
        .env("CARGO_TARGET_DIR", work.join("target"))
        .args(["build", "--quiet", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,panic_unwind,proc_macro"])
        .args(["-Z", "build-std-features=optimize_for_size"]);
    command::run(&mut cargo)?;

    let libraries = work.join("libraries");
    fs::create_dir_all(&libraries)?;
    for file in work.join("target").join(TARGET).join("release/deps").read_dir()? {
        let name = file?.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            fs::copy(work.join("target").join(TARGET).join("release/deps").join(&name), libraries.join(&name))?;
        }
    }
    fs::rename(&libraries, kept)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}
