//! Dates, moments, numbers and money as the reader writes them, by the browser's own `Intl`.
//!
//! All of these read the language (and the time zone) in force, so a view that calls them follows both.

use crate::prefs;
use chrono::NaiveDate;
use js_sys::{
    Array, Date, Function,
    Intl::{DateTimeFormat, NumberFormat, RelativeTimeFormat},
    Object, Reflect,
};
use shared::{indicator::Decimal, text::Lang, time::Timestamp};
use std::{cell::RefCell, collections::HashMap, fmt::Display};
use wasm_bindgen::JsValue;

/// `23 листопада 2026`
pub fn day(day: NaiveDate) -> String {
    let options = [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
    date_text(&options, &Date::new(&day.to_string().into()))
}

/// `23 лист. 2026`, for tables.
pub fn day_short(day: NaiveDate) -> String {
    let options = [("day", "numeric"), ("month", "short"), ("year", "numeric"), ("timeZone", "UTC")];
    date_text(&options, &Date::new(&day.to_string().into()))
}

/// `лист. 2026`
pub fn month_short(day: NaiveDate) -> String {
    date_text(&[("month", "short"), ("year", "numeric"), ("timeZone", "UTC")], &Date::new(&day.to_string().into()))
}

/// `листопад 2026`
pub fn month(day: NaiveDate) -> String {
    date_text(&[("month", "long"), ("year", "numeric"), ("timeZone", "UTC")], &Date::new(&day.to_string().into()))
}

/// `23 листопада 2026, 16:20`
pub fn moment(at: Timestamp) -> String {
    let zone = prefs::time_zone();
    let mut options = vec![("dateStyle", "long"), ("timeStyle", "short")];
    if let Some(zone) = &zone {
        options.push(("timeZone", zone));
    }
    date_text(&options, &date_of(at))
}

/// `2 години тому`, `вчора`, `через 3 дні`; from a month on the date itself.
pub fn relative(at: Timestamp) -> String {
    let seconds = (date_of(at).get_time() - Date::now()) / 1000.0;
    let (amount, unit) = match seconds.abs() {
        s if s < 45.0 => (0.0, "second"),
        s if s < 2_700.0 => (seconds / 60.0, "minute"),
        s if s < 79_200.0 => (seconds / 3_600.0, "hour"),
        s if s < 2_592_000.0 => (seconds / 86_400.0, "day"),
        _ => return date_text(&[("dateStyle", "long")], &date_of(at)),
    };
    formatter(Kind::Relative, &[("numeric", "auto")], |format| {
        format.call2(&JsValue::UNDEFINED, &amount.round().into(), &unit.into())
    })
}

/// Today's date where the device is.
pub fn today() -> NaiveDate {
    day_where_the_device_is(&Date::new_0())
}

/// The last day of a term that ends at a moment, where the device is: a term until midnight has the day
/// before as its last.
pub fn last_day(until: Timestamp) -> NaiveDate {
    day_where_the_device_is(&date_of(Timestamp(until.0 - 1)))
}

fn day_where_the_device_is(moment: &Date) -> NaiveDate {
    let year = i32::try_from(moment.get_full_year()).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, moment.get_month() + 1, moment.get_date()).unwrap_or_default()
}

/// The zone of this device, by its IANA name.
pub fn device_time_zone() -> Option<String> {
    let format = DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}

/// Name and text of every time zone the browser knows; `present` is among them in any case.
pub fn time_zones(present: &str) -> Vec<(String, String)> {
    let known = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()))
        .and_then(|list| Function::from(list).call1(&JsValue::UNDEFINED, &"timeZone".into()));
    let mut zones: Vec<String> =
        known.map(|zones| Array::from(&zones).iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default();
    // Browsers still list Kyiv under its old spelling.
    zones.iter_mut().filter(|zone| *zone == "Europe/Kiev").for_each(|zone| "Europe/Kyiv".clone_into(zone));
    if !zones.iter().any(|zone| zone == present) {
        zones.push(present.to_owned());
    }
    zones.sort();
    zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect()
}

/// `1 234,5`. Takes any number, or its exact decimal text.
pub fn number(value: impl Display) -> String {
    number_text(&[("maximumFractionDigits", "9")], &value.to_string())
}

/// `91,50`: an exact decimal with all the digits it was written with.
pub fn decimal(value: Decimal) -> String {
    let digits = value.scale().to_string();
    number_text(&[("minimumFractionDigits", &digits), ("maximumFractionDigits", &digits)], &value.to_string())
}

/// `91,50 %`: an exact decimal with its unit.
pub fn amount(value: Decimal, unit: &str) -> String {
    let space = if unit == "%" && prefs::lang() == Lang::En { "" } else { "\u{a0}" };
    format!("{}{space}{unit}", decimal(value))
}

/// `84 %`, of a share between 0 and 1.
pub fn percent(share: f64) -> String {
    number_text(&[("style", "percent"), ("maximumFractionDigits", "0")], &share.to_string())
}

/// `86 400 ₴`, of whole minor units (kopiykas) and an ISO 4217 code.
pub fn money(minor: i64, currency: &str) -> String {
    let options = [("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")];
    let digits = minor_digits(currency);
    let exact = exact_decimal(minor, digits);
    let whole = exact.trim_end_matches('0').ends_with('.') || digits == 0;
    if whole {
        let mut options = options.to_vec();
        options.push(("maximumFractionDigits", "0"));
        number_text(&options, &exact)
    } else {
        number_text(&options, &exact)
    }
}

/// `8640050` at two digits is `86400.50`.
pub fn exact_decimal(minor: i64, digits: usize) -> String {
    let text = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, part) = text.split_at(text.len().saturating_sub(digits));
    let sign = if minor < 0 { "-" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// How many digits the minor unit has, by ISO 4217.
fn minor_digits(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

fn date_of(at: Timestamp) -> Date {
    Date::new(&at.to_string().into())
}

fn date_text(options: &[(&str, &str)], date: &Date) -> String {
    let text = formatter(Kind::Date, options, |format| format.call1(&JsValue::UNDEFINED, date));
    // Browsers add "р." (year) to a Ukrainian date; with the month in words it says nothing.
    text.replace("\u{a0}р.", "").replace(" р.", "").replace(" о ", ", ")
}

fn number_text(options: &[(&str, &str)], exact: &str) -> String {
    formatter(Kind::Number, options, |format| format.call1(&JsValue::UNDEFINED, &exact.into()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Date,
    Number,
    Relative,
}

type Formatters = HashMap<(Lang, Kind, String), Function>;

thread_local! {
    /// Making a formatter costs a hundred times what using it costs.
    static FORMATTERS: RefCell<Formatters> = RefCell::default();
}

/// Uses the `format` function of a formatter; what the browser refuses is shown as nothing.
fn formatter(kind: Kind, options: &[(&str, &str)], show: impl FnOnce(&Function) -> Result<JsValue, JsValue>) -> String {
    let lang = prefs::lang();
    let key = (lang, kind, format!("{options:?}"));
    let function =
        FORMATTERS.with_borrow_mut(|known| known.entry(key).or_insert_with(|| make(kind, lang, options)).clone());
    show(&function).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn make(kind: Kind, lang: Lang, options: &[(&str, &str)]) -> Function {
    let locale = Array::of1(&match lang {
        Lang::Uk => "uk-UA".into(),
        Lang::En => "en-GB".into(),
    });
    let settings = Object::new();
    for (name, value) in options {
        let _ = Reflect::set(&settings, &(*name).into(), &(*value).into());
    }
    match kind {
        Kind::Date => DateTimeFormat::new(&locale, &settings).format(),
        Kind::Number => NumberFormat::new(&locale, &settings).format(),
        Kind::Relative => {
            // Unlike the other two, this one's function is not bound to its object.
            let format = RelativeTimeFormat::new(&locale, &settings);
            Reflect::get(&format, &"format".into())
                .ok()
                .map(Function::from)
                .map(|function| function.bind0(&format))
                .unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_units_become_an_exact_decimal() {
        assert_eq!(exact_decimal(8_640_050, 2), "86400.50");
        assert_eq!(exact_decimal(-5, 2), "-0.05");
        assert_eq!(exact_decimal(1200, 0), "1200");
    }
}
