//! Callers as values: each signs its requests, and what it gets back can be looked at.

use crate::{
    auth::{
        cookie::{self, Presented},
        session::{self, Caller},
    },
    testing::TestApp,
};
use actix_web::{
    body::{BoxBody, MessageBody},
    http::{
        Method,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
};
use serde_json::Value;
use shared::ids::{AccountId, SessionId};
use std::{future::poll_fn, pin::Pin, time::Duration};

/// Somebody who calls the API.
#[derive(Clone)]
pub(crate) struct Client<'a> {
    pub(super) app: &'a TestApp,
    pub(super) account: Option<AccountId>,
    pub(super) session: Option<SessionId>,
    pub(super) headers: Vec<(String, String)>,
}

impl Client<'_> {
    /// The account that calls.
    pub(crate) fn id(&self) -> AccountId {
        self.account.expect("somebody who is signed in")
    }

    /// The session one calls in.
    pub(crate) fn session(&self) -> SessionId {
        self.session.expect("somebody who is signed in")
    }

    /// The caller as handlers know them.
    pub(crate) async fn caller(&self) -> Caller {
        let mut request = actix_web::test::TestRequest::default();
        if let (Some(account), Some(session)) = (self.account, self.session) {
            request = request.append_header(("Authorization", format!("Bearer {}", self.app.token(account, session))));
        }
        session::resolve(&self.app.state, &request.to_http_request()).await.unwrap()
    }

    /// The same caller with one more header.
    pub(crate) fn with(&self, name: &str, value: impl ToString) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_string()));
        client
    }

    /// The same person by their cookie alone, as a browser fetches pictures.
    pub(crate) fn by_cookie(&self) -> Self {
        let session = self.session.expect("somebody who is signed in");
        let cookie = Presented { session, generation: 0 }.value(&self.app.state.keys);
        let client = self.with("Cookie", format!("{}={cookie}", cookie::NAME));
        Self { account: None, session: None, ..client }
    }

    /// The same caller acting for an organisation.
    pub(crate) fn acting_for(&self, organisation: impl ToString) -> Self {
        self.with("Spilno-Acting-For", organisation)
    }

    /// GET of an address outside `/api/v1`.
    pub(crate) async fn fetch(&self, address: &str) -> Answered {
        self.send_to(Method::GET, address, None).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answered {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answered {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answered {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answered {
        self.send(Method::DELETE, path, None).await
    }

    /// `path` is under `/api/v1`.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answered {
        self.send_to(method, &format!("/api/v1{path}"), body).await
    }

    /// Uploads the bytes of a file, which are said to be of the `kind`.
    pub(crate) async fn upload(&self, kind: &str, content: Vec<u8>) -> Answered {
        let request =
            self.request(Method::POST, "/api/v1/uploads").append_header(("Content-Type", kind)).set_payload(content);
        self.app.call(request).await
    }

    /// Listens to a stream under `/api/v1`.
    pub(crate) async fn listen(&self, path: &str) -> Listening {
        self.app.open(self.request(Method::GET, &format!("/api/v1{path}"))).await
    }

    async fn send_to(&self, method: Method, address: &str, body: Option<Value>) -> Answered {
        let mut request = self.request(method, address);
        if let Some(body) = body {
            request = request.set_json(body);
        }
        self.app.call(request).await
    }

    /// Signed, with the headers, without a body.
    fn request(&self, method: Method, address: &str) -> actix_web::test::TestRequest {
        let mut request =
            actix_web::test::TestRequest::with_uri(address).method(method).peer_addr(([192, 0, 2, 1], 4242).into());
        if let (Some(account), Some(session)) = (self.account, self.session) {
            request = request.append_header(("Authorization", format!("Bearer {}", self.app.token(account, session))));
        }
        for (name, value) in &self.headers {
            request = request.append_header((name.as_str(), value.as_str()));
        }
        request
    }
}

/// A stream that is open.
pub(crate) struct Listening {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(super) body: Pin<Box<BoxBody>>,
    pub(super) rest: String,
}

impl Listening {
    /// The next block of lines; nothing when the stream has ended. Fails when neither comes.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.rest.split_once("\n\n") {
                let block = block.to_owned();
                self.rest = rest.to_owned();
                return Some(block);
            }
            let more = poll_fn(|context| self.body.as_mut().poll_next(context));
            let more = tokio::time::timeout(Duration::from_secs(10), more).await.expect("a word within ten seconds");
            self.rest += std::str::from_utf8(&more?.expect("a stream that is not cut")).unwrap();
        }
    }

    /// The change of the next block.
    pub(crate) async fn change(&mut self) -> Value {
        let block = self.next().await.expect("a change");
        let data = block.lines().find_map(|line| line.strip_prefix("data: "));
        serde_json::from_str(data.unwrap_or_else(|| panic!("no data: {block}"))).unwrap()
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    /// The body as JSON; null when there is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(HeaderName::try_from(name).unwrap()).map(HeaderValue::to_str).and_then(Result::ok)
    }

    /// Fails unless the status is the expected one, showing what was answered.
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// A text of the body by its pointer, such as `/items/0/id`.
    pub(crate) fn text(&self, pointer: &str) -> String {
        self.json()
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer}: {}", self.json()))
            .to_owned()
    }

    /// Status, code and faulty fields of a problem on one line, for snapshots.
    pub(crate) fn problem(&self) -> String {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let faults: Vec<String> = errors
            .iter()
            .map(|error| format!(" {}={}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
            .collect();
        format!("{} {}{}", self.status, json["code"].as_str().unwrap_or("?"), faults.concat())
    }
}
