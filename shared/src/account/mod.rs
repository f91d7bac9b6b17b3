//! Accounts of people: signing up and in, one's own settings and sessions.

mod forms;

pub use forms::*;

use crate::body::query;
use crate::community::CommunityRole;
use crate::draft::line;
use crate::ids::{AccountId, SessionId};
use crate::names::{CommunityLink, OrganisationLink};
use crate::organisation::MemberRole;
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An e-mail address in lower case: one `@`, something before it, a host with a dot after it.
///
/// Whether it exists is found out by writing to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    pub fn parse(raw: &str) -> Result<Email, FieldError> {
        let text = raw.trim().to_lowercase();
        if text.is_empty() {
            return Err(FieldError::new("", Fault::Required));
        }
        let (local, host) = text.rsplit_once('@').unwrap_or_default();
        let local_fits = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let labels_fit = host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
        if local_fits && labels_fit && host.contains('.') && text.len() <= 254 {
            Ok(Email(text))
        } else {
            Err(FieldError::new("", Fault::NotAnEmail))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Logs must not carry addresses.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// A text that is never logged: a password or a token as it was sent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A password somebody chose: 8 to 128 characters, kept as typed. That it is none of the common
/// ones is checked by the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub fn parse(raw: &Secret) -> Result<Password, FieldError> {
        match raw.0.chars().count() {
            0 => Err(FieldError::new("", Fault::Required)),
            1..8 => Err(FieldError::new("", Fault::TooShort).with("min", 8)),
            8..=128 => Ok(Password(raw.0.clone())),
            _ => Err(FieldError::new("", Fault::TooLong).with("max", 128)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A person's name as others read it: a line of 1 to 80 characters.
pub fn account_name(raw: &str) -> Result<String, FieldError> {
    line(raw, 1, 80)
}

/// An IANA time zone such as `Europe/Kyiv`. That there is one of this name is checked by the
/// server, which alone carries their table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    pub fn parse(raw: &str) -> Result<TimeZone, FieldError> {
        let text = line(raw, 1, 60)?;
        if text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b)) {
            Ok(TimeZone(text))
        } else {
            Err(FieldError::new("", Fault::Unknown))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for TimeZone {
    fn default() -> Self {
        Self("Europe/Kyiv".to_owned())
    }
}
/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub id: AccountId,
    pub name: String,
    pub email: Email,
    pub language: Lang,
    pub time_zone: TimeZone,
    /// Whether signing in by password is possible.
    pub has_password: bool,
    pub main_coordinator: bool,
    /// One entry for each role in each community.
    pub communities: Vec<RoleInCommunity>,
    pub organisations: Vec<RoleInOrganisation>,
    /// Counts the changes of the account's own fields; `If-Match` is about it.
    pub version: i64,
}

/// A role of one's own in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleInCommunity {
    pub community: CommunityLink,
    pub role: CommunityRole,
}

/// A role of one's own in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleInOrganisation {
    pub organisation: OrganisationLink,
    pub role: MemberRole,
}

/// What signing in answers, beside the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The bearer token, to be kept in memory only.
    pub access_token: Secret,
    /// How long the token holds, in seconds.
    pub expires_in: u32,
    pub account: Me,
}

/// A signed-in browser or program of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// What it called itself, such as `Firefox, Android`.
    pub device: Option<String>,
    /// Whether this very request came from it.
    pub current: bool,
}

query! {
    /// `GET /me/sessions`
    ListMySessions {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(Email::parse(" Olena@UKR.net ").unwrap().as_str(), "olena@ukr.net");
        assert!(Email::parse("o'neil+tag@mail.example.org").is_ok());
        assert!(Email::parse("пошта@приклад.укр").is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "olena",
            "@ukr.net",
            "olena@",
            "olena@ukr",
            "a b@ukr.net",
            "a@b@ukr..net",
            ".a@ukr.net",
            "a@-ukr.net",
            "a@ukr.net\nBcc: x@y.z",
        ] {
            assert_eq!(Email::parse(wrong).unwrap_err().code, Fault::NotAnEmail, "{wrong}");
        }
    }
}
