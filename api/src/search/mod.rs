//! Words made comparable: the same tokens for SQLite's FTS5 and PostgreSQL's `tsvector`.
//!
//! A text is composed (NFC), put into lower case, its apostrophes dropped (`п'ять`, `пʼять`), and
//! cut into words of letters and digits. A word with a Ukrainian letter has its Latin look-alikes
//! folded, since keyboards mix them, and is stemmed as Ukrainian; any other word as English.

use frostem::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// More words than this are cut off a query: each costs an index look-up.
const MOST_WORDS: usize = 12;

/// The distinct tokens of the texts, with spaces between them.
pub fn document<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let tokens: BTreeSet<String> = texts.into_iter().flat_map(tokens).collect();
    tokens.into_iter().collect::<Vec<_>>().join(" ")
}

/// The distinct tokens of what somebody searches for; none when there is no word in it.
pub fn query(words: &str) -> Vec<String> {
    let tokens: BTreeSet<String> = tokens(words).into_iter().collect();
    tokens.into_iter().take(MOST_WORDS).collect()
}

/// Every token in FTS5's language: all of them have to be there.
pub fn fts5(tokens: &[String]) -> String {
    tokens.iter().map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" AND ")
}

/// Every token in `to_tsquery`'s language: all of them have to be there.
pub fn tsquery(tokens: &[String]) -> String {
    tokens.iter().map(|token| format!("'{token}'")).collect::<Vec<_>>().join(" & ")
}

fn tokens(text: &str) -> Vec<String> {
    let clean: String = text.nfc().flat_map(char::to_lowercase).filter(|letter| !is_apostrophe(*letter)).collect();
    clean.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{301}')
}

fn stem(word: &str) -> String {
    let cyrillic = word.chars().any(|letter| ('\u{400}'..='\u{52f}').contains(&letter));
    if cyrillic {
        let folded: String = word.chars().map(fold).collect();
        let stem = Stemmer::new(Algorithm::Ukrainian).stem(&folded);
        without_ending(&stem).to_owned()
    } else {
        Stemmer::new(Algorithm::English).stem(word).into_owned()
    }
}

/// The stemmer leaves short words whole (`яма`, but `ямами` as `ям`): their endings go too, down to
/// two letters.
fn without_ending(stem: &str) -> &str {
    let short = stem.trim_end_matches(['а', 'е', 'є', 'и', 'і', 'ї', 'о', 'у', 'ю', 'я', 'ь', 'й']);
    if short.chars().count() >= 2 { short } else { stem }
}

/// A Latin letter that looks like a Ukrainian one, as that one.
const fn fold(letter: char) -> char {
    match letter {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        'ï' => 'ї',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) -> bool {
        query(left) == query(right)
    }

    #[test]
    fn words_meet_in_any_of_their_forms() {
        assert!(same("дороги", "дорогою"));
        assert!(same("ліхтарі", "ліхтарів"));
        for form in ["ями", "яму", "ямою", "ямі", "ям"] {
            assert!(same("яма", form), "{form}");
        }
        assert!(same("broken lamps", "Broken Lamp"));
    }

    #[test]
    fn apostrophes_and_look_alike_letters_make_no_difference() {
        assert!(same("п'ять", "пʼять"));
        assert!(same("п’ять", "ПЯТЬ"));
        assert!(same("мicт", "міст"));
        assert!(same("и\u{306}ти", "йти"));
    }

    #[test]
    fn signs_are_no_words() {
        assert!(query(" ?!\" * ").is_empty());
        assert_eq!(fts5(&query("яма\" OR 1")), "\"1\" AND \"or\" AND \"ям\"");
        assert_eq!(tsquery(&query("a' | b")), "'a' & 'b'");
    }
}
