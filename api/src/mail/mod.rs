//! Mails: written in the reader's language when something happens, sent by a job.
//!
//! Texts of a feature's mails are in `shared/src/text/*/mail_<feature>.toml`: `<name>.subject`,
//! `<name>.body` (paragraphs with a blank line between them) and `<name>.button`.

mod compose;
pub mod demo;
pub mod folder;
mod mailer;

#[cfg(test)]
mod tests;

pub use mailer::Mailer;

use crate::{
    db::Write,
    http::error::Result,
    jobs::{self, Job},
};
use serde::{Deserialize, Serialize};
use shared::text::{Key, Lang};

/// A mail before it is put into somebody's language.
#[derive(Debug, Clone)]
pub struct Mail {
    subject: Key,
    body: Key,
    arguments: Vec<(String, String)>,
    button: Option<(Key, String)>,
    unsubscribe: Option<String>,
}

impl Mail {
    /// Subject and body share the arguments, which stand in braces in both.
    pub fn new(subject: Key, body: Key, arguments: &[(&str, &str)]) -> Self {
        Self {
            subject,
            body,
            arguments: arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            button: None,
            unsubscribe: None,
        }
    }

    /// The one thing to do about it; `link` is an absolute address ([`crate::config::Config::link`]).
    pub fn button(mut self, label: Key, link: impl Into<String>) -> Self {
        self.button = Some((label, link.into()));
        self
    }

    /// For mails that somebody follows by choice: an absolute address whose POST ends them (RFC 8058).
    pub fn unsubscribe(mut self, link: impl Into<String>) -> Self {
        self.unsubscribe = Some(link.into());
        self
    }

    fn letter(&self, to: &str, lang: Lang) -> Letter {
        let arguments: Vec<(&str, &str)> =
            self.arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Letter {
            to: to.to_owned(),
            lang,
            subject: self.subject.with(lang, &arguments),
            body: self.body.with(lang, &arguments),
            button: self
                .button
                .as_ref()
                .map(|(label, link)| Button { label: label.with(lang, &arguments), link: link.clone() }),
            unsubscribe: self.unsubscribe.clone(),
        }
    }
}

/// Puts a mail to one address into the table of jobs; it goes when the transaction commits.
pub async fn put(tx: &Write<'_>, to: &str, lang: Lang, mail: &Mail) -> Result<()> {
    jobs::put(tx, Job::SendMail(mail.letter(to, lang))).await
}

/// A mail in its reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub lang: Lang,
    pub subject: String,
    /// Paragraphs with a blank line between them.
    pub body: String,
    pub button: Option<Button>,
    /// An absolute address whose POST ends mails of this kind.
    pub unsubscribe: Option<String>,
}

/// What a mail asks its reader to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub label: String,
    pub link: String,
}
