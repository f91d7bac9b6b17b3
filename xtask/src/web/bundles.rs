//! The splitter makes a file for every combination of parts that share something: hundreds, most of a few
//! hundred bytes. Here those are put together that are mostly needed together.

use super::{
    compile::{Parts, WASM_FEATURES},
    names::{Reader, write_number, write_sized},
};
use crate::command;
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// So many bytes, before optimising and compressing, a part may have to load in vain rather than ask for
/// another file: about a kilobyte on the wire.
const A_FILE_COSTS: usize = 4_000;
/// Where the splitter's modules import from what they share: memory, table, and the end of the stack if they need it.
const FROM: &[u8] = b"__wasm_split";
/// What `FROM` is called while modules are put together: to the tool it is one of them.
const FROM_OUTSIDE: &[u8] = b"main";
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const CODE: u8 = 10;
const DATA: u8 = 11;

/// Files that become one, which is called like the first.
struct Bundle {
    files: Vec<String>,
    parts: Set,
    size: usize,
}

/// Parts, a bit for each: there are hundreds of files, and all pairs of them are compared again and again.
type Set = u64;

/// Puts shared files together; answers what each part needs then.
pub(super) fn bundle(modules: &Path, assets: &Path, parts: Parts) -> Result<Parts> {
    let mut bundles = Vec::new();
    for (file, parts) in needed_by(&parts)? {
        let size = size(&fs::read(assets.join(&file).with_extension("wasm"))?)?;
        bundles.push(Bundle { files: vec![file], parts, size });
    }
    let bundles = together(bundles);

    let mut leaders = BTreeMap::new();
    for Bundle { files, .. } in &bundles {
        if let [first, others @ ..] = files.as_slice()
            && !others.is_empty()
        {
            merge(modules, assets, files)?;
            leaders.extend(others.iter().map(|other| (other.clone(), first.clone())));
        }
    }
    let script = assets.join("__wasm_split.js");
    fs::write(&script, load_bundles(&fs::read_to_string(&script)?, &leaders))?;
    let needs = |files: Vec<String>| {
        let files: BTreeSet<String> =
            files.into_iter().map(|file| leaders.get(&file).cloned().unwrap_or(file)).collect();
        files.into_iter().collect()
    };
    Ok(parts.into_iter().map(|(part, files)| (part, needs(files))).collect())
}

/// The files that several parts share, with those parts.
fn needed_by(parts: &Parts) -> Result<BTreeMap<String, Set>> {
    let mut needed_by: BTreeMap<String, Set> = BTreeMap::new();
    for (part, files) in parts.values().enumerate() {
        let bit = Set::checked_shl(1, u32::try_from(part)?).context("more parts than a set can hold")?;
        for file in files.iter().filter(|file| file.starts_with("chunk_")) {
            *needed_by.entry(file.clone()).or_default() |= bit;
        }
    }
    Ok(needed_by)
}

/// Joins two bundles for as long as that saves more requests than it costs bytes.
fn together(mut bundles: Vec<Bundle>) -> Vec<Bundle> {
    loop {
        let mut best: Option<(usize, usize, usize)> = None;
        for (at, one) in bundles.iter().enumerate() {
            for (before, other) in bundles.iter().enumerate().take(at) {
                let gain = gain(one, other);
                if gain > 0 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, before, at));
                }
            }
        }
        let Some((_, into, from)) = best else { return bundles };
        let Bundle { files, parts, size } = bundles.remove(from);
        if let Some(bundle) = bundles.get_mut(into) {
            bundle.files.extend(files);
            bundle.parts |= parts;
            bundle.size += size;
        }
    }
}

/// What the requests saved are worth beyond what would be loaded in vain.
fn gain(one: &Bundle, other: &Bundle) -> usize {
    let count = |parts: Set| usize::try_from(parts.count_ones()).unwrap_or_default();
    let in_vain = count(other.parts & !one.parts) * one.size + count(one.parts & !other.parts) * other.size;
    (count(one.parts & other.parts) * A_FILE_COSTS).saturating_sub(in_vain)
}

/// What of a module goes over the wire: its names do not.
fn size(wasm: &[u8]) -> Result<usize> {
    let sections = sections(wasm)?;
    Ok(sections.iter().filter(|(id, _)| [CODE, DATA].contains(id)).map(|(_, content)| content.len()).sum())
}

/// Makes one module of several, in the place of the first.
fn merge(modules: &Path, assets: &Path, files: &[String]) -> Result<()> {
    let paths: Vec<_> = files.iter().map(|file| assets.join(file).with_extension("wasm")).collect();
    let first = paths.first().context("nothing to put together")?;
    let mut shared = Vec::new();
    for path in &paths {
        let imports = imports(&fs::read(path)?)?;
        if imports.len() > shared.len() {
            shared = imports;
        }
    }
    // Through this module the others share what they import: one memory, not one for each.
    let base = assets.join("base.wasm");
    fs::write(&base, base_of(&shared)?)?;
    let mut wasm_merge = command::program(modules.join(".bin/wasm-merge"));
    wasm_merge.args(WASM_FEATURES).arg(&base).arg(str::from_utf8(FROM)?);
    for (path, file) in paths.iter().zip(files) {
        wasm_merge.arg(path).arg(file);
    }
    let merged = assets.join("merged.wasm");
    command::output(wasm_merge.arg("-o").arg(&merged))?;
    for path in &paths {
        fs::remove_file(path)?;
    }
    fs::write(first, from_inside(&fs::read(&merged)?)?)?;
    fs::remove_file(merged)?;
    fs::remove_file(base)?;
    Ok(())
}

/// An import: its name, and what it is.
type Import = (Vec<u8>, Vec<u8>);

/// What a module of the splitter imports.
fn imports(module: &[u8]) -> Result<Vec<Import>> {
    let sections = sections(module)?;
    let Some((_, imports)) = sections.iter().find(|(id, _)| *id == IMPORTS) else { return Ok(Vec::new()) };
    let mut from = Reader(imports);
    let mut found = Vec::new();
    for _ in 0..from.number()? {
        ensure!([FROM, FROM_OUTSIDE].contains(&from.sized()?), "a part imports from elsewhere");
        found.push((from.sized()?.to_vec(), from.import_kind()?.to_vec()));
    }
    Ok(found)
}

fn import_section(imports: &[Import], from: &[u8]) -> Result<Vec<u8>> {
    let mut made = Vec::new();
    write_number(&mut made, u32::try_from(imports.len())?);
    for (name, what) in imports {
        write_sized(&mut made, from);
        write_sized(&mut made, name);
        made.extend(what);
    }
    Ok(made)
}

/// Imports all this from outside, and exports it again.
fn base_of(shared: &[Import]) -> Result<Vec<u8>> {
    let mut exports = Vec::new();
    write_number(&mut exports, u32::try_from(shared.len())?);
    for (name, what) in shared {
        write_sized(&mut exports, name);
        // The kind, and that it is the first of its kind.
        exports.extend([*what.first().context("an import without a kind")?, 0]);
    }
    let mut made = b"\0asm\x01\0\0\0".to_vec();
    for (id, content) in [(IMPORTS, import_section(shared, FROM_OUTSIDE)?), (EXPORTS, exports)] {
        made.push(id);
        write_sized(&mut made, &content);
    }
    Ok(made)
}

/// The merged module as the script knows it: its imports have their name again, and nothing is exported.
fn from_inside(module: &[u8]) -> Result<Vec<u8>> {
    let mut made = b"\0asm\x01\0\0\0".to_vec();
    for (id, content) in sections(module)? {
        match id {
            EXPORTS => continue,
            IMPORTS => {
                made.push(id);
                write_sized(&mut made, &import_section(&imports(module)?, FROM)?);
            }
            _ => {
                made.push(id);
                write_sized(&mut made, content);
            }
        }
    }
    Ok(made)
}

fn sections(module: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut rest = Reader(module);
    rest.take(8)?;
    let mut sections = Vec::new();
    while !rest.0.is_empty() {
        sections.push((rest.byte()?, rest.sized()?));
    }
    Ok(sections)
}

/// The splitter's script without the files that are in others now.
fn load_bundles(script: &str, leaders: &BTreeMap<String, String>) -> String {
    let mut made = String::with_capacity(script.len());
    let mut passed_over = false;
    for line in script.lines() {
        let defines = line.strip_prefix("const __").and_then(|line| line.split(' ').next());
        passed_over |= defines.is_some_and(|file| leaders.contains_key(file));
        let needs = line.strip_prefix(", [").filter(|_| line.contains("__chunk_"));
        if passed_over {
            // A definition ends with the list of what it needs.
            passed_over = !line.starts_with(", [");
            continue;
        }
        match needs.and_then(|needs| needs.split_once(']')) {
            Some((files, end)) => {
                let files: BTreeSet<&str> = files
                    .split(", ")
                    .map(|file| {
                        let leader = file.strip_prefix("__").and_then(|file| leaders.get(file));
                        leader.map_or(file.strip_prefix("__").unwrap_or(file), String::as_str)
                    })
                    .collect();
                let files: Vec<String> = files.into_iter().map(|file| format!("__{file}")).collect();
                made.push_str(&format!(", [{}]{end}\n", files.join(", ")));
            }
            None => {
                made.push_str(line);
                made.push('\n');
            }
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, parts: Set, size: usize) -> Bundle {
        Bundle { files: vec![name.to_owned()], parts, size }
    }

    #[test]
    fn small_files_that_are_needed_together_become_one() {
        let bundles =
            together(vec![file("small", 0b00011, 500), file("large", 0b00111, 90_000), file("other", 0b10001, 90_000)]);

        let files: Vec<_> = bundles.iter().map(|bundle| bundle.files.join("+")).collect();
        assert_eq!(files, ["small+large", "other"]);
    }

    #[test]
    fn the_script_loads_bundles() {
        let script = "const __chunk_7 = makeLoad(() => {\n    a();\n}\n, []);\nconst __chunk_8 = makeLoad(() => {\n    b();\n}\n, \
                      []);\nexport const __wasm_split_load_x = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_7, __chunk_8]));\n";
        let leaders = BTreeMap::from([("chunk_8".to_owned(), "chunk_7".to_owned())]);

        assert_eq!(
            load_bundles(script, &leaders),
            "const __chunk_7 = makeLoad(() => {\n    a();\n}\n, []);\nexport const __wasm_split_load_x = \
             wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_7]));\n"
        );
    }
}
