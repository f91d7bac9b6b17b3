//! Headers on every answer of every kind that tell browsers what not to do with it.

use crate::state::AppState;
use actix_web::{body::MessageBody, dev::{ServiceRequest, ServiceResponse}, http::header::{self, HeaderName, HeaderValue}, middleware::Next, web::Data};

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
    (header::PERMISSIONS_POLICY, "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()"),
    (header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
];

/// The outermost middleware: adds the headers to whatever comes out.
pub async fn secure<B: MessageBody + 'static>(req: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, actix_web::Error> {
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
