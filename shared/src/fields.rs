//! Parsing of single fields that several drafts have.

use crate::draft::{Draft, Faults, Patch, line};
use crate::problem::{Fault, FieldError};
use chrono::{Datelike, NaiveDate};

/// A field that has to be there.
pub fn required<T>(value: Option<T>) -> Result<T, FieldError> {
    value.ok_or_else(|| FieldError::new("", Fault::Required))
}

/// A day written `2026-11-23`.
pub fn day(raw: &str) -> Result<NaiveDate, FieldError> {
    match raw.trim() {
        "" => Err(FieldError::new("", Fault::Required)),
        text => text.parse().ok().filter(|day| is_usual(*day)).ok_or_else(|| FieldError::new("", Fault::NotADate)),
    }
}

/// Whether it is a day that every database can hold, and that sorts as text like it does in time.
pub fn is_usual(day: NaiveDate) -> bool {
    (1900..=9999).contains(&day.year())
}

/// A day or nothing: empty is nothing.
pub fn optional_day(raw: Option<&str>) -> Result<Option<NaiveDate>, FieldError> {
    raw.filter(|text| !text.trim().is_empty()).map(day).transpose()
}

/// An address in the web: `https://` or `http://`, a host with a dot, at most 200 characters. Without a
/// scheme, as people write it, it is taken for `https://`.
pub fn web_address(raw: &str) -> Result<String, FieldError> {
    let mut text = line(raw, 1, 200)?;
    if !text.contains(':') {
        text = line(&format!("https://{text}"), 1, 200)?;
    }
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    let plain = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
    if plain && !text.contains([' ', '<', '>', '"', '\'', '\\']) {
        Ok(text)
    } else {
        Err(FieldError::new("", Fault::NotAnAddress))
    }
}

/// At most `max` entries.
pub fn at_most<T>(entries: Vec<T>, max: usize) -> Result<Vec<T>, FieldError> {
    if entries.len() > max { Err(FieldError::new("", Fault::TooMany).with("max", max)) } else { Ok(entries) }
}

/// A whole number within bounds, both inclusive.
pub fn between(value: i64, min: i64, max: i64) -> Result<i64, FieldError> {
    if value < min {
        Err(FieldError::new("", Fault::TooSmall).with("min", min))
    } else if value > max {
        Err(FieldError::new("", Fault::TooLarge).with("max", max))
    } else {
        Ok(value)
    }
}

impl Faults {
    /// A draft inside a draft: its faults are noted as `field.theirs`.
    pub fn take_draft<D: Draft>(&mut self, field: &str, draft: D) -> Option<D::Parsed> {
        draft
            .parse()
            .map_err(|errors| {
                for error in errors {
                    self.push(FieldError { field: format!("{field}.{}", error.field), ..error });
                }
            })
            .ok()
    }
}

impl Faults {
    /// A patched field that cannot be emptied: nothing inside when absent; `null` is a fault.
    pub fn patch<T, U>(
        &mut self,
        field: &str,
        patch: Patch<T>,
        parse: impl FnOnce(T) -> Result<U, FieldError>,
    ) -> Option<Option<U>> {
        match patch {
            Patch::Absent => Some(None),
            Patch::Null => self.take(field, Err(FieldError::new("", Fault::Required))),
            Patch::Value(value) => self.take(field, parse(value)).map(Some),
        }
    }

    /// A patched field that can be emptied.
    pub fn optional_patch<T, U>(
        &mut self,
        field: &str,
        patch: Patch<T>,
        parse: impl FnOnce(T) -> Result<Option<U>, FieldError>,
    ) -> Option<Patch<U>> {
        match patch {
            Patch::Absent => Some(Patch::Absent),
            Patch::Null => Some(Patch::Null),
            Patch::Value(value) => self.take(field, parse(value)).map(|value| value.map_or(Patch::Null, Patch::Value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_has_a_scheme_and_a_host() {
        assert!(web_address(" https://kalyna.example/about ").is_ok());
        assert_eq!(web_address("kalyna.example/about").unwrap(), "https://kalyna.example/about");
        for wrong in [
            "kalyna",
            "javascript://kalyna.example",
            "https://",
            "https://localhost",
            "https://a@b.example",
            "https://a.b/\"x",
        ] {
            assert!(web_address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_is_there_or_missing_or_wrong() {
        assert_eq!(day("2026-02-28").unwrap().to_string(), "2026-02-28");
        assert_eq!(day(" ").unwrap_err().code, Fault::Required);
        assert_eq!(day("2026-02-29").unwrap_err().code, Fault::NotADate);
        assert_eq!(optional_day(Some("")).unwrap(), None);
    }
}
