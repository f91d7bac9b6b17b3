//! Exact decimals, never floating point.

use crate::problem::{Fault, FieldError};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;

/// An exact decimal: a whole number of `10^-scale`, with 0 to 9 digits after the point. A string
/// in JSON (`"-12.50"`), so that no reader rounds it; the digits after the point are kept as
/// written, since they tell how exactly it was measured.
#[derive(Debug, Clone, Copy, Eq)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// The most digits after the point.
    pub const MOST_DIGITS: u8 = 9;
    /// The greatest mantissa either way: 15 digits, so that every sum here stays within range.
    pub const MOST: i64 = 999_999_999_999_999;

    /// `mantissa` × 10^-`scale`, when both are within bounds.
    pub fn new(mantissa: i64, scale: u8) -> Option<Decimal> {
        let fits = scale <= Self::MOST_DIGITS && (-Self::MOST..=Self::MOST).contains(&mantissa);
        fits.then_some(Decimal { mantissa, scale })
    }

    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// A number as people write it: a point or a comma, spaces between the thousands, `-` or `−`.
    pub fn parse(raw: &str) -> Result<Decimal, FieldError> {
        let fault = |code| Err(FieldError::new("", code));
        let text: String = raw
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
            .map(|c| match c {
                ',' => '.',
                '−' => '-',
                other => other,
            })
            .collect();
        if text.is_empty() {
            return fault(Fault::Required);
        }
        let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !numeric(whole) || !numeric(part) || (part.is_empty() && digits.contains('.')) {
            return fault(Fault::NotANumber);
        }
        let scale = u8::try_from(part.len()).unwrap_or(u8::MAX);
        if scale > Self::MOST_DIGITS {
            return Err(FieldError::new("", Fault::TooLong).with("max", Self::MOST_DIGITS));
        }
        // Too many digits for the mantissa is all that can fail here.
        format!("{whole}{part}")
            .parse::<i64>()
            .ok()
            .and_then(|mantissa| Decimal::new(sign * mantissa, scale))
            .map_or_else(|| fault(Fault::TooLarge), Ok)
    }

    /// The mantissa at nine digits after the point, where all decimals compare.
    pub fn nanos(self) -> i128 {
        i128::from(self.mantissa) * 10_i128.pow(u32::from(Self::MOST_DIGITS.saturating_sub(self.scale)))
    }

    /// How much more this is than `other`, at the finer of both precisions; nothing when it does
    /// not fit.
    pub fn minus(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let unit = 10_i128.pow(u32::from(Self::MOST_DIGITS.saturating_sub(scale)));
        let mantissa = (self.nanos() - other.nanos()) / unit;
        i64::try_from(mantissa).ok().and_then(|mantissa| Decimal::new(mantissa, scale))
    }

    /// The number with a decimal comma or point, and spaces between the thousands, for people.
    pub fn for_people(self, comma: bool) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let mut out = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push('\u{a0}');
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push(if comma { ',' } else { '.' });
            out.push_str(part);
        }
        out
    }

    /// The share of the way from `from` to `to` that this has come, in whole percent, rounded
    /// toward zero; below 0 and above 100 are possible. Nothing when there is no way to go.
    pub fn percent_of_way(self, from: Decimal, to: Decimal) -> Option<i64> {
        let way = to.nanos() - from.nanos();
        if way == 0 {
            return None;
        }
        i64::try_from((self.nanos() - from.nanos()) * 100 / way).ok()
    }
}

/// Equal in value: `1.5` is `1.50`.
impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.nanos() == other.nanos()
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos().cmp(&other.nanos())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        if part.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{part}") }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Decimal::parse(&text).map_err(|error| de::Error::custom(error.code.as_str()))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Decimal {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^-?[0-9]+(\.[0-9]{1,9})?$"))
            .description(Some("An exact decimal"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Decimal {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(decimal(" 1 234,50 ").to_string(), "1234.50");
        assert_eq!(decimal("−0.05").to_string(), "-0.05");
        assert_eq!(decimal("1234567.5").for_people(true), "1\u{a0}234\u{a0}567,5");
        for wrong in ["", "1.", ".5", "1e3", "--1", "1.2.3", "1,2,3", "NaN", "1.0000000000", "9999999999999999"] {
            assert!(Decimal::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_difference_keeps_the_finer_precision() {
        assert_eq!(decimal("1.5").minus(decimal("0.25")).unwrap().to_string(), "1.25");
        assert_eq!(decimal("91").percent_of_way(decimal("82"), decimal("100")), Some(50));
        assert_eq!(decimal("1.50"), decimal("1.5"));
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-Decimal::MOST..=Decimal::MOST, 0..=Decimal::MOST_DIGITS)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).unwrap())
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(one in any_decimal()) {
            let read = decimal(&one.to_string());
            let people = decimal(&one.for_people(true));

            prop_assert_eq!((read.mantissa(), read.scale()), (one.mantissa(), one.scale()));
            prop_assert_eq!((people.mantissa(), people.scale()), (one.mantissa(), one.scale()));
        }

        #[test]
        fn differences_undo_and_tell_the_order(left in any_decimal(), right in any_decimal()) {
            if let Some(difference) = left.minus(right) {
                prop_assert_eq!(difference.cmp(&Decimal::new(0, 0).unwrap()), left.cmp(&right));
                if let Some(back) = left.minus(difference) {
                    prop_assert_eq!(back, right);
                }
            }
        }
    }
}
