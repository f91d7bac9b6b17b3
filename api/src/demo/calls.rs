//! Calling the API as one person after the other.

use crate::{account, auth::token, demo::content, state::AppState};
use actix_web::{
    body::to_bytes,
    dev::{Service, ServiceResponse},
    http::{Method, header},
    test::TestRequest,
    web::Data,
};
use anyhow::{Context, Result, anyhow, bail};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use shared::{
    ids::{AccountId, SessionId},
    time::Timestamp,
};
use std::collections::HashMap;

/// A session ends when nobody refreshed it for thirty days.
const SESSION: TimeDelta = TimeDelta::days(29);
/// A token is good for ten minutes.
const TOKEN: TimeDelta = TimeDelta::minutes(9);

/// The people of the demo at their devices.
pub(super) struct Calls<S> {
    state: Data<AppState>,
    service: S,
    people: HashMap<String, Visitor>,
}

struct Visitor {
    account: AccountId,
    /// Where they call from: limits are for each client, and these are many.
    address: [u8; 4],
    session: Option<(SessionId, Timestamp)>,
    token: Option<(String, Timestamp)>,
}

/// What somebody asks of the API.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) who: String,
    /// The id of the organisation one acts for.
    pub(super) acting_for: Option<String>,
    pub(super) method: Method,
    /// Under `/api/v1`.
    pub(super) path: String,
    pub(super) body: Value,
}

impl Call {
    pub(super) fn post(who: &str, path: impl Into<String>, body: Value) -> Call {
        let (who, path) = (who.to_owned(), path.into());
        Call { who, acting_for: None, method: Method::POST, path, body }
    }

    pub(super) fn get(who: &str, path: impl Into<String>) -> Call {
        Call { method: Method::GET, ..Call::post(who, path, Value::Null) }
    }

    /// Changes the version that is there.
    pub(super) fn patch(who: &str, path: impl Into<String>, body: Value) -> Call {
        Call { method: Method::PATCH, ..Call::post(who, path, body) }
    }

    /// In the name of an organisation.
    pub(super) fn acting_for(self, organisation: Option<&str>) -> Call {
        Call { acting_for: organisation.map(str::to_owned), ..self }
    }
}

impl<S> Calls<S>
where
    S: Service<actix_http::Request, Response = ServiceResponse, Error = actix_web::Error>,
{
    pub(super) fn new(state: Data<AppState>, service: S) -> Self {
        Self { state, service, people: HashMap::new() }
    }

    /// Makes a person known who has an account.
    pub(super) fn meet(&mut self, person: &str, account: AccountId) {
        let number = u16::try_from(self.people.len()).unwrap_or_default();
        let [high, low] = number.to_be_bytes();
        let visitor = Visitor { account, address: [198, 18, high, low], session: None, token: None };
        self.people.insert(person.to_owned(), visitor);
    }

    /// The account of a person.
    pub(super) fn account(&self, person: &str) -> Result<AccountId> {
        self.people.get(person).map(|visitor| visitor.account).with_context(|| format!("there is no person {person}"))
    }

    /// Carries out a call that has to succeed, and lets a second pass.
    pub(super) async fn call(&mut self, call: Call) -> Result<Value> {
        let mut request = self.request(&call, call.method.clone()).await?;
        if call.method == Method::PATCH {
            let read = self.request(&call, Method::GET).await?;
            let present = self.send(read, &call.path).await?;
            let version = present.get("version").and_then(Value::as_i64).context("what is changed has a version")?;
            request = request.append_header((header::IF_MATCH, format!("\"v{version}.0.0\"")));
        }
        if !call.body.is_null() {
            request = request.set_json(&call.body);
        }
        self.send(request, &call.path).await.with_context(|| format!("{} calls with {}", call.who, call.body))
    }

    /// Uploads a photo; the answer names it and proves it to be theirs.
    pub(super) async fn upload(&mut self, who: &str, photo: Vec<u8>) -> Result<Value> {
        let request = self.request(&Call::post(who, "/uploads", Value::Null), Method::POST).await?;
        let request = request.append_header((header::CONTENT_TYPE, "image/png")).set_payload(photo);
        let mut answer = self.send(request, "/uploads").await?;
        if let Some(upload) = answer.as_object_mut() {
            upload.remove("kind");
        }
        Ok(answer)
    }

    /// The token of the latest link that was mailed to somebody.
    pub(super) async fn mailed_token(&self, person: &str) -> Result<String> {
        let db = self.state.db.read();
        let row = db
            .query_one_raw(Statement::from_sql_and_values(
                self.state.db.backend(),
                "SELECT payload FROM job WHERE kind = 'send_mail' AND payload LIKE $1 ORDER BY id DESC LIMIT 1",
                [format!("%\"to\":\"{}\"%", content::address(person)).into()],
            ))
            .await?
            .with_context(|| format!("nothing was mailed to {person}"))?;
        let letter: Value = serde_json::from_str(&row.try_get::<String>("", "payload")?)?;
        let link = letter.pointer("/button/link").and_then(Value::as_str).context("the mail has a link")?;
        // `/m#<purpose>.<token>`
        Ok(link.rsplit(['#', '.']).next().unwrap_or_default().to_owned())
    }

    /// Signed, without a body.
    async fn request(&mut self, call: &Call, method: Method) -> Result<TestRequest> {
        let token = self.token(&call.who).await?;
        let address = self.people.get(&call.who).map(|visitor| visitor.address).unwrap_or_default();
        let request = TestRequest::with_uri(&format!("/api/v1{}", call.path))
            .method(method)
            .peer_addr((address, 4242).into())
            .append_header((header::AUTHORIZATION, format!("Bearer {token}")));
        Ok(match &call.acting_for {
            Some(organisation) => request.append_header(("Spilno-Acting-For", organisation.as_str())),
            None => request,
        })
    }

    async fn send(&self, request: TestRequest, path: &str) -> Result<Value> {
        let answer = self.service.call(request.to_request()).await.map_err(|error| anyhow!("{path}: {error}"))?;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body()).await.map_err(|_| anyhow!("{path}: no body"))?;
        if !status.is_success() {
            bail!("{path}: {status} {}", String::from_utf8_lossy(&bytes));
        }
        // What is written next gets a later id.
        self.state.clock.advance(TimeDelta::seconds(1));
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// A token without the sign-in before it: that would cost a hash of the password each time, and
    /// here days pass between two calls.
    async fn token(&mut self, who: &str) -> Result<String> {
        let now = self.state.clock.now();
        let visitor = self.people.get_mut(who).with_context(|| format!("there is no person {who}"))?;
        if let Some((token, since)) = &visitor.token
            && now.since(*since) < TOKEN
        {
            return Ok(token.clone());
        }
        let session = match visitor.session {
            Some((session, since)) if now.since(since) < SESSION => session,
            _ => {
                let mut tx = self.state.write_secretly().await?;
                let session = account::start_session(&mut tx, visitor.account, "demo").await?;
                tx.commit().await?;
                visitor.session = Some((session, now));
                session
            }
        };
        let issuer = self.state.config.public_url();
        let token = token::issue(&self.state.keys, issuer.as_str(), visitor.account, session, now)?;
        visitor.token = Some((token.clone(), now));
        Ok(token)
    }
}
