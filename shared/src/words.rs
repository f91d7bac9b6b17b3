//! Closed sets of words: enums that travel, are stored and are shown by one lower-case word.

use crate::text::{Key, Lang};
use serde::{Deserialize, Deserializer, de::Error};

/// An enum of the macro `words!`.
pub trait Word: Copy + Eq + std::fmt::Debug + 'static {
    /// The section of the catalogue that has the words' names: `domain.<section>.<word>`.
    const SECTION: &'static str;
    /// Every word, in the order of declaration.
    const WORDS: &'static [Self];

    /// The word as it travels and is stored.
    fn word(self) -> &'static str;

    /// The key of the word's name.
    fn key(self) -> Key;

    /// The name of the word for people.
    fn text(self, lang: Lang) -> &'static str {
        self.key().get(lang)
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

/// What deriving would write for each set again, at several times the size.
pub(crate) fn read<'de, W: Word, D: Deserializer<'de>>(deserializer: D) -> Result<W, D::Error> {
    let word = String::deserialize(deserializer)?;
    W::of(&word).map_err(D::Error::custom)
}

/// Declares an enum whose values are words: `Name in "catalogue_section" { Variant = "word"; }`.
macro_rules! words {
    ($($(#[$outer:meta])* $name:ident in $section:literal { $($(#[$doc:meta])* $variant:ident = $text:tt;)+ })+) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
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

            fn key(self) -> $crate::text::Key {
                match self {
                    $($name::$variant => const { $crate::text::Key::known(concat!("domain.", $section, ".", $text)) }),+
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::words::read(deserializer)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word of the set has a name in both languages, reads back, and travels as itself.
    fn check<W: Word + serde::Serialize + serde::de::DeserializeOwned>() {
        for &word in W::WORDS {
            assert_eq!(Key::named(&format!("domain.{}.{}", W::SECTION, word.word())), Some(word.key()), "{word:?}");
            assert_eq!(W::of(word.word()), Ok(word));
            assert_eq!(serde_json::to_value(word).unwrap(), word.word());
            assert_eq!(serde_json::from_value::<W>(word.word().into()).unwrap(), word);
        }
        assert!(W::of("no such word").is_err());
    }

    #[test]
    fn every_word_has_its_names() {
        use crate::{
            category::*, change::*, commitment::*, community::*, demo::*, goal::*, inbox::*, indicator::*, issue::*,
        };
        use crate::{names::*, offer::*, organisation::*, place::*, task::*, transition::*, upload::*};
        macro_rules! each { ($($name:ident)+) => { $(check::<$name>();)+ }; }
        each! {
            ActingRole AffectedGroup CommitmentAction CommitmentKind CommitmentState CommunityKind CommunityRole
            CommunitySort ConfirmedBy Confirmation CountBy DeclineReason DefaultCategory DemoRole Direction EventKind FileKind
            FlagReason Flaggable Goal InboxReason IndicatorKind IssueAction IssueSort IssueState MemberRole Naming
            OfferAction OfferSide OfferState PlacePrecision Refusal Sector TaskAction TaskSort TaskState Thing
            UnitLevel Verification VerifiedBy
        }
    }

    #[cfg(feature = "db")]
    #[test]
    fn an_unknown_word_in_the_database_is_an_error() {
        use crate::organisation::Sector;
        use sea_orm::{Value, sea_query::ValueType};

        let read = |word: &str| <Sector as ValueType>::try_from(Value::from(word)).ok();

        assert_eq!(read("ngo"), Some(Sector::Ngo));
        assert_eq!(read("army"), None);
    }
}
