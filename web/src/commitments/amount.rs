use crate::{prefs, ui::intl};
use shared::{
    commitment::{CommitmentKind, CommitmentSummary, Currency},
    problem::FieldError,
    text::Key,
    words::Word,
};

/// How much of what: `64 години`, `38 000 ₴`, `2 т`, or the kind alone where there is nothing to count.
pub(super) fn amount(kind: CommitmentKind, n: i64, currency: Option<&Currency>, unit: Option<&str>) -> String {
    let lang = prefs::lang();
    let counted = |key: Key| key.count(lang, n.unsigned_abs(), &[]);
    match (kind, currency, unit) {
        (CommitmentKind::Money, Some(currency), _) => intl::money(n, currency.as_str()),
        (CommitmentKind::Hours, ..) => counted(Key::DomainAmountHours),
        (CommitmentKind::People, ..) => counted(Key::DomainAmountPeople),
        (_, _, Some(unit)) => format!("{} {unit}", intl::number(n)),
        _ if n == 1 => kind.text(lang).to_owned(),
        _ => format!("{} × {}", intl::number(n), kind.text(lang)),
    }
}

/// What came of a contribution, or what was promised as long as nothing came.
pub(crate) fn much_of(one: &CommitmentSummary) -> String {
    amount(one.kind, one.delivered.unwrap_or(one.planned), one.currency.as_ref(), one.unit.as_deref())
}

/// A decimal as people type it (`1 234,50`) in whole units of its last digit; nothing when it is no
/// number, or is more exact than that.
pub(super) fn minor(typed: &str, digits: u32) -> Option<i64> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let digits = usize::try_from(digits).ok()?;
    let numeric = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > digits || !numeric(whole) || !numeric(part) {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

/// Faults of an amount as it was typed: their limits are counted in minor units.
pub(super) fn as_typed(mut faults: Vec<FieldError>, digits: u32) -> Vec<FieldError> {
    let digits = usize::try_from(digits).unwrap_or_default();
    for limit in faults.iter_mut().filter(|fault| fault.field == "amount").flat_map(|fault| fault.params.values_mut()) {
        if let Ok(minor) = limit.parse() {
            *limit = intl::exact_decimal(minor, digits);
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{as_typed, minor};
    use shared::problem::{Fault, FieldError};

    #[test]
    fn a_typed_decimal_becomes_whole_minor_units() {
        assert_eq!(minor("1 234,5", 2), Some(123_450));
        assert_eq!(minor("38000", 2), Some(3_800_000));
        assert_eq!(minor("12.05", 2), Some(1_205));
        assert_eq!(minor("64", 0), Some(64));
    }

    #[test]
    fn limits_are_told_in_the_units_that_were_typed() {
        let limit = |fault: FieldError, digits| as_typed(vec![fault], digits)[0].params["max"].clone();
        let of = |field| FieldError::new(field, Fault::TooLarge).with("max", 1_000_000_000_000_i64);

        assert_eq!(limit(of("amount"), 2), "10000000000.00");
        assert_eq!(limit(of("amount"), 0), "1000000000000");
        assert_eq!(limit(of("words"), 2), "1000000000000");
    }

    #[test]
    fn what_is_no_number_or_too_exact_is_nothing() {
        for wrong in ["", "багато", "-5", "1,234", ",5", "1,2,3"] {
            assert_eq!(minor(wrong, 2), None, "{wrong}");
        }
        assert_eq!(minor("1,5", 0), None);
    }
}
