//! Lists as pages: the cursor's codec and the `Link` header.

use crate::http::{
    answer,
    error::{Error, Result},
};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    page::{Cursor, Limit, Page},
    problem::Code,
};

/// The cursor of a row's sort key.
pub fn cursor(key: &impl Serialize) -> Result<Cursor> {
    let json = serde_json::to_vec(key).map_err(anyhow::Error::new)?;
    Ok(Cursor(URL_SAFE_NO_PAD.encode(json)))
}

/// The sort key of a cursor; 410 when it is of another list.
pub fn key<K: DeserializeOwned>(cursor: &Cursor) -> Result<K> {
    URL_SAFE_NO_PAD
        .decode(&cursor.0)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| Error::of(Code::CursorExpired))
}

/// A page of `rows`, of which one more than `limit` was asked for; `key` is the sort key of a row.
pub fn page<R, T, K: Serialize>(
    mut rows: Vec<R>,
    limit: Limit,
    key: impl Fn(&R) -> K,
    item: impl Fn(R) -> T,
) -> Result<Page<T>> {
    let most = usize::try_from(limit.rows()).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = match rows.last() {
        Some(last) if more => Some(cursor(&key(last))?),
        _ => None,
    };
    Ok(Page { items: rows.into_iter().map(item).collect(), next })
}

/// A list as an answer, with the next page also in `Link` (RFC 8288).
#[derive(Debug)]
pub struct List<T>(pub Page<T>);

impl<T: Serialize> Responder for List<T> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        respond(req, self.0.next.as_ref(), &self.0)
    }
}

/// A list whose body says more than its items, such as counts.
#[derive(Debug)]
pub struct Listed<B> {
    pub body: B,
    pub next: Option<Cursor>,
}

impl<B: Serialize> Responder for Listed<B> {
    type Body = BoxBody;

    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        respond(req, self.next.as_ref(), &self.body)
    }
}

fn respond(req: &HttpRequest, next: Option<&Cursor>, body: &impl Serialize) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::VARY, answer::VARY))
        .insert_header((header::CACHE_CONTROL, answer::cache_control(req)));
    if let Some(Cursor(next)) = next {
        let rest = req.query_string().split('&').filter(|part| !part.is_empty() && !part.starts_with("after="));
        let query = rest.chain([format!("after={next}").as_str()]).collect::<Vec<_>>().join("&");
        response.insert_header((header::LINK, format!("<{}?{query}>; rel=\"next\"", req.path())));
    }
    response.json(body)
}
