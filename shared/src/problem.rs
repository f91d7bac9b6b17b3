//! The only error body there is: RFC 9457 problem details with a closed code.

use crate::{text::Key, words::UnknownWord};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::collections::BTreeMap;

macro_rules! codes {
    ($(#[$outer:meta])* $name:ident in $before:literal $after:literal { $($(#[$doc:meta])* $variant:ident = $text:tt $(, $status:literal)?;)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every code, in the order of declaration.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The code as it travels; also its key in the catalogue of texts.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The key of its text.
            pub fn key(self) -> Key {
                match self { $($name::$variant => const { Key::known(concat!($before, $text, $after)) }),+ }
            }

            codes!(@status $($variant $($status)?),+);
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                let found = $name::ALL.iter().copied().find(|one| one.as_str() == word);
                found.ok_or_else(|| D::Error::custom(UnknownWord(word)))
            }
        }
    };
    (@status $($variant:ident $status:literal),+) => {
        /// The HTTP status that goes with the code.
        pub const fn status(self) -> u16 {
            match self { $(Self::$variant => $status),+ }
        }
    };
    (@status $($variant:ident),+) => {};
}

codes! {
    /// What went wrong with a request. Clients branch on it, so a code is never renamed.
    Code in "problem." ".title" {
        /// The body, path or query has not the expected shape.
        Malformed = "malformed", 400;
        /// Nobody is signed in, or the sign-in has run out.
        Unauthenticated = "unauthenticated", 401;
        /// E-mail and password do not fit together.
        WrongCredentials = "wrong_credentials", 401;
        /// The caller may not do this.
        Forbidden = "forbidden", 403;
        /// The request came from another site.
        CrossSite = "cross_site", 403;
        /// There is no such thing, or the caller may not see it.
        NotFound = "not_found", 404;
        /// The address is there, the method is not.
        MethodNotAllowed = "method_not_allowed", 405;
        /// The thing is in a state that does not allow this.
        Conflict = "conflict", 409;
        /// The same request with the same key is still being carried out.
        InProgress = "in_progress", 409;
        /// The cursor is of a list that has changed its shape.
        CursorExpired = "cursor_expired", 410;
        /// The mailed link was used, or is too old.
        LinkExpired = "link_expired", 410;
        /// The thing has changed since the caller read it.
        Changed = "changed", 412;
        /// The body or file is too large.
        TooLarge = "too_large", 413;
        /// The body or file is of a kind that is not accepted.
        UnsupportedMedia = "unsupported_media", 415;
        /// One or more fields are not acceptable.
        Invalid = "invalid", 422;
        /// The action needs an organisation to act for.
        ActingForRequired = "acting_for_required", 422;
        /// The key was used for another request.
        KeyReused = "key_reused", 422;
        /// `If-Match` is needed here.
        VersionRequired = "version_required", 428;
        /// Too many requests.
        TooMany = "too_many", 429;
        /// Something broke on our side.
        Internal = "internal", 500;
        /// Too busy, or the database is away.
        Unavailable = "unavailable", 503;
    }
}

codes! {
    /// What is wrong with one field.
    Fault in "field." "" {
        /// Nothing was given where something is needed.
        Required = "required";
        /// Shorter than `min` characters.
        TooShort = "too_short";
        /// Longer than `max` characters.
        TooLong = "too_long";
        /// Smaller than `min`.
        TooSmall = "too_small";
        /// Larger than `max`.
        TooLarge = "too_large";
        /// More than `max` entries.
        TooMany = "too_many";
        /// Not an e-mail address.
        NotAnEmail = "not_an_email";
        /// Not an address in the web.
        NotAnAddress = "not_an_address";
        /// Not a day, a moment, or a time zone.
        NotADate = "not_a_date";
        /// Not a number.
        NotANumber = "not_a_number";
        /// Not one of the possible values.
        Unknown = "unknown";
        /// Somebody else has it.
        Taken = "taken";
        /// Too easy to guess.
        TooCommon = "too_common";
        /// Lies in the past and may not.
        InThePast = "in_the_past";
        /// Lies in the future and may not.
        InTheFuture = "in_the_future";
        /// Comes before what it has to follow.
        BeforeStart = "before_start";
        /// Has characters that are not allowed here.
        BadCharacters = "bad_characters";
        /// Does not fit the other fields.
        DoesNotFit = "does_not_fit";
        /// The password is not the right one.
        WrongPassword = "wrong_password";
    }
}

/// One faulty field: its path (`title`, `photos.2`), what is wrong, and the figures for the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    pub field: String,
    pub code: Fault,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: Fault) -> Self {
        Self { field: field.into(), code, params: BTreeMap::new() }
    }

    /// Adds a figure that the text names, such as `max`.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// An `application/problem+json` body (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<code>`
    pub r#type: String,
    pub code: Code,
    /// What happened, in the caller's language.
    pub title: String,
    pub status: u16,
    /// What to do about it, in the caller's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Every faulty field at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The present state of the thing, where a conflict is about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Names the request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
