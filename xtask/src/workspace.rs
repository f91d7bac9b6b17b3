//! Where things are.

use std::{env, path::PathBuf};

/// The root of the repository: asked when running, since clones may share what was compiled.
pub(crate) fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map(PathBuf::from).unwrap_or(xtask)
}

/// What outlives a clone: compiled web apps, npm downloads, tools, the WebAssembly standard library.
pub(crate) fn cache() -> PathBuf {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(env::temp_dir);
    base.join("spilno")
}

/// Whether a build machine runs us: then nothing is skipped, and compiled crates are kept in the cache.
pub(crate) fn ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

/// Where cargo puts what it compiles for this machine.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None if ci() => cache().join("target"),
        None => root().join("target"),
    }
}

/// Where cargo puts what it compiles for the browser: apart, since another compiler or other flags on one
/// folder would rebuild everything each time.
pub(crate) fn web_target() -> PathBuf {
    cache().join("web-target")
}
