//! One line in the log and one measurement for each request: method, route, status and time, never
//! the address itself, a query, a header or a body.

use crate::http::context::Request;
use actix_web::{body::BoxBody, dev::ServiceResponse};
use std::time::{Duration, Instant};
use tracing::Instrument;

/// Runs a request's work within a span that names the request, and notes how it went.
pub(super) async fn observe(
    request: &Request,
    work: impl Future<Output = Result<ServiceResponse<BoxBody>, actix_web::Error>>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let span = tracing::info_span!("request", request_id = request.id);
    let began = Instant::now();
    let outcome = work.instrument(span.clone()).await;
    if let Ok(response) = &outcome {
        span.in_scope(|| note(request, response, began.elapsed()));
    }
    outcome
}

fn note(request: &Request, response: &ServiceResponse<BoxBody>, took: Duration) {
    // What matches no route could be anything, and would make a measurement of its own each time.
    let route = response.request().match_pattern().unwrap_or_else(|| "other".to_owned());
    let (method, status) = (request.method.as_str(), response.status());
    let duration_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
    metrics::histogram!("spilno_request_seconds", "method" => request.method.clone(), "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!("spilno_requests_total", "method" => request.method.clone(), "route" => route.clone(), "status" => status.as_str().to_owned()).increment(1);
    if request.path.starts_with("/api/") {
        tracing::info!(method, route, status = status.as_u16(), duration_ms, "answered");
    } else {
        tracing::debug!(method, route, status = status.as_u16(), duration_ms, "answered");
    }
}
