//! Compiles the catalogue of texts (`src/text/{uk,en}/*.toml`) into constants with checked keys.
//!
//! A key is `file.section.name`. It becomes a constant of `Key`; a key missing in one language,
//! arguments that differ between the languages, or a missing plural form fails the build.

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};
use toml::{Table, Value};

const LANGUAGES: [(&str, &[&str]); 2] = [("uk", &["one", "few", "many"]), ("en", &["one", "other"])];

enum Entry {
    Plain(String),
    Plural(BTreeMap<String, String>),
}

type Catalogue = BTreeMap<String, Entry>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/text/uk");
    println!("cargo::rerun-if-changed=src/text/en");
    let mut catalogues = Vec::new();
    for (language, forms) in LANGUAGES {
        catalogues.push(read(&Path::new("src/text").join(language), forms)?);
    }
    let [uk, en] = catalogues.try_into().map_err(|_| "two languages")?;
    check(&uk, &en)?;
    fs::write(Path::new(&env::var_os("OUT_DIR").ok_or("OUT_DIR")?).join("catalogue.rs"), generate(&uk, &en)?)?;
    Ok(())
}

fn read(folder: &Path, forms: &[&str]) -> Result<Catalogue, Box<dyn Error>> {
    let mut catalogue = Catalogue::new();
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "toml")) {
        println!("cargo::rerun-if-changed={}", file.display());
        let table: Table = fs::read_to_string(file)?.parse().map_err(|e| format!("{}: {e}", file.display()))?;
        let stem = file.file_stem().and_then(|s| s.to_str()).ok_or("file name")?;
        flatten(stem, &table, forms, &mut catalogue)?;
    }
    Ok(catalogue)
}

fn flatten(prefix: &str, table: &Table, forms: &[&str], into: &mut Catalogue) -> Result<(), Box<dyn Error>> {
    for (name, value) in table {
        let key = format!("{prefix}.{name}");
        match value {
            Value::String(text) => {
                into.insert(key, Entry::Plain(text.clone()));
            }
            Value::Table(inner) if is_plural(inner) => {
                let entry: BTreeMap<_, _> = inner
                    .iter()
                    .map(|(form, text)| (form.clone(), text.as_str().unwrap_or_default().to_owned()))
                    .collect();
                if let Some(missing) = forms.iter().find(|form| !entry.contains_key(**form)) {
                    return Err(format!("{key}: the plural form {missing} is missing").into());
                }
                into.insert(key, Entry::Plural(entry));
            }
            Value::Table(inner) => flatten(&key, inner, forms, into)?,
            other => return Err(format!("{key}: {} is no text", other.type_str()).into()),
        }
    }
    Ok(())
}

fn is_plural(table: &Table) -> bool {
    !table.is_empty()
        && table.iter().all(|(name, value)| ["one", "few", "many", "other"].contains(&name.as_str()) && value.is_str())
}

fn check(uk: &Catalogue, en: &Catalogue) -> Result<(), Box<dyn Error>> {
    for (left, right, name) in [(uk, en, "English"), (en, uk, "Ukrainian")] {
        if let Some(missing) = left.keys().find(|key| !right.contains_key(*key)) {
            return Err(format!("{missing}: no {name} text").into());
        }
    }
    for (key, entry) in uk {
        let other = en.get(key).ok_or("checked above")?;
        if matches!(entry, Entry::Plain(_)) != matches!(other, Entry::Plain(_)) {
            return Err(format!("{key}: plural in one language only").into());
        }
        if arguments(entry) != arguments(other) {
            return Err(
                format!("{key}: the arguments differ: {:?} and {:?}", arguments(entry), arguments(other)).into()
            );
        }
    }
    Ok(())
}

/// The `{names}` a text uses; a plural text may leave its number `{n}` out of a form.
fn arguments(entry: &Entry) -> Vec<String> {
    let texts: Vec<&str> = match entry {
        Entry::Plain(text) => vec![text],
        Entry::Plural(forms) => forms.values().map(String::as_str).collect(),
    };
    let mut names: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        })
        .filter(|name| name != "n")
        .collect();
    names.sort();
    names.dedup();
    names
}

/// One static for each text, so that a program has in it only the texts that it names.
fn generate(uk: &Catalogue, en: &Catalogue) -> Result<String, Box<dyn Error>> {
    let mut statics = String::new();
    let mut keys = String::new();
    let mut names = String::new();
    for (key, text) in uk {
        let (variant, name) = (variant(key), key.replace(['.', '-'], "_").to_uppercase());
        let other = en.get(key).ok_or("checked above")?;
        writeln!(statics, "static {name}: Entry = Entry {{ uk: {}, en: {} }};", literal(text), literal(other))?;
        writeln!(keys, "    /// `{key}`\n    pub const {variant}: Key = Key(&{name});")?;
        writeln!(names, "    ({key:?}, Key::{variant}),")?;
    }
    Ok(format!(
        "{statics}\n\
         #[expect(non_upper_case_globals, reason = \"they read like the variants of an enum\")]\n\
         impl Key {{\n{keys}}}\n\n\
         const NAMES: &[(&str, Key)] = &[\n{names}];\n"
    ))
}

/// A text as an expression.
fn literal(entry: &Entry) -> String {
    match entry {
        Entry::Plain(text) => format!("Text::Plain({text:?})"),
        Entry::Plural(forms) => {
            let form = |wanted: &[&str]| wanted.iter().find_map(|name| forms.get(*name)).cloned().unwrap_or_default();
            let (one, few, many) = (form(&["one"]), form(&["few", "other"]), form(&["many", "other"]));
            format!("Text::Plural(&[{one:?}, {few:?}, {many:?}])")
        }
    }
}

/// `issues.list.empty` becomes `IssuesListEmpty`.
fn variant(key: &str) -> String {
    key.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
        })
        .collect()
}
