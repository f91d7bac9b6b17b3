//! The names by which the main module and its script know each other.
//!
//! wasm-bindgen makes them long, with a hash in each; nobody else reads them.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;

/// How the names begin of what a dependency exports for streams of server functions: there are none of these
/// here, and an export keeps its code.
const UNUSED: &[&str] = &["intounderlying", "__wbg_intounderlying"];
/// Where the script's functions are imported from.
const SCRIPT: &[u8] = b"./app_bg.js";
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Both with short names, the module without the exports that nobody uses.
pub(super) fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut made = Vec::with_capacity(wasm.len());
    let mut rest = Reader(wasm);
    made.extend(rest.take(8)?);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let section = rest.sized()?;
        let section = match id {
            IMPORTS => imports(Reader(section), &mut names)?,
            EXPORTS => exports(Reader(section), &mut names)?,
            _ => section.to_vec(),
        };
        made.push(id);
        write_sized(&mut made, &section);
    }
    Ok((made, names.replace(script)))
}

/// New names by old ones.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn short(&mut self, name: &[u8]) -> Result<Vec<u8>> {
        let mut rest = self.0.len();
        let mut short = String::from("$");
        loop {
            short.push(char::from(b'a' + u8::try_from(rest % 26)?));
            rest /= 26;
            if rest == 0 {
                break;
            }
        }
        let name = str::from_utf8(name)?.to_owned();
        Ok(self.0.entry(name).or_insert(short).clone().into_bytes())
    }

    /// The script with each whole word that is an old name replaced by the new one.
    fn replace(&self, script: &str) -> String {
        let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut made = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(start) = rest.find(in_name) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|c| !in_name(c)).unwrap_or(from.len()));
            made.push_str(before);
            made.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = after;
        }
        made + rest
    }
}

fn imports(mut from: Reader<'_>, names: &mut Names) -> Result<Vec<u8>> {
    let count = from.number()?;
    let mut made = Vec::new();
    write_number(&mut made, count);
    for _ in 0..count {
        let (module, name) = (from.sized()?, from.sized()?);
        write_sized(&mut made, module);
        if module == SCRIPT {
            write_sized(&mut made, &names.short(name)?);
        } else {
            write_sized(&mut made, name);
        }
        made.extend(from.import_kind()?);
    }
    Ok(made)
}

fn exports(mut from: Reader<'_>, names: &mut Names) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut count = 0;
    for _ in 0..from.number()? {
        let name = from.sized()?;
        let what = from.rest_of(|from| {
            from.byte()?;
            from.number().map(drop)
        })?;
        if UNUSED.iter().any(|unused| name.starts_with(unused.as_bytes())) {
            continue;
        }
        // Functions of Rust, which the script calls for closures.
        let name = if name.starts_with(b"_ZN") { names.short(name)? } else { name.to_vec() };
        write_sized(&mut kept, &name);
        kept.extend(what);
        count += 1;
    }
    let mut made = Vec::new();
    write_number(&mut made, count);
    made.extend(kept);
    Ok(made)
}

/// Reads the parts of a module one by one.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n).context("a module that ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8> {
        self.take(1).map(|byte| byte.iter().sum())
    }

    /// LEB128.
    pub(super) fn number(&mut self) -> Result<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number that does not end")
    }

    pub(super) fn sized(&mut self) -> Result<&'a [u8]> {
        let n = self.number()?;
        self.take(usize::try_from(n)?)
    }

    fn limits(&mut self) -> Result<()> {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Ok(())
    }

    /// What an import is, as it stands.
    pub(super) fn import_kind(&mut self) -> Result<&'a [u8]> {
        self.rest_of(|from| {
            match from.byte()? {
                // A function: its type.
                0 => from.number().map(drop)?,
                // A table: of what, and its limits.
                1 => {
                    from.byte()?;
                    from.limits()?;
                }
                2 => from.limits()?,
                // A global: its type, and whether it changes.
                3 => from.take(2).map(drop)?,
                kind => bail!("an import of the unknown kind {kind}"),
            }
            Ok(())
        })
    }

    /// What is read by the function, as it stands.
    fn rest_of(&mut self, read: impl FnOnce(&mut Self) -> Result<()>) -> Result<&'a [u8]> {
        let before = self.0;
        read(self)?;
        before.get(..before.len() - self.0.len()).context("more was read than there is")
    }
}

pub(super) fn write_number(to: &mut Vec<u8>, mut number: u32) {
    loop {
        let [low, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return to.push(low);
        }
        to.push(low | 0x80);
    }
}

pub(super) fn write_sized(to: &mut Vec<u8>, bytes: &[u8]) {
    write_number(to, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    to.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section of a module.
    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        let mut made = vec![id];
        write_sized(&mut made, content);
        made
    }

    fn named(names: &[&[u8]], rest: &[u8]) -> Vec<u8> {
        let mut made = Vec::new();
        names.iter().for_each(|name| write_sized(&mut made, name));
        made.extend(rest);
        made
    }

    fn module(imports: &[Vec<u8>], exports: &[Vec<u8>]) -> Vec<u8> {
        let counted = |all: &[Vec<u8>]| [vec![u8::try_from(all.len()).unwrap()], all.concat()].concat();
        [b"\0asm\x01\0\0\0".to_vec(), section(IMPORTS, &counted(imports)), section(EXPORTS, &counted(exports))].concat()
    }

    #[test]
    fn names_between_the_module_and_its_script_are_short() {
        let long = module(
            &[
                named(&[b"./app_bg.js", b"__wbg_fetch_0b4fc8b62e73f163"], &[0, 5]),
                named(&[b"./other.js", b"load"], &[0, 1]),
            ],
            &[
                named(&[b"_ZN7closure6invoke17h0bacE"], &[0, 9]),
                named(&[b"memory"], &[2, 0]),
                named(&[b"intounderlyingsink_write"], &[0, 7]),
            ],
        );
        let script = "x = { __wbg_fetch_0b4fc8b62e73f163: () => wasm._ZN7closure6invoke17h0bacE(), __wbg_fetch: 1 }";

        let (wasm, script) = shorten(&long, script).unwrap();

        assert_eq!(script, "x = { $a: () => wasm.$b(), __wbg_fetch: 1 }");
        let short = module(
            &[named(&[b"./app_bg.js", b"$a"], &[0, 5]), named(&[b"./other.js", b"load"], &[0, 1])],
            &[named(&[b"$b"], &[0, 9]), named(&[b"memory"], &[2, 0])],
        );
        assert_eq!(wasm, short);
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in [0, 127, 128, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            write_number(&mut bytes, number);
            assert_eq!(Reader(&bytes).number().unwrap(), number);
        }
    }
}
