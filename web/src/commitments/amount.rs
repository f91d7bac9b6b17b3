use crate::{prefs, ui::intl};
use shared::{
    commitment::{CommitmentKind, CommitmentSummary, Currency},
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

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn a_typed_decimal_becomes_whole_minor_units() {
        assert_eq!(minor("1 234,5", 2), Some(123_450));
        assert_eq!(minor("38000", 2), Some(3_800_000));
        assert_eq!(minor("12.05", 2), Some(1_205));
        assert_eq!(minor("64", 0), Some(64));
    }

    #[test]
    fn what_is_no_number_or_too_exact_is_nothing() {
        for wrong in ["", "багато", "-5", "1,234", ",5", "1,2,3"] {
            assert_eq!(minor(wrong, 2), None, "{wrong}");
        }
        assert_eq!(minor("1,5", 0), None);
    }
}
