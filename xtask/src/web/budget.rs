//! What a visitor downloads, file by file, and the limits it must stay below.

use super::{compile::Parts, compress, dist, files};
use anyhow::{Context, Result, bail};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The first visit: everything but the lazily loaded parts, brotli, in bytes, as promised.
const FIRST_VISIT: usize = 220_000;
/// One lazily loaded part with all that it needs, brotli, in bytes. Promised are [`PROMISED_PART`]; until then this
/// only goes down (`docs/decisions/005-size-on-the-way-down.md`).
const PART: usize = 380_000;
/// What a part is meant to weigh.
const PROMISED_PART: usize = 120_000;
/// Lies beside the rest for the curious, or for the rare page with a letter of another language.
const NOT_LOADED: &[&str] = &["fonts/LICENSE.txt", "fonts/onest-cyrillic-more.woff2", "fonts/onest-latin-more.woff2"];

/// Prints every file of the release build in `web/dist` and its size on the wire.
///
/// # Errors
/// Something is above its limit.
pub(crate) fn check() -> Result<()> {
    let dist = dist();
    let parts: Parts = serde_json::from_slice(&fs::read(dist.join("parts.json")).context("read web/dist/parts.json")?)?;
    let sizes = sizes(&dist)?;
    let in_parts: BTreeSet<String> = parts.values().flatten().map(|stem| format!("{stem}.wasm")).collect();

    let mut too_large = Vec::new();
    let mut first_visit = 0;
    eprintln!("      {:>9}  first visit, brotli", "");
    for (name, size) in sizes.iter().filter(|(name, _)| !in_parts.contains(*name)) {
        eprintln!("      {:>9}  {name}", kilobytes(*size));
        first_visit += size;
    }
    eprintln!("      {:>9}  in all, of {}", kilobytes(first_visit), kilobytes(FIRST_VISIT));
    if first_visit > FIRST_VISIT {
        too_large.push(format!("the first visit: {}", kilobytes(first_visit)));
    }
    if !parts.is_empty() {
        let promised = kilobytes(PROMISED_PART);
        eprintln!("      {:>9}  loaded when needed, each of {} ({promised} promised)", "", kilobytes(PART));
    }
    for (part, stems) in &parts {
        let of = |stem: &String| sizes.get(&format!("{stem}.wasm")).with_context(|| format!("{stem}.wasm is missing"));
        let size = stems.iter().map(of).sum::<Result<usize>>()?;
        eprintln!("      {:>9}  {} ({} files)", kilobytes(size), readable(part), stems.len());
        if size > PART {
            too_large.push(format!("{}: {}", readable(part), kilobytes(size)));
        }
    }
    if !too_large.is_empty() {
        bail!("above the size budget: {}", too_large.join(", "));
    }
    Ok(())
}

/// Bytes on the wire by name.
fn sizes(dist: &Path) -> Result<BTreeMap<String, usize>> {
    let page = fs::read(dist.join("index.html")).context("read web/dist/index.html")?;
    let mut sizes = BTreeMap::from([("index.html".to_owned(), compress::brotli(&page)?.len())]);
    let builds = dist.join("assets");
    for build in builds.read_dir()? {
        let build = build?.path();
        for file in files::walk(&build)? {
            let name = file.strip_prefix(&build)?.to_string_lossy().into_owned();
            if name.ends_with(".br") || name.ends_with(".gz") || NOT_LOADED.contains(&name.as_str()) {
                continue;
            }
            let packed = fs::metadata(build.join(format!("{name}.br")));
            let size = packed.or_else(|_| fs::metadata(&file))?.len();
            sizes.insert(name, usize::try_from(size)?);
        }
    }
    Ok(sizes)
}

/// The name of a part as its author knows it: without the number that tells namesakes apart.
fn readable(part: &str) -> &str {
    let part = part.trim_start_matches('_');
    match part.rsplit_once('_') {
        Some((name, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => part,
    }
}

/// Thousands of bytes, with one digit after the point.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::{kilobytes, readable};

    #[test]
    fn sizes_are_in_thousands_of_bytes() {
        assert_eq!(kilobytes(120_050), "120.0 KB");
        assert_eq!(kilobytes(999), "0.9 KB");
    }

    #[test]
    fn a_part_is_called_by_its_name() {
        assert_eq!(readable("__issues_page_1234567"), "issues_page");
        assert_eq!(readable("issues_page"), "issues_page");
    }
}
