//! The web app's files, embedded: everything under the hash of its build, so that a browser may
//! keep it for ever, and the few addresses that browsers and robots ask for by name.
//!
//! A release build has the files in the binary; a debug build reads `web/dist` on each request.

use crate::http::{
    answer,
    error::{Error, Result},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use shared::problem::Code;
use std::borrow::Cow;

/// What the web build made: `index.html` and `assets/<hash>/…`, some with `.br` and `.gz` beside.
#[derive(Debug, RustEmbed)]
#[cfg_attr(not(test), folder = "../web/dist")]
#[cfg_attr(test, folder = "src/testing/dist")]
struct Dist;

const ROBOTS: &str = "User-agent: *\nDisallow: /api/\nDisallow: /admin\nDisallow: /inbox\nDisallow: /me\nDisallow: /m\nDisallow: /demo/\n";

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/assets/{path:.*}").route(web::get().to(asset)).route(web::head().to(asset)))
        .service(web::resource("/robots.txt").route(web::get().to(robots)).route(web::head().to(robots)));
    for (address, name) in [
        ("/favicon.ico", "favicon.svg"),
        ("/favicon.svg", "favicon.svg"),
        ("/manifest.webmanifest", "manifest.webmanifest"),
    ] {
        let serve = move |req: HttpRequest| async move { named(&req, name) };
        config.service(web::resource(address).route(web::get().to(serve)).route(web::head().to(serve)));
    }
}

/// The frame of every page; nothing when the web app was not built.
pub fn frame() -> Option<Cow<'static, [u8]>> {
    Dist::get("index.html").map(|file| file.data)
}

async fn asset(req: HttpRequest, path: web::Path<String>) -> Result<HttpResponse> {
    if path.split('/').any(|part| part == "..") {
        return Err(Error::of(Code::NotFound));
    }
    serve(&req, &format!("assets/{path}"), "public, max-age=31536000, immutable")
}

/// A file of the present build under an address without its hash.
fn named(req: &HttpRequest, name: &str) -> Result<HttpResponse> {
    let file = Dist::iter().find(|path| path.rsplit_once('/').is_some_and(|(_, file)| file == name));
    serve(req, &file.ok_or_else(|| Error::of(Code::NotFound))?, "no-cache")
}

async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(ROBOTS)
}

/// The file in the smallest encoding the browser takes, or 304 when it has it.
fn serve(req: &HttpRequest, path: &str, keep: &'static str) -> Result<HttpResponse> {
    let plain = Dist::get(path).ok_or_else(|| Error::of(Code::NotFound))?;
    let accepted = req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, ending)| Dist::get(&format!("{path}{ending}")).map(|file| (coding, file)));
    let (coding, file) = packed.map_or((None, None), |(coding, file)| (Some(coding), Some(file)));
    let kind = kind(&plain);
    let file = file.unwrap_or(plain);
    let tag = etag(&file);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::ETAG, tag.as_str()));
    if answer::has(req, &tag) {
        return Ok(response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, coding));
    }
    Ok(response.content_type(kind).body(match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }))
}

/// Whether an `Accept-Encoding` names the coding and does not weigh it at nothing.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let nothing = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|weight| weight.parse().is_ok_and(|weight: f32| weight <= 0.0));
        name.trim().eq_ignore_ascii_case(coding) && !nothing
    })
}

fn kind(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

/// Strong: the hash of exactly these bytes.
fn etag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;

    const APP: &str = "/assets/0123456789abcdef/app.js";

    #[actix_web::test]
    async fn an_asset_comes_in_the_smallest_encoding_the_browser_takes_and_for_ever() {
        let app = TestApp::start().await;

        let plain = app.anyone().fetch(APP).await.expect(200);
        assert_eq!(plain.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(plain.header("vary"), Some("Accept-Encoding"));
        assert_eq!(plain.header("content-encoding"), None);
        let mut tags = vec![plain.header("etag").unwrap().to_owned()];
        for (accepted, coding) in [("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0", "gzip"), ("gzip", "gzip")]
        {
            let packed = app.anyone().with("Accept-Encoding", accepted).fetch(APP).await.expect(200);
            assert_eq!(packed.header("content-encoding"), Some(coding), "{accepted}");
            assert_eq!(packed.header("content-type"), Some("text/javascript; charset=utf-8"));
            tags.push(packed.header("etag").unwrap().to_owned());
        }
        assert_ne!(tags[0], tags[1]);
        assert_ne!(tags[1], tags[2]);
        let known = app.anyone().with("If-None-Match", &tags[0]).fetch(APP).await.expect(304);
        assert!(known.bytes.is_empty());
        let wasm =
            app.anyone().with("Accept-Encoding", "br").fetch("/assets/0123456789abcdef/app_bg.wasm").await.expect(200);
        assert_eq!(wasm.header("content-type"), Some("application/wasm"));
        app.stop().await;
    }

    #[actix_web::test]
    async fn what_is_no_asset_is_not_found() {
        let app = TestApp::start().await;

        for path in [
            "/assets/",
            "/assets/0123456789abcdef/",
            "/assets/other/app.js",
            "/assets/0123456789abcdef/../../index.html",
            "/assets/..%2f..%2f..%2fapp.rs",
            "/assets/%2e%2e/index.html",
        ] {
            assert_eq!(app.anyone().with("Accept", "text/html").fetch(path).await.problem(), "404 not_found", "{path}");
        }
        app.stop().await;
    }

    #[actix_web::test]
    async fn browsers_and_robots_find_what_they_ask_for_by_name() {
        let app = TestApp::start().await;

        let mut found = Vec::new();
        for path in ["/favicon.ico", "/favicon.svg", "/manifest.webmanifest", "/robots.txt"] {
            let answer = app.anyone().fetch(path).await.expect(200);
            found.push(format!(
                "{path}: {}, {}",
                answer.header("content-type").unwrap(),
                answer.header("cache-control").unwrap()
            ));
        }
        insta::assert_snapshot!(found.join("\n"), @r"
        /favicon.ico: image/svg+xml, no-cache
        /favicon.svg: image/svg+xml, no-cache
        /manifest.webmanifest: application/manifest+json, no-cache
        /robots.txt: text/plain; charset=utf-8, no-cache
        ");
        app.stop().await;
    }

    #[test]
    fn a_coding_weighed_at_nothing_is_not_accepted() {
        assert!(accepts("gzip, br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("gzip, br;q=0.000", "br"));
        assert!(!accepts("brotli", "br"));
    }
}
