//! What a page says.

use crate::http::{error::Error, html::escape};
use actix_web::http::StatusCode;
use shared::{
    routes::Page,
    text::{Key, Lang},
};

/// What a page says to everybody: nothing private, nothing hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub status: StatusCode,
    /// Without the app's name.
    pub title: String,
    /// One or two sentences, for search results and link previews.
    pub description: String,
    /// The main text as plain semantic HTML, from its first heading on, every value in it escaped.
    pub html: String,
}

impl Content {
    /// A page with its main text.
    pub fn new(title: impl Into<String>, description: impl Into<String>, html: String) -> Self {
        Self { status: StatusCode::OK, title: title.into(), description: description.into(), html }
    }

    /// A page that shows nothing before the app has drawn it.
    pub fn plain(lang: Lang, page: &Page) -> Self {
        Self::new(page.title().get(lang), Key::ShellFootAbout.get(lang), String::new())
    }

    /// What is said when there is no such page, or it cannot be shown.
    pub fn failed(lang: Lang, error: &Error) -> Self {
        if let Error::Internal(error) = error {
            tracing::error!(error = format!("{error:#}"), "a page failed");
        }
        let code = error.code();
        let title =
            Key::named(&format!("problem.{}.title", code.as_str())).map(|key| key.get(lang)).unwrap_or_default();
        Self {
            status: StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            title: title.to_owned(),
            description: Key::ShellFootAbout.get(lang).to_owned(),
            html: format!("<h1>{}</h1><p><a href=\"/\">{}</a></p>", escape(title), Key::ShellHome.get(lang)),
        }
    }
}
