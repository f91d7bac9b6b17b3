//! Uploads: the one call that tells its progress, which `fetch` cannot.

use super::{ApiError, client};
use crate::json;
use shared::upload::Upload;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

/// `POST /uploads`: one photo or document; `progress` is told the share sent, in whole percent.
pub async fn upload(file: File, progress: impl Fn(u32) + 'static) -> Result<Upload, ApiError> {
    let request = XmlHttpRequest::new().map_err(|_| ApiError::Offline)?;
    request.open("POST", &client::address("/uploads")).map_err(|_| ApiError::Offline)?;
    for (name, value) in client::caller_headers().await {
        let _ = request.set_request_header(name, &value);
    }
    let _ = request.set_request_header("Content-Type", &file.type_());
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress(percent(event.loaded() / event.total()));
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(&file)).map_err(|_| ApiError::Offline)?;
    JsFuture::from(ended).await.map_err(|_| ApiError::Offline)?;
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or_default() {
        200..=299 => json::read(&text).map_err(|_| ApiError::of_status(500)),
        0 => Err(ApiError::Offline),
        status => Err(json::read(&text)
            .map_or_else(|_| ApiError::of_status(status), |problem| ApiError::Problem(Box::new(problem)))),
    }
}

#[expect(clippy::as_conversions, reason = "a share between 0 and 1 makes a percentage that fits")]
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0) as u32
}
