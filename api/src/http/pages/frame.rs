//! The frame of every page, as the web build made it, filled with what one page says.

use crate::http::html::escape;
use shared::text::Lang;

/// The frame where the web app was not built: pages can be read, nothing can be done.
const BARE: &str = "<!doctype html>\n<html lang=\"uk\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Спільно</title>{{head}}</head><body>{{page}}</body></html>\n";

/// What the template has, in this order: each is replaced where it stands first.
const PLACES: [&str; 4] = ["<html lang=\"uk\"", "<title>Спільно</title>", "{{head}}", "{{page}}"];

/// The page. Its main text stands in `#static`, an element of its own before the app's, so that the
/// app can draw first and take it away after: nothing flashes.
pub(super) fn fill(template: Option<&[u8]>, lang: Lang, title: &str, head: &str, main: &str) -> String {
    let main = if main.is_empty() { String::new() } else { format!("<main>{main}</main>") };
    let values =
        [format!("<html lang=\"{}\"", lang.tag()), format!("<title>{}</title>", escape(title)), head.to_owned(), main];
    let template = template.and_then(|template| std::str::from_utf8(template).ok()).unwrap_or(BARE);
    let mut page = String::with_capacity(template.len() + values.iter().map(String::len).sum::<usize>());
    let template = without_comment(template);
    let mut rest = template.as_str();
    for (place, value) in PLACES.into_iter().zip(values) {
        // A frame without the place goes without the value.
        if let Some((before, after)) = rest.split_once(place) {
            page.push_str(before);
            page.push_str(&value);
            rest = after;
        }
    }
    page.push_str(rest);
    page
}

/// The comment at its beginning explains the template; readers of pages need it not.
fn without_comment(template: &str) -> String {
    match template.split_once("<!--").and_then(|(before, rest)| Some((before, rest.split_once("-->")?.1))) {
        Some((before, after)) => format!("{before}{}", after.trim_start()),
        None => template.to_owned(),
    }
}

/// Elements of a page's head.
#[derive(Debug, Default)]
pub(super) struct Head(pub(super) String);

impl Head {
    pub(super) fn meta(&mut self, kind: &str, name: &str, content: &str) {
        self.0.push_str(&format!("<meta {kind}=\"{name}\" content=\"{}\">", escape(content)));
    }

    pub(super) fn link(&mut self, rel: &str, language: Option<&str>, address: &str) {
        let language = language.map(|tag| format!(" hreflang=\"{tag}\"")).unwrap_or_default();
        self.0.push_str(&format!("<link rel=\"{rel}\"{language} href=\"{}\">", escape(address)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_of_the_web_app_has_every_place() {
        let template = include_bytes!("../../../../web/index.html");

        let page = fill(Some(template), Lang::En, "A & {{head}}", "<meta name=\"x\">", "<h1>{{page}}</h1>");

        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\""));
        assert!(page.contains("<title>A &amp; {{head}}</title>"));
        assert!(page.contains("<meta name=\"x\">\n  </head>"));
        assert!(page.contains("<div id=\"static\"><main><h1>{{page}}</h1></main></div>"));
        assert!(!page.contains("<!--"));
    }

    #[test]
    fn a_page_can_be_read_without_the_app() {
        let page = fill(None, Lang::Uk, "Громади", "", "<h1>Громади</h1>");

        assert!(page.contains("<title>Громади</title></head><body><main><h1>Громади</h1></main></body>"));
    }
}
