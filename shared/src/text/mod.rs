//! The catalogue of texts for people, in Ukrainian and English.
//!
//! `build.rs` compiles `uk/*.toml` and `en/*.toml` into the constants of [`Key`], so a missing translation
//! does not compile. Arguments stand in braces: `"Питання {number}"`.
//!
//! Each text is a static of its own: the browser downloads those that its code names, each with the part
//! that names it, and none of those that only letters need. [`Key::named`] needs all of them; in the browser
//! a key that depends on a value is chosen by `match`, as `words!` does.

use serde::{Deserialize, Serialize};

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// A text of the catalogue.
#[derive(Clone, Copy)]
pub struct Key(&'static Entry);

struct Entry {
    uk: Text,
    en: Text,
}

enum Text {
    Plain(&'static str),
    /// The forms for one, for a few (in English: other), for many.
    Plural(&'static [&'static str; 3]),
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Key {}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Key").field(&self.get(Lang::En)).finish()
    }
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Uk,
    En,
}

impl Lang {
    /// All languages, the first being the fallback.
    pub const ALL: [Lang; 2] = [Lang::Uk, Lang::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Uk => "uk",
            Lang::En => "en",
        }
    }

    /// The language of a tag such as `en` or `uk-UA`.
    pub fn of_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split('-').next().unwrap_or_default().trim();
        Lang::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` header that there is, by its weights (RFC 9110 §12.5.4).
    pub fn accepted(header: &str) -> Option<Lang> {
        header
            .split(',')
            .filter_map(|part| {
                let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
                let weight: f32 = weight.trim().parse().ok()?;
                (weight > 0.0).then_some(())?;
                Lang::of_tag(tag.trim()).map(|lang| (lang, weight))
            })
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(lang, _)| lang)
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

impl std::str::FromStr for Lang {
    type Err = crate::words::UnknownWord;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Lang::of_tag(tag).ok_or_else(|| crate::words::UnknownWord(tag.to_owned()))
    }
}

impl Key {
    /// The key named `file.section.name`, for texts chosen by a value; not for the browser, which would
    /// have to download all of them.
    pub fn named(name: &str) -> Option<Key> {
        NAMES.binary_search_by(|(key, _)| (*key).cmp(name)).ok().and_then(|at| NAMES.get(at)).map(|(_, key)| *key)
    }

    /// The key of a name put together while compiling; a name that is not there does not compile.
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler alone")]
    pub(crate) const fn known(name: &str) -> Key {
        let mut at = 0;
        while at < NAMES.len() {
            if same(NAMES[at].0.as_bytes(), name.as_bytes()) {
                return NAMES[at].1;
            }
            at += 1;
        }
        panic!("no text in the catalogue has this name");
    }

    fn text(self, lang: Lang) -> &'static Text {
        match lang {
            Lang::Uk => &self.0.uk,
            Lang::En => &self.0.en,
        }
    }

    /// The text; of a plural text, its form for many.
    pub fn get(self, lang: Lang) -> &'static str {
        match self.text(lang) {
            Text::Plain(text) => text,
            Text::Plural([_, _, many]) => many,
        }
    }

    /// The text with its `{arguments}` filled in.
    pub fn with(self, lang: Lang, arguments: &[(&str, &str)]) -> String {
        fill(self.get(lang), arguments)
    }

    /// The form of a plural text for `n`, with `{n}` and the other arguments filled in.
    pub fn count(self, lang: Lang, n: u64, arguments: &[(&str, &str)]) -> String {
        let text = match self.text(lang) {
            Text::Plain(text) => text,
            Text::Plural(forms) => match plural_form(lang, n) {
                0 => forms[0],
                1 => forms[1],
                _ => forms[2],
            },
        };
        fill(&fill(text, arguments), &[("n", &grouped(lang, n))])
    }
}

/// A whole number with its digits in threes: `12 500` in Ukrainian, `12,500` in English.
fn grouped(lang: Lang, n: u64) -> String {
    let mark = match lang {
        Lang::Uk => '\u{a0}',
        Lang::En => ',',
    };
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// `==` is not for the compiler's own use yet.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler alone")]
const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Which of the three forms a whole number takes (CLDR plural rules).
fn plural_form(lang: Lang, n: u64) -> usize {
    match lang {
        Lang::En => usize::from(n != 1),
        Lang::Uk => match (n % 10, n % 100) {
            (1, tens) if tens != 11 => 0,
            (2..=4, tens) if !(12..=14).contains(&tens) => 1,
            _ => 2,
        },
    }
}

/// Arguments are filled in one pass, so a value that contains braces stays as it is.
fn fill(text: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match arguments.iter().find(|(argument, _)| *argument == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_has_three_plural_forms() {
        let forms: Vec<usize> = [0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111].map(|n| plural_form(Lang::Uk, n)).into();

        assert_eq!(forms, [2, 0, 1, 1, 2, 2, 2, 0, 1, 2, 0, 2]);
    }

    #[test]
    fn digits_stand_in_threes() {
        let both = |n| [grouped(Lang::Uk, n), grouped(Lang::En, n)];

        assert_eq!(both(999), ["999", "999"]);
        assert_eq!(both(1_000), ["1\u{a0}000", "1,000"]);
        assert_eq!(both(1_234_567), ["1\u{a0}234\u{a0}567", "1,234,567"]);
    }

    #[test]
    fn values_with_braces_are_not_filled_again() {
        assert_eq!(fill("{a} {b} {c}", &[("a", "{b}"), ("b", "2")]), "{b} 2 {c}");
    }

    #[test]
    fn the_browser_chooses_by_weight() {
        assert_eq!(Lang::accepted("de, en;q=0.8, uk-UA;q=0.9"), Some(Lang::Uk));
        assert_eq!(Lang::accepted("de"), None);
    }

    #[test]
    fn every_error_code_has_its_texts() {
        for code in crate::problem::Code::ALL {
            assert_eq!(Key::named(&format!("problem.{}.title", code.as_str())), Some(code.key()), "{code:?}");
        }
        for fault in crate::problem::Fault::ALL {
            assert_eq!(Key::named(&format!("field.{}", fault.as_str())), Some(fault.key()), "{fault:?}");
        }
    }
}
