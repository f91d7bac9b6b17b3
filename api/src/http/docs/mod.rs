//! `/api/docs`: the API's description as one page to read, made from the document itself. It has
//! no script and loads nothing but its own style.

mod page;

use crate::http::{answer, error::Result, openapi::Document};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use aws_lc_rs::digest;

/// What the documentation may load: its style.
const CONTENT_SECURITY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("docs.css");

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/api/docs").route(web::get().to(docs)).route(web::head().to(docs)))
        .service(web::resource("/api/docs.css").route(web::get().to(style)).route(web::head().to(style)));
}

async fn docs(req: HttpRequest) -> Result<HttpResponse> {
    Ok(answer_with(&req, "text/html; charset=utf-8", &Document::get()?.page))
}

async fn style(req: HttpRequest) -> HttpResponse {
    answer_with(&req, "text/css; charset=utf-8", STYLE)
}

/// The page of a document.
pub fn page(document: &serde_json::Value) -> String {
    page::page(document)
}

fn answer_with(req: &HttpRequest, kind: &str, body: &'static str) -> HttpResponse {
    let hash: String = digest::digest(&digest::SHA256, body.as_bytes())
        .as_ref()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{hash}\"");
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, tag.as_str()));
    if answer::has(req, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(kind).body(body)
}

#[cfg(test)]
mod tests {
    use crate::testing::TestApp;

    #[actix_web::test]
    async fn the_documentation_is_one_page_that_runs_nothing_and_loads_its_style() {
        let app = TestApp::start().await;

        let page = app.anyone().fetch("/api/docs").await.expect(200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("content-security-policy"), Some(super::CONTENT_SECURITY));
        let html = String::from_utf8(page.bytes.clone()).unwrap();
        assert!(html.contains("href=\"/api/docs.css\"") && html.contains("href=\"/api/openapi.json\""));
        assert!(
            !html.contains("<script")
                && !html.contains("style=")
                && !html.contains("http://")
                && !html.contains("https://")
        );
        assert_eq!(
            app.anyone().fetch("/api/docs.css").await.expect(200).header("content-type"),
            Some("text/css; charset=utf-8")
        );
        app.anyone().with("If-None-Match", page.header("etag").unwrap()).fetch("/api/docs").await.expect(304);
        app.stop().await;
    }
}
