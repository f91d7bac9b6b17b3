//! Closed sets of words: enums that travel, are stored and are shown by one lower-case word.

use crate::text::{Key, Lang};

/// An enum of [`words!`].
pub trait Word: Copy + Eq + std::fmt::Debug + 'static {
    /// The section of the catalogue that has the words' names: `domain.<section>.<word>`.
    const SECTION: &'static str;
    /// Every word, in the order of declaration.
    const WORDS: &'static [Self];

    /// The word as it travels and is stored.
    fn word(self) -> &'static str;

    /// The name of the word for people.
    fn text(self, lang: Lang) -> &'static str {
        // A test walks every word, so a missing name never reaches a person.
        Key::named(&format!("domain.{}.{}", Self::SECTION, self.word())).map_or(self.word(), |key| key.get(lang))
    }

    /// The enum of a word.
    fn of(word: &str) -> Result<Self, UnknownWord> {
        Self::WORDS.iter().copied().find(|one| one.word() == word).ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

/// A word that is not in its set; in the database it means a row of another version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(pub String);

/// Declares an enum whose values are words: `Name in "catalogue_section" { Variant = "word"; }`.
macro_rules! words {
    ($($(#[$outer:meta])* $name:ident in $section:literal { $($(#[$doc:meta])* $variant:ident = $text:tt;)+ })+) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word as it travels and is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl $crate::words::Word for $name {
            const SECTION: &'static str = $section;
            const WORDS: &'static [Self] = Self::ALL;

            fn word(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                $crate::words::Word::of(word)
            }
        }

        #[cfg(feature = "db")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}
pub(crate) use words;
