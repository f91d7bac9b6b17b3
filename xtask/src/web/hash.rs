//! Hashes: of the sources, to know whether they were built before; of a build, to name its folder.

use super::files;
use crate::{command, workspace};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// Everything the web app is made from.
const SOURCES: &[&str] = &["web", "shared", "xtask/src/web", "Cargo.toml", "Cargo.lock"];

/// Of all that the result depends on, the compiler included.
pub(super) fn of_sources(rustc: &Path) -> Result<String> {
    let root = workspace::root();
    let mut hash = Sha256::new();
    hash.update(command::output(command::program(rustc).arg("-vV"))?);
    for source in SOURCES {
        add(&mut hash, &root, &root.join(source))?;
    }
    Ok(short(hash))
}

/// Of the names and contents of a folder.
pub(super) fn of_folder(folder: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    add(&mut hash, folder, folder)?;
    Ok(short(hash))
}

fn add(hash: &mut Sha256, base: &Path, path: &Path) -> Result<()> {
    let files = if path.is_dir() { files::walk(path)? } else { vec![path.to_path_buf()] };
    for file in files {
        let content = fs::read(&file).with_context(|| format!("read {}", file.display()))?;
        hash.update(file.strip_prefix(base)?.to_string_lossy().as_bytes());
        // Lengths keep a name apart from the content after it.
        hash.update([0]);
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(())
}

fn short(hash: Sha256) -> String {
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
