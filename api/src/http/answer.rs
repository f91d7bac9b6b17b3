//! A single thing as an answer: its status, its version, and whether the caller has it already.

use crate::{
    auth::session,
    http::{
        context::Request,
        error::{Error, Result},
    },
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    dev::Payload,
    http::{StatusCode, header},
};
use aws_lc_rs::digest;
use serde::Serialize;
use shared::problem::Code;
use std::future::{Ready, ready};

/// What `Vary` names on every answer of the API.
pub const VARY: &str = "Authorization, Cookie, Accept-Language, Spilno-Acting-For";

/// A body with its status; with [`Answer::version`], also with an `ETag` and 304.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: T,
    version: Option<(i64, i64)>,
    location: Option<String>,
}

impl<T> Answer<T> {
    /// 200 with the body.
    pub fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, body, version: None, location: None }
    }

    /// 201 with the body and its address.
    pub fn created(body: T, location: String) -> Self {
        Self { status: StatusCode::CREATED, body, version: None, location: Some(location) }
    }

    /// 202: it was heard, and nothing more is told.
    pub fn accepted(body: T) -> Self {
        Self { status: StatusCode::ACCEPTED, body, version: None, location: None }
    }

    /// The same as 201: it was made, and is at this address.
    pub fn at(mut self, location: String) -> Self {
        self.status = StatusCode::CREATED;
        self.location = Some(location);
        self
    }

    /// Adds the `ETag`: `version` counts changes of the thing's own fields, `touched` of anything
    /// shown inside it.
    pub fn version(mut self, version: i64, touched: i64) -> Self {
        self.version = Some((version, touched));
        self
    }

    /// The same answer with another body.
    pub fn map<U>(self, body: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { status: self.status, body: body(self.body), version: self.version, location: self.location }
    }

    /// The status, for storing the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body, for storing the answer.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The address of what was made, for storing the answer.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl<T: Serialize> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        let tag = self.version.map(|version| tag(req, version));
        if let Some(tag) = tag.clone().filter(|tag| self.status == StatusCode::OK && has(req, tag)) {
            return NotModified(tag).respond_to(req);
        }
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::VARY, VARY)).insert_header((header::CACHE_CONTROL, cache_control(req)));
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if let Some(tag) = tag {
            response.insert_header((header::ETAG, tag));
        }
        response.json(self.body)
    }
}

/// What the caller says to have already, so that a handler need not read what is answered by 304.
#[derive(Debug)]
pub struct Known(HttpRequest);

impl Known {
    /// Whether anything is said.
    pub fn any(&self) -> bool {
        self.0.headers().contains_key(header::IF_NONE_MATCH)
    }

    /// 304, when what they have is this version: see [`Answer::version`].
    pub fn is(&self, version: (i64, i64)) -> Option<NotModified> {
        let tag = tag(&self.0, version);
        has(&self.0, &tag).then_some(NotModified(tag))
    }
}

impl FromRequest for Known {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(req.clone())))
    }
}

/// The caller has it already: 304.
#[derive(Debug)]
pub struct NotModified(String);

impl Responder for NotModified {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        HttpResponse::NotModified()
            .insert_header((header::VARY, VARY))
            .insert_header((header::CACHE_CONTROL, cache_control(req)))
            .insert_header((header::ETAG, self.0))
            .finish()
    }
}

/// Nothing to say: 204.
#[derive(Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish()
    }
}

fn tag(req: &HttpRequest, (version, touched): (i64, i64)) -> String {
    format!("\"v{version}.{touched}.{}\"", view(req))
}

/// Whether the caller says to have what the tag names.
pub fn has(req: &HttpRequest, tag: &str) -> bool {
    let known = req.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

/// How an answer may be kept: by its owner only, and asked about each time.
pub fn cache_control(req: &HttpRequest) -> &'static str {
    if session::caller(req).actor().is_some() { "private, no-cache" } else { "public, no-cache" }
}

/// Eight hex digits that tell one view of a thing from another: who with which powers, acting for
/// whom, in which language.
fn view(req: &HttpRequest) -> String {
    let caller = session::caller(req);
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(caller.actor().map(|actor| actor.view()).unwrap_or_default().as_bytes());
    context.update(Request::of(req).acting_for.map(|id| id.0.into_bytes()).unwrap_or_default().as_slice());
    context.update(caller.lang().tag().as_bytes());
    context.finish().as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The version a write was made for, from `If-Match`.
#[derive(Debug)]
pub struct IfMatch(Option<String>);

impl IfMatch {
    /// 428 when the header is absent, 412 when it names another version.
    pub fn require(&self, version: i64) -> Result<()> {
        if self.0.is_none() {
            return Err(Error::of(Code::VersionRequired));
        }
        self.check(version)
    }

    /// 412 when the header is there and names another version.
    pub fn check(&self, version: i64) -> Result<()> {
        let Some(tags) = &self.0 else { return Ok(()) };
        let wanted = format!("\"v{version}.");
        let fits =
            tags.trim() == "*" || tags.split(',').any(|tag| tag.trim().trim_start_matches("W/").starts_with(&wanted));
        if fits { Ok(()) } else { Err(Error::of(Code::Changed)) }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(req.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned))))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{COMMUNITY, TestApp};
    use serde_json::json;

    #[actix_web::test]
    async fn what_a_reader_has_is_another_once_their_powers_or_their_language_are() {
        let app = TestApp::start().await;
        let (main, reader) = (app.main().await, app.moderator().await);
        let indicator = json!({
            "name": { "uk": "Ями" }, "unit": { "uk": "шт." }, "kind": "impact", "direction": "down", "source": "Облік",
        });
        let made = main.post(&format!("/communities/{COMMUNITY}/indicators"), indicator).await.expect(201);
        let path = format!("/indicators/{}", made.text("/id"));
        let tag = reader.get(&path).await.expect(200).header("etag").unwrap().to_owned();
        reader.with("If-None-Match", &tag).get(&path).await.expect(304);
        reader.with("If-None-Match", "*").get(&path).await.expect(304);

        let me = reader.get("/me").await.expect(200).header("etag").unwrap().to_owned();
        reader.with("If-Match", me).patch("/me", json!({ "language": "en" })).await.expect(200);
        let answer = reader.with("If-None-Match", &tag).get(&path).await.expect(200);
        let tag = answer.header("etag").unwrap().to_owned();

        reader.with("If-None-Match", &tag).get(&path).await.expect(304);
        let more = json!({ "email": format!("{}@example.org", reader.id()), "name": "Хтось", "role": "coordinator" });
        main.post(&format!("/communities/{COMMUNITY}/members"), more).await.expect(201);
        let answer = reader.with("If-None-Match", &tag).get(&path).await.expect(200);
        assert_eq!(answer.json()["may_edit"], true);
        app.mails().await;
        app.stop().await;
    }
}
