//! Text as HTML.

use crate::local;
use chrono::NaiveDate;
use shared::{routes::Page, text::Lang, time::Timestamp};
use std::borrow::Cow;

/// The text with everything that HTML would read as markup spelt out; good between tags and inside
/// quoted attributes.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A link to a page.
pub fn link(to: &Page, name: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(&to.path()), escape(name))
}

/// Plain text in paragraphs, its lines kept.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace('\r', "");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", escape(paragraph).replace('\n', "<br>"))).collect()
}

/// A day of the calendar.
pub fn day(lang: Lang, day: NaiveDate) -> String {
    let text = match lang {
        Lang::Uk => day.format("%d.%m.%Y"),
        Lang::En => day.format("%-d %b %Y"),
    };
    format!("<time datetime=\"{day}\">{text}</time>")
}

/// The day of a moment in a time zone.
pub fn day_of(lang: Lang, zone: &str, at: Timestamp) -> String {
    day(lang, local::day(zone, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_paragraphs_stay() {
        assert_eq!(paragraphs(" a\r\nb <\n\n\n\nc\n"), "<p>a<br>b &lt;</p><p>c</p>");
        assert_eq!(paragraphs(""), "");
    }

    #[test]
    fn a_moment_is_told_as_the_day_it_was_there() {
        let at = "2026-11-22T22:30:00Z".parse().unwrap();

        assert_eq!(day_of(Lang::Uk, "Europe/Kyiv", at), "<time datetime=\"2026-11-23\">23.11.2026</time>");
        assert_eq!(day_of(Lang::En, "UTC", at), "<time datetime=\"2026-11-22\">22 Nov 2026</time>");
    }

    #[test]
    fn markup_is_spelt_out() {
        assert_eq!(escape("<a title=\"'&'\">"), "&lt;a title=&quot;&#39;&amp;&#39;&quot;&gt;");
        assert!(matches!(escape("Міст"), Cow::Borrowed(_)));
    }
}
