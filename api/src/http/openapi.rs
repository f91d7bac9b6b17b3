//! The API's description (OpenAPI 3.1), made from the handlers themselves.

use crate::http::{docs, error::Result, server};
use actix_web::{HttpResponse, get, http::header};
use shared::problem::Problem;
use std::sync::OnceLock;
use utoipa::{
    OpenApi,
    openapi::{self, RefOr, ResponseBuilder, content::ContentBuilder, schema::Ref},
};

#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Spilno",
        description = "One open workspace for a community's citizens, authority, NGOs, businesses and universities.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Base;

/// The document of every handler that `routes` serves.
pub fn document() -> openapi::OpenApi {
    use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};
    let operations = scope(server::API).configure(|config: &mut ServiceConfig| server::operations(config));
    let (_, collected) = actix_web::App::new().into_utoipa_app().service(operations).split_for_parts();
    let mut document = Base::openapi().merge_from(collected);
    for item in document.paths.paths.values_mut() {
        for operation in
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
        {
            operation.responses.responses.entry("default".to_owned()).or_insert_with(problem);
        }
    }
    document
}

/// Every operation can fail in the one way there is.
fn problem() -> RefOr<openapi::Response> {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new()
        .description("What went wrong (RFC 9457)")
        .content("application/problem+json", body)
        .build()
        .into()
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
}
