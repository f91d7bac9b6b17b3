//! Headers on every answer of every kind that tell browsers what not to do with it.

use crate::state::AppState;
use actix_web::{
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};

/// What pages may load and run: our own files only. No style attributes either; sizes are set by
/// `style.setProperty` or by attributes of SVG.
pub const CONTENT_SECURITY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Two years, the least that browsers' own lists ask for.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// Everywhere the same; what an answer sets itself stays.
const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        header::PERMISSIONS_POLICY,
        "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    (header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
];

/// The outermost middleware: adds the headers to whatever comes out.
pub async fn secure<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let behind_tls = req.app_data::<Data<AppState>>().is_some_and(|app| app.config.public_url().scheme() == "https");
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if behind_tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answered, TestApp};
    use serde_json::json;

    /// The headers of an answer that this module is about, one a line.
    fn shown(answer: &Answered) -> String {
        let names = [
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
        ];
        names
            .into_iter()
            .filter_map(|name| Some(format!("{name}: {}", answer.header(name)?)))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[actix_web::test]
    async fn every_answer_of_every_kind_has_the_headers() {
        let app = TestApp::start().await;
        let asset = "/assets/0123456789abcdef/app.js";
        let tag = app.anyone().fetch(asset).await.header("etag").unwrap().to_owned();
        let page = app.anyone().with("Accept", "text/html");
        let answers = [
            (200, app.anyone().fetch(asset).await),
            (304, app.anyone().with("If-None-Match", tag).fetch(asset).await),
            (404, app.anyone().fetch("/assets/none").await),
            (404, app.anyone().get("/nothing").await),
            (404, page.fetch("/api/v1/nothing").await),
            (200, page.fetch("/").await),
            (404, page.fetch("/c/unknown").await),
            (415, app.anyone().upload("image/png", b"<svg/>".to_vec()).await),
            (401, app.anyone().post("/communities", json!({})).await),
            (403, app.citizen().await.post("/communities", json!({})).await),
            (400, app.main().await.post("/communities", json!({ "unknown": 1 })).await),
            (403, app.anyone().with("Spilno-Acting-For", "x").get("/nothing").await),
            (400, app.anyone().with("Idempotency-Key", "").get("/nothing").await),
            (200, app.anyone().fetch("/healthz").await),
            (200, app.anyone().fetch("/api/openapi.json").await),
            (200, app.anyone().fetch("/robots.txt").await),
        ];
        for (status, answer) in &answers {
            assert_eq!(answer.status, *status);
            assert_eq!(shown(answer), shown(&answers[0].1));
        }
        insta::assert_snapshot!(shown(&answers[0].1), @r"
        content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
        x-content-type-options: nosniff
        x-frame-options: DENY
        referrer-policy: strict-origin-when-cross-origin
        permissions-policy: geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        ");
        // What has a policy of its own keeps it, and gets the rest.
        let demo = TestApp::start_with(|config| {
            config.demo = true;
            config.demo_password = Some("demo-spilno-2026".to_owned());
        })
        .await;
        let own = [app.anyone().fetch("/api/docs").await, demo.anyone().fetch("/demo/mail").await];
        for answer in &own {
            assert_eq!(answer.status, 200);
            assert_eq!(
                shown(answer).lines().skip(1).collect::<Vec<_>>(),
                shown(&answers[0].1).lines().skip(1).collect::<Vec<_>>()
            );
        }
        let policies: Vec<_> = own.iter().filter_map(|answer| answer.header("content-security-policy")).collect();
        insta::assert_snapshot!(policies.join("\n"), @r"
        default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        ");
        app.stop().await;
        demo.stop().await;
    }

    #[actix_web::test]
    async fn every_operation_answers_with_the_headers_whatever_it_says() {
        let app = TestApp::start().await;
        let document = serde_json::to_value(crate::http::openapi::document()).unwrap();
        let expected = shown(&app.anyone().fetch("/healthz").await);
        for (path, item) in document["paths"].as_object().unwrap() {
            let address: String = path
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        "/00000000-0000-7000-8000-000000000000".to_owned()
                    } else {
                        format!("/{part}")
                    }
                })
                .collect();
            // The stream does not end; its own test looks at what it says.
            if path.ends_with("/stream") {
                continue;
            }
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                if item.get(method.to_lowercase()).is_some() {
                    let path = address.trim_start_matches('/').trim_start_matches("api/v1");
                    let answer = app.anyone().send(method.parse().unwrap(), path, Some(json!({}))).await;
                    assert_eq!(shown(&answer), expected, "{method} {address}: {}", answer.status);
                }
            }
        }
        app.stop().await;
    }

    #[actix_web::test]
    async fn a_failure_has_the_headers_and_behind_tls_browsers_stay_there() {
        let app =
            TestApp::start_with(|config| config.public_url = Some("https://spilno.example".parse().unwrap())).await;
        app.state.db.clone().close().await;

        for address in ["/readyz", "/c/kalynova", "/api/v1/communities"] {
            let answer = app.anyone().with("Accept", "text/html").fetch(address).await;
            assert!(answer.status >= 500, "{address}: {}", answer.status);
            assert_eq!(answer.header("strict-transport-security"), Some(super::STRICT_TRANSPORT));
            assert!(answer.header("content-security-policy").is_some());
            assert!(!String::from_utf8_lossy(&answer.bytes).to_lowercase().contains("sql"), "{address}");
        }
    }
}
