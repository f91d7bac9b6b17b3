//! Renewing the token: one call at a time, over all tabs of the browser.

use super::{
    ApiError,
    client::{Call, accept, body},
    locks,
};
use crate::session;
use gloo_net::http::Method;
use js_sys::Promise;
use shared::account::Session;
use std::{cell::RefCell, pin::Pin};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

thread_local! {
    /// The renewal that is under way in this tab.
    static UNDER_WAY: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Renews the token by the cookie. Answers whether somebody is signed in afterwards; if the server says
/// that nobody is, the session is cleared. Calls made meanwhile wait for it.
pub async fn refresh_session() -> bool {
    let promise = UNDER_WAY.with_borrow_mut(|under_way| {
        under_way
            .get_or_insert_with(|| {
                future_to_promise(async {
                    // Other tabs hold the same cookie: one after the other.
                    locks::alone("spilno-refresh", renewal().await).await;
                    UNDER_WAY.with_borrow_mut(Option::take);
                    Ok(JsValue::UNDEFINED)
                })
            })
            .clone()
    });
    let _ = JsFuture::from(promise).await;
    session::token().is_some()
}

/// Waits for a renewal that is under way.
pub(super) async fn settle() {
    let promise = UNDER_WAY.with_borrow(Clone::clone);
    if let Some(promise) = promise {
        let _ = JsFuture::from(promise).await;
    }
}

/// Renews a token that is about to run out, before it makes a call fail.
pub(super) async fn if_due() {
    settle().await;
    if session::token_is_due() {
        refresh_session().await;
    }
}

part! {
    /// Only who was signed in before has something to renew.
    in frame: fn renewal() -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(renew())
    }
}

async fn renew() {
    let answer =
        async { body::<Session>(accept(Call::new(Method::POST, "/sessions/refresh").send_bare().await?).await?).await };
    match answer.await {
        Ok(session) => session::set(session),
        Err(ApiError::Problem(problem)) if problem.status < 500 && problem.status != 429 => session::clear(),
        // Offline or busy: the session may well be alive; the next call tries again.
        Err(_) => (),
    }
}
