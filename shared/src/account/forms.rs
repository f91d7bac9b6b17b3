//! What people send about their accounts.

use super::{Email, Password, Secret, TimeZone, account_name};
use crate::body::patch;
use crate::draft::{Draft, Faults};
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use serde::{Deserialize, Serialize};

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
    /// Left empty by people, who do not see it on the form: what comes with it filled in is answered as
    /// if it were done, and nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub homepage: String,
}

/// A person who wants an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    pub name: String,
    pub email: Email,
    pub password: Password,
    pub language: Lang,
    pub time_zone: TimeZone,
    /// Whether what no person sees was filled in.
    pub by_program: bool,
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
        let (language, by_program) = (self.language, !self.homepage.is_empty());
        let whole = || {
            let (name, email, password, time_zone) = (name?, email?, password?, time_zone?);
            Some(SignUp { name, email, password, language, time_zone, by_program })
        };
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
    /// Left empty by people, who do not see it on the form: what comes with it filled in is answered as
    /// if it were done, and nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub homepage: String,
}

/// A new password is asked for, or set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResetPassword {
    Ask(Email),
    /// What no person sees was filled in.
    AskByProgram,
    Set {
        token: Secret,
        password: Password,
    },
}

impl Draft for ResetPasswordDraft {
    type Parsed = ResetPassword;

    fn parse(self) -> Result<ResetPassword, Vec<FieldError>> {
        let mut faults = Faults::new();
        let whole = match self.token {
            Some(token) => faults
                .take("password", Password::parse(&self.password.unwrap_or_default()))
                .map(|password| ResetPassword::Set { token, password }),
            None => faults.take("email", Email::parse(&self.email.unwrap_or_default())).map(|email| {
                if self.homepage.is_empty() { ResetPassword::Ask(email) } else { ResetPassword::AskByProgram }
            }),
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

#[cfg(test)]
mod tests {
    use super::*;

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
