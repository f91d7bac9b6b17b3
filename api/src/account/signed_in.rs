//! The answer to whoever has signed in: a token to keep in memory, and the cookie that renews it.

use crate::{
    account::store,
    auth::{
        cookie::{self, Presented},
        token,
    },
    http::{answer::Answer, error::Result},
    state::AppState,
};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, cookie::Cookie, http::header};
use serde::Serialize;
use shared::{
    account::{Secret, Session},
    ids::{AccountId, SessionId},
    time::Timestamp,
};

/// Token and account in the body, the cookie beside it; never stored.
#[derive(Debug)]
pub(crate) struct SignedIn {
    session: Session,
    cookie: Option<Cookie<'static>>,
}

impl SignedIn {
    /// For a session that has just begun; to be called after the commit.
    pub(crate) async fn new(app: &AppState, account: AccountId, session: SessionId) -> Result<Self> {
        let now = app.clock.now();
        Self::refreshed(app, account, Presented { session, generation: 0 }, now + store::IDLE).await
    }

    /// For a session with its cookie of the moment, which is good until `end`.
    pub(crate) async fn refreshed(
        app: &AppState,
        account: AccountId,
        presented: Presented,
        end: Timestamp,
    ) -> Result<Self> {
        let mut signed_in = Self::without_cookie(app, account, presented.session).await?;
        signed_in.cookie = Some(presented.cookie(&app.keys, app.clock.now(), end));
        Ok(signed_in)
    }

    /// For a session whose browser has its cookie already.
    pub(crate) async fn without_cookie(app: &AppState, account: AccountId, session: SessionId) -> Result<Self> {
        let token = token::issue(&app.keys, app.config.public_url().as_str(), account, session, app.clock.now())?;
        let session = Session {
            access_token: Secret(token),
            expires_in: u32::try_from(token::LIFE).unwrap_or_default(),
            account: store::me(app.db.read(), account).await?,
        };
        Ok(Self { session, cookie: None })
    }

    /// The answer, with the session in a body that may say more.
    pub(crate) fn respond<T: Serialize>(self, body: impl FnOnce(Session) -> T) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(cookie) = self.cookie {
            response.cookie(cookie);
        }
        response.json(body(self.session))
    }
}

impl Responder for SignedIn {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.respond(|session| session)
    }
}

/// The session is over: 204, and the browser forgets the cookie.
#[derive(Debug)]
pub(crate) struct SignedOut;

impl Responder for SignedOut {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .cookie(cookie::forgotten())
            .finish()
    }
}

/// What is told to whoever asks for a mail: nothing.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Heard {}

/// An operation that is asked for a mailed link, or is given the link's token.
#[derive(Debug)]
pub(crate) enum AskedOrUsed {
    Asked(Answer<Heard>),
    Used(Box<SignedIn>),
}

impl Responder for AskedOrUsed {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        match self {
            Self::Asked(answer) => answer.respond_to(req),
            Self::Used(signed_in) => signed_in.respond_to(req),
        }
    }
}
