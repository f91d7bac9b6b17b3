//! What a handler can fail with, and how it leaves the server.

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use sea_orm::{DbErr, SqlErr};
use shared::{
    problem::{Code, Fault, FieldError, Problem},
    text::{Key, Lang},
    transition::Transition,
    words::Word,
};
use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a handler can fail with.
#[derive(Debug)]
pub enum Error {
    /// The caller is told what is wrong.
    Problem(Box<Failure>),
    /// Not a failure: the answer that the same request got before.
    Replay(Box<crate::http::idempotency::Stored>),
    /// The rules refuse a transition.
    Refused(Transition),
    /// Logged once, shown as a bare 500 with the request's id.
    Internal(anyhow::Error),
}

/// A problem before it is put into the caller's language.
#[derive(Debug, Clone)]
pub struct Failure {
    pub code: Code,
    pub errors: Vec<FieldError>,
    /// The present state of the thing, where the conflict is about it.
    pub state: Option<String>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// For developers: what could not be read. Never a text of ours for people.
    pub detail: Option<String>,
}

impl Error {
    /// A problem that its code says all about.
    pub fn of(code: Code) -> Self {
        Self::Problem(Box::new(Failure { code, errors: Vec::new(), state: None, retry_after: None, detail: None }))
    }

    /// One faulty field.
    pub fn field(field: &str, fault: Fault) -> Self {
        vec![FieldError::new(field, fault)].into()
    }

    /// A conflict with the state the thing is in.
    pub fn conflict(state: impl Into<String>) -> Self {
        Self::Problem(Box::new(Failure {
            code: Code::Conflict,
            errors: Vec::new(),
            state: Some(state.into()),
            retry_after: None,
            detail: None,
        }))
    }

    /// Refused for `seconds`, for being too many or too busy.
    pub fn retry(code: Code, seconds: u64) -> Self {
        Self::Problem(Box::new(Failure {
            code,
            errors: Vec::new(),
            state: None,
            retry_after: Some(seconds),
            detail: None,
        }))
    }

    /// Not the expected shape; `detail` says to a developer what could not be read.
    pub fn malformed(detail: impl fmt::Display) -> Self {
        Self::Problem(Box::new(Failure {
            code: Code::Malformed,
            errors: Vec::new(),
            state: None,
            retry_after: None,
            detail: Some(detail.to_string()),
        }))
    }

    /// The code of a problem; [`Code::Internal`] for what broke.
    pub fn code(&self) -> Code {
        match self {
            Error::Problem(failure) => failure.code,
            Error::Refused(transition) => transition.code(),
            Error::Replay(_) | Error::Internal(_) => Code::Internal,
        }
    }

    /// The answer, in the caller's language.
    pub fn respond(&self, lang: Lang, request_id: &str) -> HttpResponse {
        let failure = match self {
            Error::Replay(stored) => return stored.respond(),
            Error::Problem(failure) => failure.as_ref().clone(),
            Error::Refused(Transition { state, why }) => Failure {
                code: self.code(),
                errors: Vec::new(),
                state: Some((*state).to_owned()),
                retry_after: None,
                detail: Some(why.text(lang).to_owned()),
            },
            Error::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                Failure { code: Code::Internal, errors: Vec::new(), state: None, retry_after: None, detail: None }
            }
        };
        let code = failure.code;
        let mut response =
            HttpResponseBuilder::new(StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let Some(seconds) = failure.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if code == Code::Unauthenticated {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        response.insert_header((header::CACHE_CONTROL, "no-store")).content_type("application/problem+json").json(
            Problem {
                r#type: format!("/problems/{}", code.as_str()),
                code,
                title: Key::named(&format!("problem.{}.title", code.as_str()))
                    .map(|key| key.get(lang))
                    .unwrap_or_default()
                    .to_owned(),
                status: code.status(),
                detail: failure.detail,
                errors: failure.errors,
                state: failure.state,
                request_id: Some(request_id.to_owned()),
            },
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Problem(failure) => write!(f, "{} {:?}", failure.code.as_str(), failure.errors),
            Error::Refused(transition) => transition.fmt(f),
            Error::Replay(_) => f.write_str("replayed"),
            Error::Internal(error) => write!(f, "{error:#}"),
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The context middleware answers in the caller's language; this is for what lies outside it.
    fn error_response(&self) -> HttpResponse {
        self.respond(Lang::default(), "")
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<Error>() {
            Ok(error) => error,
            Err(error) => Self::Internal(error),
        }
    }
}

impl std::error::Error for Error {}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::ConnectionAcquire(_)) || is_busy(&error) {
            return Self::retry(Code::Unavailable, 1);
        }
        Self::Internal(anyhow::Error::new(error).context("ask the database"))
    }
}

impl From<Transition> for Error {
    fn from(refused: Transition) -> Self {
        Self::Refused(refused)
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Problem(Box::new(Failure { code: Code::Invalid, errors, state: None, retry_after: None, detail: None }))
    }
}

/// SQLite's writer or a PostgreSQL lock was not to be had in time.
fn is_busy(error: &DbErr) -> bool {
    let text = error.to_string();
    text.contains("database is locked") || text.contains("lock timeout") || text.contains("deadlock detected")
}

/// Turns a unique violation into the fault of a field, at the call site.
pub trait OnUnique<T> {
    /// `column` of `table` is unique by an index named `<table>_<column>_key`.
    fn on_unique(self, table: &str, column: &str, fault: impl FnOnce() -> Error) -> Result<T>;
}

impl<T> OnUnique<T> for std::result::Result<T, DbErr> {
    fn on_unique(self, table: &str, column: &str, fault: impl FnOnce() -> Error) -> Result<T> {
        self.map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message))
                if message.contains(&format!("{table}_{column}_key"))
                    || message.contains(&format!("{table}.{column}")) =>
            {
                fault()
            }
            _ => error.into(),
        })
    }
}
