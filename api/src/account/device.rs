//! What a browser calls itself, shortened to what its owner recognises.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use std::{
    convert::Infallible,
    future::{Ready, ready},
};

/// Such as `Firefox, Android`; empty when the request does not say.
#[derive(Debug)]
pub(crate) struct Device(pub(crate) String);

/// The first that is found is the one: later ones also stand in the words of earlier ones.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Device {
    fn of(user_agent: &str) -> Self {
        let found = |names: &[(&str, &'static str)]| {
            names.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
        };
        Self(match (found(BROWSERS), found(SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser}, {system}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => user_agent.split(['/', ' ']).next().unwrap_or_default().chars().take(40).collect(),
        })
    }
}

impl FromRequest for Device {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let said = req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        ready(Ok(Self::of(said.unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_its_own_name() {
        let of = |text| Device::of(text).0;

        assert_eq!(of("Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"), "Firefox, Android");
        assert_eq!(
            of(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
            ),
            "Edge, Windows"
        );
        assert_eq!(
            of(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone"
        );
        assert_eq!(of("curl/8.9.1"), "curl");
        assert_eq!(of(""), "");
    }
}
