//! Names in the order of the alphabet and found by their words, alike on both databases, neither
//! of which sorts Ukrainian (SQLite by code points, PostgreSQL by what its machine has installed).

use shared::names::Names;
use unicode_normalization::UnicodeNormalization;

/// Figures, then the Ukrainian alphabet with the other Cyrillic letters beside their like, then Latin.
const ORDER: &str = "0123456789абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz";

/// Comes between words, before any letter.
const GAP: u8 = 1;

/// Bytes that sort as the name does: without regard to case, quotes and other signs.
pub(crate) fn sort_key(names: &Names) -> Vec<u8> {
    let mut key = Vec::with_capacity(names.uk.len());
    for word in words(&names.uk) {
        if !key.is_empty() {
            key.push(GAP);
        }
        for letter in word.chars() {
            match ORDER.chars().zip(GAP + 1..).find(|(known, _)| *known == letter) {
                Some((_, place)) => key.push(place),
                None => {
                    key.push(u8::MAX);
                    key.extend(u32::from(letter).to_be_bytes());
                }
            }
        }
    }
    key
}

/// What the column `name_words` keeps: a space and a word, for each word of both names.
pub(crate) fn name_words(names: &Names) -> String {
    words(&names.uk)
        .into_iter()
        .chain(words(names.en.as_deref().unwrap_or_default()))
        .map(|word| format!(" {word}"))
        .collect()
}

/// Patterns for `LIKE` on `name_words`, of which all must fit: each word is the beginning of one.
pub(crate) fn patterns(search: &str) -> Vec<String> {
    words(search).into_iter().map(|word| format!("% {word}%")).collect()
}

/// Letters and figures in lower case; an apostrophe belongs to its word but is not kept.
fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.nfc().filter(|letter| !matches!(letter, '\'' | '’' | 'ʼ')).flat_map(char::to_lowercase).collect();
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(uk: &str) -> Names {
        Names { uk: uk.to_owned(), en: None }
    }

    #[test]
    fn names_are_sorted_by_the_ukrainian_alphabet() {
        let sorted = [
            "2 кроки",
            "Абрикос",
            "«Весна»",
            "Гай",
            "Ґанок",
            "Дім",
            "Екологи",
            "Єдність",
            "Зоря",
            "Ирій",
            "Ігор",
            "Їжак",
            "Йод",
            "Юність",
            "Яблуко",
            "Яблуко плюс",
            "Яблуковий",
            "Alpha",
        ];
        let mut names: Vec<_> = sorted.into_iter().rev().map(names).collect();

        names.sort_by_key(sort_key);

        assert_eq!(names.iter().map(|names| names.uk.as_str()).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words() {
        assert_eq!(
            name_words(&Names { uk: "ГО «Здоров’я»".into(), en: Some("Health_100%".into()) }),
            " го здоровя health 100"
        );
        assert_eq!(patterns("здоров'я, 100%_"), ["% здоровя%", "% 100%"]);
    }
}
