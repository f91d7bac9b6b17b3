//! Pages as the server answers them: with their true status, language, title and description, and,
//! where everybody may read what they show, with their main text as plain HTML. So they can be read
//! without scripts, by search engines and by link previews; the app then draws over them.
//!
//! Nobody is signed in to a page: what it says is what the public may see. A feature tells what its
//! pages say by a [`Content`].

mod content;
mod frame;

pub use content::Content;

use crate::{
    auth::session::Caller,
    community,
    http::{
        answer, assets,
        context::Request,
        error::{Error, Result},
    },
    indicator, issue, organisation,
    state::AppState,
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web::Data,
};
use aws_lc_rs::digest;
use shared::{
    names::Slug,
    page::Cursor,
    problem::Code,
    routes::Page,
    text::{Key, Lang},
    time::Timestamp,
};

/// What is answered where there is no other address: a page to browsers, a problem to programs.
pub async fn page(req: HttpRequest, app: Data<AppState>) -> Result<HttpResponse> {
    let page = Page::of(req.path());
    if !is_for_people(&req, page.is_some()) {
        return Err(Error::of(Code::NotFound));
    }
    let asked = asked_language(&req);
    let lang = asked.unwrap_or_else(|| Request::of(&req).lang);
    let content = match &page {
        Some(page) => content(&app, &Visit::of(&req, &app, lang), page).await,
        None => Err(Error::of(Code::NotFound)),
    };
    let content = content.unwrap_or_else(|error| Content::failed(lang, &error));
    let head = head(&app, lang, asked, page.as_ref(), &content);
    let template = assets::frame();
    let body = frame::fill(template.as_deref(), lang, &titled(lang, &content.title), &head, &content.html);
    Ok(respond(&req, content.status, lang, body))
}

/// Whether it is a person's browser that asks, and for a page. Programs that make link previews
/// take anything, so a page that there is answers them too.
fn is_for_people(req: &HttpRequest, is_page: bool) -> bool {
    if !matches!(*req.method(), Method::GET | Method::HEAD) || req.path() == "/api" || req.path().starts_with("/api/") {
        return false;
    }
    let accepted = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let mut kinds = accepted.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kinds.any(|kind| kind == "text/html" || (is_page && kind == "*/*"))
}

/// `?lang=uk` or `?lang=en`; other parameters are the app's, or nobody's.
fn asked_language(req: &HttpRequest) -> Option<Lang> {
    parameter(req, "lang").and_then(|tag| Lang::of_tag(&tag))
}

fn parameter(req: &HttpRequest, wanted: &str) -> Option<String> {
    let mut parameters = url::form_urlencoded::parse(req.query_string().as_bytes());
    parameters.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
}

/// What a page is asked for with.
#[derive(Debug)]
pub struct Visit {
    pub lang: Lang,
    /// Nobody, so that nothing is told but what everybody may see.
    pub caller: Caller,
    /// Where in its list the page goes on.
    pub after: Option<Cursor>,
    pub now: Timestamp,
}

impl Visit {
    fn of(req: &HttpRequest, app: &AppState, lang: Lang) -> Self {
        let after = parameter(req, "after").map(Cursor);
        Self { lang, caller: Caller::nobody(req), after, now: app.clock.now() }
    }
}

/// What the page says to everybody; 404 when what it is about is not there, or not public.
async fn content(app: &AppState, visit: &Visit, page: &Page) -> Result<Content> {
    let (db, lang) = (app.db.read(), visit.lang);
    match page {
        Page::Home => community::page::home(db, lang).await,
        Page::Community { community } => community::page::community(db, lang, community).await,
        Page::Organisation { organisation } => organisation::page::organisation(db, lang, organisation).await,
        Page::Issues { community } => issue::page::issues(db, visit, community).await,
        Page::Issue { community, number } => issue::page::issue(db, visit, community, *number).await,
        Page::Task { community, task } => issue::page::task(db, lang, community, *task).await,
        Page::Indicator { community, indicator } => indicator::page::indicator(db, lang, community, *indicator).await,
        _ => match community_of(page) {
            Some(community) => community::page::within(db, lang, community, page).await,
            None => Ok(Content::plain(lang, page)),
        },
    }
}

/// The community whose page it is, where that is all the page tells.
fn community_of(page: &Page) -> Option<&Slug> {
    match page {
        Page::Report { community }
        | Page::Triage { community }
        | Page::Tasks { community }
        | Page::Organisations { community }
        | Page::Indicators { community }
        | Page::Settings { community } => Some(community),
        _ => None,
    }
}

fn titled(lang: Lang, title: &str) -> String {
    format!("{title} · {}", Key::ShellApp.get(lang))
}

/// What stands in the head beside the title. A page has one address, and one for each language.
fn head(app: &AppState, lang: Lang, asked: Option<Lang>, page: Option<&Page>, content: &Content) -> String {
    let mut head = frame::Head::default();
    head.meta("name", "description", &content.description);
    let listed = content.status == StatusCode::OK && page.is_some_and(Page::is_listed);
    if !listed {
        head.meta("name", "robots", "noindex");
    }
    if let Some(page) = page.filter(|_| content.status == StatusCode::OK) {
        let address = app.config.link(&page.path());
        let of = |lang: Lang| format!("{address}?lang={}", lang.tag());
        let canonical = asked.map_or_else(|| address.clone(), of);
        head.link("canonical", None, &canonical);
        for lang in Lang::ALL {
            head.link("alternate", Some(lang.tag()), &of(lang));
        }
        head.link("alternate", Some("x-default"), &address);
        head.meta("property", "og:url", &canonical);
    }
    head.meta("property", "og:type", "website");
    head.meta("property", "og:site_name", Key::ShellApp.get(lang));
    head.meta("property", "og:title", &content.title);
    head.meta("property", "og:description", &content.description);
    head.meta(
        "property",
        "og:locale",
        match lang {
            Lang::Uk => "uk_UA",
            Lang::En => "en_GB",
        },
    );
    head.0
}

fn respond(req: &HttpRequest, status: StatusCode, lang: Lang, body: String) -> HttpResponse {
    let hash: String = digest::digest(&digest::SHA256, body.as_bytes())
        .as_ref()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{hash}\"");
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, "Accept, Accept-Language"))
        .insert_header((header::CONTENT_LANGUAGE, lang.tag()))
        .insert_header((header::ETAG, tag.as_str()));
    if status == StatusCode::OK && answer::has(req, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type("text/html; charset=utf-8").body(body)
}

#[cfg(test)]
mod tests;
