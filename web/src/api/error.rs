use shared::{
    problem::{Code, FieldError, Problem},
    text::{Key, Lang},
};

/// Why a call did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The server said no, and why.
    Problem(Box<Problem>),
    /// The server was not reached.
    Offline,
}

impl ApiError {
    /// A problem that the answer's status alone tells of, as from a proxy in between.
    pub(super) fn of_status(status: u16) -> Self {
        let code = match status {
            400 => Code::Malformed,
            401 => Code::Unauthenticated,
            403 => Code::Forbidden,
            404 => Code::NotFound,
            413 => Code::TooLarge,
            429 => Code::TooMany,
            502..=504 => Code::Unavailable,
            _ => Code::Internal,
        };
        ApiError::Problem(Box::new(Problem {
            r#type: format!("/problems/{}", code.as_str()),
            code,
            title: String::new(),
            status,
            detail: None,
            errors: Vec::new(),
            state: None,
            request_id: None,
        }))
    }

    /// There is no such thing: for an address that cannot be one.
    pub fn not_found() -> Self {
        Self::of_status(404)
    }

    /// The code; none when the server was not reached.
    pub fn code(&self) -> Option<Code> {
        match self {
            ApiError::Problem(problem) => Some(problem.code),
            ApiError::Offline => None,
        }
    }

    /// The faulty fields, if the problem is about fields.
    pub fn field_errors(&self) -> Vec<FieldError> {
        match self {
            ApiError::Problem(problem) => problem.errors.clone(),
            ApiError::Offline => Vec::new(),
        }
    }

    /// What happened, in a few words.
    pub fn title(&self, lang: Lang) -> &'static str {
        let key = match self {
            ApiError::Problem(problem) => problem.code.key(),
            ApiError::Offline => Key::UiOfflineTitle,
        };
        key.get(lang)
    }

    /// What to do about it, where there is more to say. The server says it in the language of the call.
    pub fn detail(&self, lang: Lang) -> Option<String> {
        match self {
            ApiError::Problem(problem) if problem.code == Code::Internal => {
                let id = problem.request_id.as_deref()?;
                Some(Key::UiBrokenDetail.with(lang, &[("id", id)]))
            }
            ApiError::Problem(problem) => problem.detail.clone(),
            ApiError::Offline => Some(Key::UiOfflineDetail.get(lang).to_owned()),
        }
    }

    /// Both in one line, for a toast.
    pub fn sentence(&self, lang: Lang) -> String {
        match self.detail(lang) {
            Some(detail) => format!("{}. {detail}", self.title(lang)),
            None => self.title(lang).to_owned(),
        }
    }
}
