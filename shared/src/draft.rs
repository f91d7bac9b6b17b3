//! From what a form sends to what the rules accept: drafts are parsed, all faults at once.

use crate::problem::{Fault, FieldError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a form or a client sends; parsing it is the only way to the accepted value.
pub trait Draft {
    /// What the rules accept.
    type Parsed;

    /// Checks every field and tells all faults, each with its field.
    fn parse(self) -> Result<Self::Parsed, Vec<FieldError>>;
}

/// Collects the faults of a draft while its fields are parsed.
///
/// Each field is read with [`Faults::take`], which notes the fault and goes on; [`Faults::finish`]
/// then answers all of them together.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// The parsed field, or nothing with its fault noted under `field`.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, FieldError>) -> Option<T> {
        parsed
            .map_err(|mut error| {
                error.field = field.to_owned();
                self.0.push(error);
            })
            .ok()
    }

    /// The parsed whole when no fault was noted, else all faults.
    ///
    /// `whole` is `None` exactly when a field failed, and then a fault was noted.
    pub fn finish<T>(self, whole: Option<T>) -> Result<T, Vec<FieldError>> {
        match whole {
            Some(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(self.0),
        }
    }
}

/// Text of `min` to `max` characters after trimming, with line ends as `\n` and without other
/// control characters, nor such as nobody sees. The field's name is filled in by [`Faults::take`].
pub fn text(raw: &str, min: usize, max: usize) -> Result<String, FieldError> {
    let clean: String = raw.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
    let clean = clean.trim().to_owned();
    // What joins the parts of an emoji is nothing by itself.
    let length = if clean.chars().all(is_joiner) { 0 } else { clean.chars().count() };
    if length == 0 && min > 0 {
        Err(FieldError::new("", Fault::Required))
    } else if length < min {
        Err(FieldError::new("", Fault::TooShort).with("min", min))
    } else if length > max {
        Err(FieldError::new("", Fault::TooLong).with("max", max))
    } else {
        Ok(clean)
    }
}

/// Controls, spaces of no width, and marks that turn the direction of what follows them, by which a name
/// could pass for another.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}' | '\u{FE0F}') || letter.is_whitespace()
}

/// One line of text: as [`text`], with line ends folded into spaces.
pub fn line(raw: &str, min: usize, max: usize) -> Result<String, FieldError> {
    text(&raw.split_whitespace().collect::<Vec<_>>().join(" "), min, max)
}

/// An optional line: empty means absent.
pub fn optional_line(raw: &str, max: usize) -> Result<Option<String>, FieldError> {
    line(raw, 0, max).map(|text| (!text.is_empty()).then_some(text))
}

/// A field of a JSON merge patch (RFC 7396): absent, null, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Not in the body: stays as it is.
    #[default]
    Absent,
    /// `null`: is emptied.
    Null,
    /// Is set to this.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the body does not name the field.
    pub fn is_absent(&self) -> bool {
        matches!(self, Patch::Absent)
    }

    /// The field after the patch, from what it was.
    pub fn apply(self, old: Option<T>) -> Option<T> {
        match self {
            Patch::Absent => old,
            Patch::Null => None,
            Patch::Value(value) => Some(value),
        }
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Patch::Value(value) => value.serialize(serializer),
            Patch::Absent | Patch::Null => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Patch::Null, Patch::Value))
    }
}

/// In the document a patched field reads as its value or null. utoipa names the schema of a field
/// with generics through this trait of its derive; there is no other door for one written by hand.
#[cfg(feature = "openapi")]
impl<T: utoipa::__dev::ComposeSchema> utoipa::__dev::ComposeSchema for Patch<T> {
    fn compose(
        generics: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Option::<T>::compose(generics)
    }
}

#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema + utoipa::__dev::ComposeSchema> utoipa::ToSchema for Patch<T> {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        T::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_counted_in_characters() {
        assert_eq!(text("  Міст \r\nзламано\u{7} ", 1, 14).unwrap(), "Міст \nзламано");
        assert_eq!(text(" ", 1, 3).unwrap_err().code, Fault::Required);
        assert_eq!(text("ґґґґ", 1, 3).unwrap_err().code, Fault::TooLong);
    }

    #[test]
    fn what_nobody_sees_is_no_text_and_turns_no_name_around() {
        for unseen in ["\u{200B}", "\u{202E} \u{2066}", "\u{200D}\u{FE0F}"] {
            assert_eq!(text(unseen, 1, 9).unwrap_err().code, Fault::Required);
        }
        assert_eq!(line("Рада\u{202E}abc", 1, 9).unwrap(), "Радаabc");
        assert_eq!(line("👩\u{200D}🌾", 1, 9).unwrap(), "👩\u{200D}🌾");
    }

    #[test]
    fn a_patch_tells_absent_from_null() {
        #[derive(Deserialize)]
        struct Body {
            #[serde(default)]
            name: Patch<String>,
        }
        let read = |json| serde_json::from_str::<Body>(json).unwrap().name;

        assert_eq!(read("{}"), Patch::Absent);
        assert_eq!(read(r#"{"name":null}"#), Patch::Null);
        assert_eq!(read(r#"{"name":"x"}"#), Patch::Value("x".into()));
    }
}
