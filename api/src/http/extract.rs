//! How bodies, paths and queries are read.

use crate::http::{
    context::Request,
    error::{Error, Result},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use aws_lc_rs::digest;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use shared::{draft::Draft, problem::Code};

/// The most bytes a JSON body may have.
const LIMIT: usize = 256 * 1024;

/// A JSON body that was parsed: 400 when it is not of the shape, 422 with every faulty field.
#[derive(Debug)]
pub struct Valid<D: Draft>(pub D::Parsed);

impl<D: Draft + DeserializeOwned + 'static> FromRequest for Valid<D> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = Request::of(req);
        let json = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/json") || kind.eq_ignore_ascii_case("application/merge-patch+json")
        });
        let body = web::Payload::from_request(req, payload);
        Box::pin(async move {
            if !json {
                return Err(Error::of(Code::UnsupportedMedia));
            }
            let body = body.await.map_err(Error::malformed)?;
            let bytes =
                body.to_bytes_limited(LIMIT).await.map_err(|_| Error::of(Code::TooLarge))?.map_err(Error::malformed)?;
            request.body_hash.set(digest::digest(&digest::SHA256, &bytes).as_ref().try_into().ok());
            let draft: D = serde_json::from_slice(&bytes).map_err(Error::malformed)?;
            draft.parse().map(Valid).map_err(Error::from)
        })
    }
}

/// One way to refuse paths and queries: what is no id cannot exist, what is no filter is a mistake.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PathConfig::default().error_handler(|_, _| Error::of(Code::NotFound).into()))
        .app_data(web::QueryConfig::default().error_handler(|error, _| Error::malformed(error).into()));
}
