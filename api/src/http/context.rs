//! What a request says about itself beside its body, known before any handler runs.

use crate::{
    auth::session,
    http::{error::Error, observe::observe},
    state::AppState,
};
use actix_web::{
    HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use shared::{ids::OrganisationId, problem::Code, text::Lang};
use std::{cell::Cell, net::IpAddr, rc::Rc};

/// The header that names the organisation one acts for.
pub const ACTING_FOR: &str = "spilno-acting-for";

/// One request's own words.
#[derive(Debug)]
pub struct Request {
    pub id: String,
    pub lang: Lang,
    /// The organisation the caller says to act for, not yet checked.
    pub acting_for: Option<OrganisationId>,
    pub idempotency_key: Option<String>,
    pub method: String,
    pub path: String,
    /// SHA-256 of the body, once an extractor has read it.
    pub body_hash: Cell<Option<[u8; 32]>>,
    /// The address of the client, as far as trusted proxies tell it.
    pub client: Option<IpAddr>,
}

impl Request {
    /// The request's words, from a handler's view of it.
    pub fn of(req: &HttpRequest) -> Rc<Request> {
        req.extensions().get::<Rc<Request>>().cloned().unwrap_or_else(|| Rc::new(Request::read(req, None)))
    }

    fn read(req: &HttpRequest, app: Option<&AppState>) -> Request {
        let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
        Request {
            id: uuid::Uuid::new_v4().simple().to_string(),
            lang: header("accept-language").and_then(Lang::accepted).unwrap_or_default(),
            acting_for: header(ACTING_FOR).and_then(|id| id.parse().ok()),
            idempotency_key: header("idempotency-key").map(str::to_owned),
            method: req.method().to_string(),
            path: req.uri().path().to_owned(),
            body_hash: Cell::new(None),
            client: app.and_then(|app| client_address(req, app)),
        }
    }
}

/// The middleware around everything: reads the request's words, finds out who calls, puts errors
/// into the caller's language, and notes how the request went.
pub async fn enter(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<Data<AppState>>().cloned();
    let request = Rc::new(Request::read(req.request(), app.as_deref().map(AsRef::as_ref)));
    req.extensions_mut().insert(Rc::clone(&request));
    observe(&request, answer(app, req, &request, next)).await
}

async fn answer(
    app: Option<Data<AppState>>,
    req: ServiceRequest,
    request: &Request,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Some(app) = &app {
        match refused(req.request(), request) {
            Some(error) => return Ok(req.into_response(error.respond(request.lang, &request.id))),
            None => match session::resolve(app, req.request()).await {
                Ok(caller) => {
                    req.extensions_mut().insert(caller);
                }
                Err(error) => return Ok(req.into_response(error.respond(request.lang, &request.id))),
            },
        }
    }
    let lang = crate::auth::session::language(req.request()).unwrap_or(request.lang);
    let mut response = match next.call(req).await {
        Ok(response) => match response.response().error().and_then(|error| error.as_error::<Error>()) {
            Some(error) => {
                let answer = error.respond(lang, &request.id);
                response.into_response(answer)
            }
            None => response.map_into_boxed_body(),
        },
        // Handlers and extractors fail as responses; this is a service that failed before there was one.
        Err(error) => return Err(error),
    };
    if let Ok(id) = header::HeaderValue::from_str(&request.id) {
        response.headers_mut().insert(header::HeaderName::from_static("x-request-id"), id);
    }
    Ok(response)
}

/// Headers that name something must name it properly, or a typo would act for oneself.
fn refused(req: &HttpRequest, request: &Request) -> Option<Error> {
    if req.headers().contains_key(ACTING_FOR) && request.acting_for.is_none() {
        return Some(Error::of(Code::Forbidden));
    }
    match &request.idempotency_key {
        Some(key) if key.is_empty() || key.len() > 255 => {
            Some(Error::malformed("Idempotency-Key: 1 to 255 characters"))
        }
        _ => None,
    }
}

/// The peer's address, or, where the peer is a trusted proxy, the last address in
/// `X-Forwarded-For` that is none.
fn client_address(req: &HttpRequest, app: &AppState) -> Option<IpAddr> {
    let trusted = |address: &IpAddr| app.config.trusted_proxies.iter().any(|proxy| proxy == address);
    let peer = req.peer_addr().map(|peer| peer.ip())?;
    if !trusted(&peer) {
        return Some(peer);
    }
    let forwarded =
        req.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    forwarded
        .split(',')
        .rev()
        .map_while(|part| part.trim().parse::<IpAddr>().ok())
        .find(|address| !trusted(address))
        .or(Some(peer))
}
