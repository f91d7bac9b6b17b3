//! The API's description (OpenAPI 3.1), made from the handlers themselves.

mod common;

use crate::http::{docs, error::Result, server};
use actix_web::{HttpResponse, get, http::header};
use shared::problem::Problem;
use std::sync::OnceLock;
use utoipa::{OpenApi, openapi};

#[derive(Debug, OpenApi)]
#[openapi(
    info(title = "Spilno", description = include_str!("introduction.md"), license(name = "MIT OR Apache-2.0")),
    servers((url = "/", description = "Where this document is")),
    components(schemas(Problem))
)]
struct Base;

/// The document of every handler that `routes` serves.
pub fn document() -> openapi::OpenApi {
    use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};
    let operations = scope(server::API).configure(|config: &mut ServiceConfig| server::operations(config));
    let (_, collected) = actix_web::App::new().into_utoipa_app().service(operations).split_for_parts();
    let mut document = Base::openapi().merge_from(collected);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in [
            ("GET", &mut item.get),
            ("POST", &mut item.post),
            ("PUT", &mut item.put),
            ("PATCH", &mut item.patch),
            ("DELETE", &mut item.delete),
        ] {
            if let Some(operation) = operation {
                common::complete(method, path, operation);
            }
        }
    }
    common::components(document.components.get_or_insert_default());
    document
}

/// The document as JSON and as a page to read.
#[derive(Debug)]
pub struct Document {
    pub json: String,
    pub page: String,
}

static DOCUMENT: OnceLock<Document> = OnceLock::new();

impl Document {
    /// Made when somebody first asks for it: it takes more memory than all the rest at start.
    pub fn get() -> Result<&'static Self> {
        match DOCUMENT.get() {
            Some(document) => Ok(document),
            None => Self::new().map(|document| DOCUMENT.get_or_init(|| document)),
        }
    }

    fn new() -> Result<Self> {
        let document = document();
        let json = document.to_pretty_json().map_err(anyhow::Error::new)?;
        let page = docs::page(&serde_json::to_value(document).map_err(anyhow::Error::new)?);
        Ok(Self { json, page })
    }
}

#[get("/api/openapi.json")]
pub(crate) async fn openapi_json() -> Result<HttpResponse> {
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(Document::get()?.json.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json"));

    #[test]
    fn the_committed_description_is_the_present_one() {
        let present = document().to_pretty_json().unwrap();

        assert!(
            present.trim() == COMMITTED.trim(),
            "the API has changed; if that is meant: cargo run -p api -- openapi > docs/openapi.json"
        );
    }

    #[test]
    fn operations_have_ids_of_their_own_and_a_summary() {
        let document = serde_json::to_value(document()).unwrap();
        let mut ids = std::collections::BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
                assert!(!id.is_empty() && ids.insert(id), "{method} {path} has no id of its own");
                assert!(operation["summary"].is_string(), "{method} {path} says nothing of itself");
            }
        }
    }

    #[test]
    fn every_answer_says_what_it_is_and_every_reference_leads_somewhere() {
        fn look(document: &serde_json::Value, at: &serde_json::Value) {
            match at {
                serde_json::Value::Object(fields) => {
                    if let Some(reference) = fields.get("$ref").and_then(serde_json::Value::as_str) {
                        let there = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
                        assert!(there.is_some(), "{reference} leads nowhere");
                    }
                    fields.values().for_each(|inside| look(document, inside));
                }
                serde_json::Value::Array(items) => items.iter().for_each(|inside| look(document, inside)),
                _ => {}
            }
        }
        let document = serde_json::to_value(document()).unwrap();
        look(&document, &document);
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                for (status, answer) in operation["responses"].as_object().unwrap() {
                    let said = answer["description"].as_str().is_some_and(|text| !text.is_empty());
                    assert!(said || answer["$ref"].is_string(), "{method} {path} {status} has no description");
                }
            }
        }
    }

    #[actix_web::test]
    async fn operations_that_need_signing_in_are_those_that_refuse_strangers() {
        let app = crate::testing::TestApp::start().await;
        let document = serde_json::to_value(document()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap().iter().filter(|_| !path.ends_with("/stream")) {
                let address = path
                    .trim_start_matches("/api/v1")
                    .split('/')
                    .map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-00000000dead" } else { part });
                let address = address.collect::<Vec<_>>().join("/");
                let method = method.to_uppercase();
                let answer = app.anyone().send(method.parse().unwrap(), &address, Some(serde_json::json!({}))).await;
                let needed = operation["security"]
                    .as_array()
                    .is_some_and(|ways| !ways.iter().any(|way| way == &serde_json::json!({})));
                let cookie = operation["security"][0].get("cookie").is_some();
                let told = needed || operation["responses"]["401"].is_object();
                let refused = answer.status == 401;
                assert!(cookie || (refused || !needed) && (told || !refused), "{method} {path}: {}", answer.status);
            }
        }
        app.stop().await;
    }
}
