//! Accounts of people: signing up and in, one's own settings and sessions.

use crate::body::patch;
use crate::community::CommunityRole;
use crate::draft::{Draft, Faults, line};
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

/// `POST /accounts`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUpDraft {
    pub name: String,
    pub email: String,
    pub password: Secret,
    #[serde(default)]
    pub language: Lang,
    /// IANA name; Kyiv's when absent.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// A person who wants an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    pub name: String,
    pub email: Email,
    pub password: Password,
    pub language: Lang,
    pub time_zone: TimeZone,
}

impl Draft for SignUpDraft {
    type Parsed = SignUp;

    fn parse(self) -> Result<SignUp, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.take("name", account_name(&self.name));
        let email = faults.take("email", Email::parse(&self.email));
        let password = faults.take("password", Password::parse(&self.password));
        let time_zone =
            faults.take("time_zone", self.time_zone.as_deref().map_or(Ok(TimeZone::default()), TimeZone::parse));
        let language = self.language;
        let whole =
            || Some(SignUp { name: name?, email: email?, password: password?, language, time_zone: time_zone? });
        faults.finish(whole())
    }
}

/// `POST /sessions`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInDraft {
    pub email: String,
    pub password: Secret,
}

/// An address and the password typed for it, which need not be one that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub email: Email,
    pub password: Secret,
}

impl Draft for SignInDraft {
    type Parsed = SignIn;

    fn parse(self) -> Result<SignIn, Vec<FieldError>> {
        let mut faults = Faults::new();
        let email = faults.take("email", Email::parse(&self.email));
        let typed =
            if self.password.0.is_empty() { Err(FieldError::new("", Fault::Required)) } else { Ok(self.password) };
        let password = faults.take("password", typed);
        let whole = || Some(SignIn { email: email?, password: password? });
        faults.finish(whole())
    }
}

/// The token of a mailed link: `POST /accounts/confirm`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenDraft {
    pub token: Secret,
}

impl Draft for TokenDraft {
    type Parsed = Secret;

    fn parse(self) -> Result<Secret, Vec<FieldError>> {
        if self.token.0.is_empty() { Err(vec![FieldError::new("token", Fault::Required)]) } else { Ok(self.token) }
    }
}

/// `POST /sessions/link`: with an address, asks for a link by mail; with a token, uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInLinkDraft {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
}

/// A mailed link is asked for, or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInLink {
    Ask(Email),
    Use(Secret),
}

impl Draft for SignInLinkDraft {
    type Parsed = SignInLink;

    fn parse(self) -> Result<SignInLink, Vec<FieldError>> {
        match (self.email, self.token) {
            (_, Some(token)) => Ok(SignInLink::Use(token)),
            (email, None) => {
                let mut faults = Faults::new();
                let email = faults.take("email", Email::parse(&email.unwrap_or_default()));
                faults.finish(email.map(SignInLink::Ask))
            }
        }
    }
}

/// `POST /accounts/reset`: with an address, asks for a link by mail; with its token, sets a password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordDraft {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

/// A new password is asked for, or set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResetPassword {
    Ask(Email),
    Set { token: Secret, password: Password },
}

impl Draft for ResetPasswordDraft {
    type Parsed = ResetPassword;

    fn parse(self) -> Result<ResetPassword, Vec<FieldError>> {
        let mut faults = Faults::new();
        let whole = match self.token {
            Some(token) => faults
                .take("password", Password::parse(&self.password.unwrap_or_default()))
                .map(|password| ResetPassword::Set { token, password }),
            None => faults.take("email", Email::parse(&self.email.unwrap_or_default())).map(ResetPassword::Ask),
        };
        faults.finish(whole)
    }
}

/// Another address for the account, which takes the present password: `POST /me/email`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmailDraft {
    pub email: String,
    pub password: Secret,
}

impl Draft for ChangeEmailDraft {
    type Parsed = SignIn;

    fn parse(self) -> Result<SignIn, Vec<FieldError>> {
        SignInDraft { email: self.email, password: self.password }.parse()
    }
}

/// Another password: `POST /me/password`. An account that has none yet leaves `current` out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordDraft {
    #[serde(default)]
    pub current: Option<Secret>,
    pub password: Secret,
}

/// The present password, if any, and the one to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePassword {
    pub current: Option<Secret>,
    pub password: Password,
}

impl Draft for ChangePasswordDraft {
    type Parsed = ChangePassword;

    fn parse(self) -> Result<ChangePassword, Vec<FieldError>> {
        let mut faults = Faults::new();
        let password = faults.take("password", Password::parse(&self.password));
        let current = self.current;
        faults.finish(password.map(|password| ChangePassword { current, password }))
    }
}

patch! {
    /// `PATCH /me`
    UpdateMeDraft {
        name: String,
        language: Lang,
        time_zone: String,
    }
}

/// What changes of one's own settings; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateMe {
    pub name: Option<String>,
    pub language: Option<Lang>,
    pub time_zone: Option<TimeZone>,
}

impl Draft for UpdateMeDraft {
    type Parsed = UpdateMe;

    fn parse(self) -> Result<UpdateMe, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.patch("name", self.name, |name| account_name(&name));
        let language = faults.patch("language", self.language, Ok);
        let time_zone = faults.patch("time_zone", self.time_zone, |name| TimeZone::parse(&name));
        let whole = || Some(UpdateMe { name: name?, language: language?, time_zone: time_zone? });
        faults.finish(whole())
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

    #[test]
    fn a_sign_up_tells_all_its_faults_at_once() {
        let draft = SignUpDraft {
            email: "olena".into(),
            password: Secret("короткий".chars().take(7).collect()),
            ..SignUpDraft::default()
        };

        let fields: Vec<_> = draft.parse().unwrap_err().into_iter().map(|error| (error.field, error.code)).collect();

        let expected = [("name", Fault::Required), ("email", Fault::NotAnEmail), ("password", Fault::TooShort)];
        assert_eq!(fields, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn secrets_are_not_printed() {
        let draft = SignInDraft { email: "olena@ukr.net".into(), password: Secret("secret".into()) };

        assert!(!format!("{:?}", draft.parse().unwrap()).contains("secret"));
        assert!(!format!("{:?}", Email::parse("olena@ukr.net").unwrap()).contains("olena"));
    }

    #[test]
    fn a_patch_changes_only_what_it_names() {
        let draft: UpdateMeDraft = serde_json::from_str(r#"{"language":"en"}"#).unwrap();
        let emptied: UpdateMeDraft = serde_json::from_str(r#"{"name":null}"#).unwrap();

        assert_eq!(draft.parse().unwrap(), UpdateMe { language: Some(Lang::En), ..UpdateMe::default() });
        assert_eq!(emptied.parse().unwrap_err(), [FieldError::new("name", Fault::Required)]);
    }
}
