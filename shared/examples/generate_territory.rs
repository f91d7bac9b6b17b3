//! Writes the table of Ukraine's regions, districts and hromadas from the state codifier:
//! `cargo run -p shared --example generate_territory -- codifier.csv`
//!
//! The codifier is read as lines of `code,parent,category,name` after a header; of its categories
//! the table keeps O (regions), K (cities with special status), P (districts) and H (hromadas).

use std::{collections::BTreeMap, error::Error, fs, path::Path};

const TABLE: &str = "src/territory/ukraine.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    let source = std::env::args().nth(1).ok_or("the path of the codifier is missing")?;
    let mut units = BTreeMap::new();
    for line in fs::read_to_string(source)?.lines().skip(1) {
        let [code, parent, category, name] =
            line.splitn(4, ',').collect::<Vec<_>>().try_into().map_err(|_| line.to_owned())?;
        if ["O", "K", "P", "H"].contains(&category) {
            // The one apostrophe of our texts.
            units
                .insert(code.to_owned(), (category.to_owned(), parent.to_owned(), name.replace(['\'', '’', '`'], "ʼ")));
        }
    }
    let mut table = String::new();
    for (code, (category, parent, name)) in &units {
        // Parents are found by the beginning of the code, so that has to tell the truth.
        let shared_digits = match category.as_str() {
            "P" => code.get(..4),
            "H" => code.get(..6),
            _ => None,
        };
        if shared_digits.is_some_and(|digits| !parent.starts_with(digits) || !units.contains_key(parent)) {
            return Err(format!("{code} does not begin as its parent {parent}").into());
        }
        table.push_str(&format!("{category}\t{code}\t{name}\n"));
    }
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE), table)?;
    Ok(())
}
