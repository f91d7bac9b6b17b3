//! Ukraine's regions, districts and hromadas, from the state codifier (KATOTTG).
//!
//! The table is made by the example `generate_territory`. It is for the server alone: the browser
//! asks for what it needs.

mod romanise;

use crate::{
    community::{Katottg, Unit, UnitLevel},
    names::Names,
};
use romanise::romanise;
use std::sync::LazyLock;

/// A unit of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Territory {
    pub level: UnitLevel,
    /// `UA` and 17 digits: two of the region, two of the district, three of the hromada, then what
    /// lies below, and five that belong to the unit alone.
    pub code: &'static str,
    /// In Ukrainian, without the word of its level.
    pub name: &'static str,
}

static UNITS: LazyLock<Vec<Territory>> =
    LazyLock::new(|| include_str!("ukraine.tsv").lines().filter_map(read).collect());

fn read(line: &'static str) -> Option<Territory> {
    let (category, rest) = line.split_once('\t')?;
    let (code, name) = rest.split_once('\t')?;
    let level = match category {
        "O" => UnitLevel::Region,
        "K" => UnitLevel::City,
        "P" => UnitLevel::District,
        "H" => UnitLevel::Hromada,
        _ => return None,
    };
    Some(Territory { level, code, name })
}

impl Territory {
    /// The unit of a code.
    pub fn find(code: &str) -> Option<&'static Territory> {
        UNITS.binary_search_by(|unit| unit.code.cmp(code)).ok().and_then(|at| UNITS.get(at))
    }

    /// How much of its code all units inside it share.
    fn prefix(&self) -> &'static str {
        let length = match self.level {
            UnitLevel::Region | UnitLevel::City => 4,
            UnitLevel::District => 6,
            UnitLevel::Hromada => 9,
        };
        self.code.get(..length).unwrap_or(self.code)
    }

    /// The unit right above it.
    pub fn parent(&self) -> Option<&'static Territory> {
        let (length, level) = match self.level {
            UnitLevel::Hromada => (6, UnitLevel::District),
            UnitLevel::District => (4, UnitLevel::Region),
            UnitLevel::Region | UnitLevel::City => return None,
        };
        let prefix = self.code.get(..length)?;
        within(prefix).find(|unit| unit.level == level)
    }

    /// From the region down to itself.
    pub fn chain(&'static self) -> Vec<&'static Territory> {
        let mut chain: Vec<_> = std::iter::successors(Some(self), |unit| unit.parent()).collect();
        chain.reverse();
        chain
    }

    /// The units right below it, by code.
    pub fn children(&'static self) -> impl Iterator<Item = &'static Territory> {
        let level = match self.level {
            UnitLevel::Region => Some(UnitLevel::District),
            UnitLevel::District => Some(UnitLevel::Hromada),
            UnitLevel::Hromada | UnitLevel::City => None,
        };
        within(self.prefix()).filter(move |unit| Some(unit.level) == level)
    }

    /// The units of a level whose name, or a word of it, begins like `beginning` in either language,
    /// by code. Capitals and the kind of apostrophe make no difference.
    pub fn search(level: UnitLevel, beginning: &str) -> impl Iterator<Item = &'static Territory> {
        let wanted = folded(beginning.trim());
        UNITS.iter().filter(move |unit| {
            let begins = |name: String| {
                name.starts_with(&wanted) || name.split([' ', '-']).any(|word| word.starts_with(&wanted))
            };
            unit.level == level && (begins(folded(unit.name)) || begins(folded(&unit.english())))
        })
    }

    /// The unit as it travels.
    pub fn unit(&self) -> Option<Unit> {
        let code = Katottg::parse(self.code).ok()?;
        Some(Unit { code, level: self.level, name: Names { uk: self.name.to_owned(), en: Some(self.english()) } })
    }

    /// The name in Latin letters. Crimea is the one unit whose name has words to translate.
    fn english(&self) -> String {
        match self.name {
            "Автономна Республіка Крим" => "Autonomous Republic of Crimea".to_owned(),
            name => romanise(name),
        }
    }
}

/// The units whose codes begin so; they stand together, since the table is sorted.
fn within(prefix: &str) -> impl Iterator<Item = &'static Territory> {
    let from = UNITS.partition_point(|unit| unit.code < prefix);
    UNITS.iter().skip(from).take_while(move |unit| unit.code.starts_with(prefix))
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace(['\'', '’', '`'], "ʼ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_sorted() {
        let rows = include_str!("ukraine.tsv").lines().count();

        assert_eq!(UNITS.len(), rows);
        assert!(UNITS.is_sorted_by(|left, right| left.code < right.code));
        assert!(UNITS.iter().all(|unit| unit.unit().is_some_and(|same| same.code.as_str() == unit.code)));
    }

    #[test]
    fn everything_below_a_region_has_its_parent_and_is_its_child() {
        for unit in UNITS.iter().filter(|unit| matches!(unit.level, UnitLevel::District | UnitLevel::Hromada)) {
            let parent = unit.parent().unwrap();

            assert!(parent.children().any(|child| child == unit), "{unit:?}");
        }
    }

    #[test]
    fn a_hromada_knows_what_it_lies_in() {
        let hromada = Territory::search(UnitLevel::Hromada, "Кам'янець-").next().unwrap();
        let names: Vec<_> = hromada.chain().iter().map(|unit| unit.name).collect();

        assert_eq!(names, ["Хмельницька", "Камʼянець-Подільський", "Камʼянець-Подільська"]);
        assert_eq!(Territory::find(hromada.code), Some(hromada));
        assert_eq!(Territory::find("UA00000000000000000"), None);
    }

    #[test]
    fn searching_ignores_capitals_and_finds_later_words() {
        let found: Vec<_> = Territory::search(UnitLevel::Hromada, "ПОДІЛЬСЬКА").map(|unit| unit.name).collect();

        assert!(found.contains(&"Камʼянець-Подільська") && found.contains(&"Подільська"), "{found:?}");
        let found: Vec<_> = Territory::search(UnitLevel::Hromada, "kamianets").map(|unit| unit.name).collect();
        assert!(found.contains(&"Камʼянець-Подільська"), "{found:?}");
    }

    #[test]
    fn every_unit_has_a_name_in_latin_letters() {
        let foreign: Vec<_> = UNITS.iter().map(Territory::english).filter(|name| !name.is_ascii()).collect();

        assert_eq!(foreign, [""; 0]);
    }
}
