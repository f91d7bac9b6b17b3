//! From a letter to a message: HTML and plain text, with headers.

use crate::{http::html::escape, mail::Letter};
use anyhow::{Context, Result};
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use shared::{text::Key, time::Timestamp};
use uuid::Uuid;

/// Who sends, and from which site.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    pub(super) from: Mailbox,
    /// The site's address, for the footer.
    pub(super) site: String,
    /// The site's host, for message ids.
    pub(super) host: String,
}

/// The message of a letter. `id` and `at` make it the same at every attempt, so that a reader's
/// mailbox can tell a repetition.
pub(super) fn message(sender: &Sender, letter: &Letter, id: Uuid, at: Timestamp) -> Result<Message> {
    // The faulty address stays out of the error.
    let to = letter.to.parse().ok().context("read the address")?;
    let mut builder = Message::builder()
        .from(sender.from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.replace(char::is_control, " "))
        .message_id(Some(format!("<{id}@{}>", sender.host)))
        .date(at.to_utc().into())
        .raw_header(header("Content-Language", letter.lang.tag()))
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(link) = &letter.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{link}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(text(sender, letter), html(sender, letter)))
        .context("put the message together")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn text(sender: &Sender, letter: &Letter) -> String {
    let mut parts = vec![letter.body.trim().to_owned()];
    if let Some(button) = &letter.button {
        parts.push(format!("{}:\n{}", button.label, button.link));
    }
    parts.push(Key::MailFooter.with(letter.lang, &[("address", &sender.site)]));
    if let Some(link) = &letter.unsubscribe {
        parts.push(format!("{}:\n{link}", Key::MailUnsubscribe.get(letter.lang)));
    }
    parts.join("\n\n") + "\n"
}

/// Colours are the app's tokens, light in the attributes, which every reader knows, dark in the style sheet.
fn html(sender: &Sender, letter: &Letter) -> String {
    let lang = letter.lang.tag();
    let (subject, name) = (escape(&letter.subject), Key::MailName.get(letter.lang));
    let paragraphs: String = letter
        .body
        .trim()
        .split("\n\n")
        .map(|paragraph| {
            format!("<p style=\"margin:0 0 16px\">{}</p>\n", escape(paragraph.trim()).replace('\n', "<br>"))
        })
        .collect();
    let button = letter.button.as_ref().map_or_else(String::new, |button| {
        let (label, link, hint) = (escape(&button.label), escape(&button.link), Key::MailLink.get(letter.lang));
        format!(
            "<p style=\"margin:24px 0\"><a class=\"button\" href=\"{link}\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#0f665a;color:#ffffff;font-weight:600;text-decoration:none\">{label}</a></p>\n\
             <p class=\"quiet\" style=\"margin:0 0 16px;font-size:14px;color:#55524a\">{hint}<br><a class=\"link\" href=\"{link}\" style=\"color:#0f665a;word-break:break-all\">{link}</a></p>\n"
        )
    });
    let unsubscribe = letter.unsubscribe.as_ref().map_or_else(String::new, |link| {
        format!(
            "<br><a class=\"link\" href=\"{}\" style=\"color:#0f665a\">{}</a>",
            escape(link),
            Key::MailUnsubscribe.get(letter.lang)
        )
    });
    let footer = Key::MailFooter.with(letter.lang, &[("address", &sender.site)]);
    let footer = escape(&footer);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{subject}</title>\n<style>\n\
         @media (prefers-color-scheme: dark) {{\n\
         body, .page {{ background: #14171a !important; color: #eceae6 !important }}\n\
         .quiet {{ color: #b4b2ac !important }}\n.link, .name {{ color: #67cdb8 !important }}\n\
         .button {{ background: #67cdb8 !important; color: #06231e !important }}\n}}\n</style>\n</head>\n\
         <body style=\"margin:0;background:#fbfaf8\">\n\
         <div class=\"page\" lang=\"{lang}\" style=\"max-width:560px;margin:0 auto;padding:24px 16px;background:#fbfaf8;color:#1c1b19;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;word-break:break-word\">\n\
         <p class=\"name\" style=\"margin:0 0 24px;font-weight:700;color:#0f665a\">{name}</p>\n\
         <h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">{subject}</h1>\n\
         {paragraphs}{button}\
         <p class=\"quiet\" style=\"margin:32px 0 0;padding-top:16px;border-top:1px solid #e4e0d8;font-size:14px;color:#55524a\">{footer}{unsubscribe}</p>\n\
         </div>\n</body>\n</html>\n"
    )
}
