use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does the work while no other tab does work under the same name (`navigator.locks`); at once where
/// the browser has no locks.
pub(crate) async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let Some((locks, request)) = locks() else { return work.await };
    let held = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        future_to_promise(async {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(done) = request.call2(&locks, &name.into(), &held) {
        let _ = JsFuture::from(done.unchecked_into::<Promise>()).await;
    }
}

/// `navigator.locks` and its `request`; `web-sys` knows them only behind a compiler flag.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
