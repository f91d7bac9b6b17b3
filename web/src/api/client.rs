//! How calls are made: token, language, acting-for, idempotency, versions, and giving up.

use super::{ApiError, refresh};
use crate::{filter, json, prefs, session};
use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    ids::OrganisationId,
    problem::{Code, Problem},
};
use web_sys::AbortController;

const ROOT: &str = "/api/v1";
const ACTING_FOR: &str = "Spilno-Acting-For";

/// A thing with the version that a change of it has to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    pub value: T,
    /// The `ETag`, as `If-Match` takes it.
    pub etag: String,
}

/// A filter as the query of an address, with its `?`; empty when nothing is asked.
pub fn query<T: Serialize>(filter: &T) -> String {
    filter::address("", filter)
}

/// Reads. Given up when the page that asked is left.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    body(read(path).await?).await
}

/// Reads something that may be changed afterwards.
pub async fn get_versioned<T: DeserializeOwned>(path: &str) -> Result<Versioned<T>, ApiError> {
    versioned(read(path).await?).await
}

/// Does something, once, however often the call has to be repeated.
pub async fn post<T: DeserializeOwned>(path: &str, sent: &impl Serialize) -> Result<T, ApiError> {
    body(call(Call::new(Method::POST, path).json(sent)?.once()).await?).await
}

/// Does something that answers nothing (202, 204).
pub async fn post_quietly(path: &str, sent: &impl Serialize) -> Result<(), ApiError> {
    call(Call::new(Method::POST, path).json(sent)?.once()).await.map(drop)
}

/// In whose name a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Acting {
    /// As is chosen on the page.
    #[default]
    AsChosen,
    Oneself,
    For(OrganisationId),
}

/// As [`post_quietly`], in a name that what is done decides rather than the page.
pub async fn post_as(path: &str, sent: &impl Serialize, acting: Acting) -> Result<(), ApiError> {
    let mut made = Call::new(Method::POST, path).json(sent)?.once();
    made.acting = acting;
    call(made).await.map(drop)
}

/// Changes the fields named in `sent` (a merge patch) of the version given.
pub async fn patch<T: DeserializeOwned>(
    path: &str,
    etag: &str,
    sent: &impl Serialize,
) -> Result<Versioned<T>, ApiError> {
    versioned(call(Call::new(Method::PATCH, path).json(sent)?.version(etag)).await?).await
}

/// Replaces the version given.
pub async fn put<T: DeserializeOwned>(path: &str, etag: &str, sent: &impl Serialize) -> Result<Versioned<T>, ApiError> {
    versioned(call(Call::new(Method::PUT, path).json(sent)?.version(etag)).await?).await
}

/// Removes what has no version (a session, a support).
pub async fn delete(path: &str) -> Result<(), ApiError> {
    call(Call::new(Method::DELETE, path)).await.map(drop)
}

/// Removes, and reads what is left.
pub async fn delete_for<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    body(call(Call::new(Method::DELETE, path)).await?).await
}

/// Removes the version given.
pub async fn delete_version(path: &str, etag: &str) -> Result<(), ApiError> {
    call(Call::new(Method::DELETE, path).version(etag)).await.map(drop)
}

/// The version of a thing in a list, which tells no `ETag`; of one, `If-Match` compares only this part.
pub fn listed(version: i64) -> String {
    format!("\"v{version}.\"")
}

/// The headers that name the caller, for what cannot go through here: an upload with its progress.
pub async fn caller_headers() -> Vec<(&'static str, String)> {
    refresh::settle().await;
    let mut headers = vec![("Accept-Language", prefs::lang_now().tag().to_owned())];
    if let Some(token) = session::token() {
        headers.push(("Authorization", format!("Bearer {}", token.0)));
    }
    if let Some(organisation) = session::acting_for_now() {
        headers.push((ACTING_FOR, organisation.to_string()));
    }
    headers
}

/// The address of an operation.
pub fn address(path: &str) -> String {
    format!("{ROOT}{path}")
}

/// A key that no other call has: 128 random bits.
pub fn idempotency_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One call, which can be made again.
pub(super) struct Call {
    method: Method,
    path: String,
    json: Option<String>,
    key: Option<String>,
    version: Option<String>,
    acting: Acting,
    abort: Option<AbortController>,
}

impl Call {
    pub(super) fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            json: None,
            key: None,
            version: None,
            acting: Acting::AsChosen,
            abort: None,
        }
    }

    fn json(mut self, sent: &impl Serialize) -> Result<Self, ApiError> {
        // Only a map with keys that are no text cannot be written, and no body has one.
        self.json = Some(serde_json::to_string(sent).map_err(|_| ApiError::of_status(400))?);
        Ok(self)
    }

    fn once(mut self) -> Self {
        self.key = Some(idempotency_key());
        self
    }

    fn version(mut self, etag: &str) -> Self {
        self.version = Some(etag.to_owned());
        self
    }

    /// Sends it as whoever is signed in now.
    async fn send(&self) -> Result<Response, ApiError> {
        let mut headers = caller_headers().await;
        if self.acting != Acting::AsChosen {
            headers.retain(|(name, _)| *name != ACTING_FOR);
        }
        if let Acting::For(organisation) = self.acting {
            headers.push((ACTING_FOR, organisation.to_string()));
        }
        self.send_with(headers).await
    }

    /// Sends it with nothing but the cookie.
    pub(super) async fn send_bare(&self) -> Result<Response, ApiError> {
        self.send_with(Vec::new()).await
    }

    async fn send_with(&self, headers: Vec<(&str, String)>) -> Result<Response, ApiError> {
        let signal = self.abort.as_ref().map(AbortController::signal);
        let mut request =
            RequestBuilder::new(&address(&self.path)).method(self.method.clone()).abort_signal(signal.as_ref());
        for (name, value) in headers {
            request = request.header(name, &value);
        }
        if let Some(key) = &self.key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(version) = &self.version {
            request = request.header("If-Match", version);
        }
        let request = match &self.json {
            Some(json) => request.header("Content-Type", "application/json").body(json),
            None => request.build(),
        };
        request.map_err(|_| ApiError::of_status(400))?.send().await.map_err(|_| ApiError::Offline)
    }
}

async fn read(path: &str) -> Result<Response, ApiError> {
    // Who reads is known only then. It is read here so that the resource which asked runs again when it changes.
    refresh::settle().await;
    session::track_caller();
    let _ = prefs::lang();
    let mut read = Call::new(Method::GET, path);
    if let (Some(_), Ok(abort)) = (Owner::current(), AbortController::new()) {
        let to_abort = send_wrapper(abort.clone());
        on_cleanup(move || to_abort.abort());
        read.abort = Some(abort);
    }
    call(read).await
}

/// `on_cleanup` wants what may change threads; a browser's page has one.
fn send_wrapper(abort: AbortController) -> leptos::__reexports::send_wrapper::SendWrapper<AbortController> {
    leptos::__reexports::send_wrapper::SendWrapper::new(abort)
}

/// Makes a call; when the token has run out, renews it and makes the call once more.
async fn call(call: Call) -> Result<Response, ApiError> {
    refresh::if_due().await;
    let signed_in = session::token().is_some();
    let answer = call.send().await?;
    if answer.status() == 401 && signed_in {
        let problem = problem(answer).await;
        if problem.code() == Some(Code::Unauthenticated) && refresh::refresh_session().await {
            return accept(call.send().await?).await;
        }
        return Err(problem);
    }
    accept(answer).await
}

pub(super) async fn accept(answer: Response) -> Result<Response, ApiError> {
    if answer.ok() { Ok(answer) } else { Err(problem(answer).await) }
}

async fn problem(answer: Response) -> ApiError {
    match answer.text().await.ok().and_then(|text| json::read::<Problem>(&text).ok()) {
        Some(problem) => ApiError::Problem(Box::new(problem)),
        None => ApiError::of_status(answer.status()),
    }
}

pub(super) async fn body<T: DeserializeOwned>(answer: Response) -> Result<T, ApiError> {
    let text = answer.text().await.map_err(|_| ApiError::Offline)?;
    json::read(&text).map_err(|error| {
        leptos::logging::error!("{}: {error}", answer.url());
        ApiError::of_status(500)
    })
}

async fn versioned<T: DeserializeOwned>(answer: Response) -> Result<Versioned<T>, ApiError> {
    let etag = answer.headers().get("etag").unwrap_or_default();
    Ok(Versioned { value: body(answer).await?, etag })
}
