//! Whoever calls with a cookie has to be a page of ours: `Sec-Fetch-Site`, else `Origin`.

use crate::{
    http::error::{Error, Result},
    state::AppState,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use shared::problem::Code;
use std::future::{Ready, ready};

/// Proof that the request came from a page of ours.
#[derive(Debug)]
pub struct SameOrigin(());

impl SameOrigin {
    /// 403 for what came from another site, or does not say where from.
    pub fn check(req: &HttpRequest) -> Result<Self> {
        let header = |name: &str| req.headers().get(name).map(|value| value.to_str().unwrap_or_default());
        let ours = match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => req
                .app_data::<Data<AppState>>()
                .is_some_and(|app| app.config.public_url().origin().ascii_serialization() == origin),
            (None, None) => false,
        };
        if ours { Ok(Self(())) } else { Err(Error::of(Code::CrossSite)) }
    }
}

impl FromRequest for SameOrigin {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::check(req))
    }
}
