use gloo_timers::future::TimeoutFuture;
use leptos::{html, prelude::*};

/// How often it is looked, and how often at most.
const EVERY_MS: u32 = 50;
const TIMES: u32 = 200;

/// The server's own text of the page stays in sight until the app has drawn the same: no flash, no jump.
#[component]
pub(super) fn TakeOver(children: Children) -> impl IntoView {
    let container = NodeRef::<html::Div>::new();
    let (waiting, set_waiting) = signal(false);
    Effect::new(move |_| {
        let (Some(container), Some(given)) = (container.get(), document().get_element_by_id("static")) else { return };
        if given.child_element_count() == 0 {
            given.remove();
            return;
        }
        unwrap_main(&given);
        let moved = container.parent_element().map(|main| main.insert_before(&given, Some(&container)));
        if !matches!(moved, Some(Ok(_))) {
            given.remove();
            return;
        }
        set_waiting.set(true);
        leptos::task::spawn_local(async move {
            for _ in 0..TIMES {
                TimeoutFuture::new(EVERY_MS).await;
                if is_drawn(&container) {
                    break;
                }
            }
            given.remove();
            set_waiting.try_set(false);
        });
    });
    view! { <div node_ref=container hidden=move || waiting.get()>{children()}</div> }
}

/// The server's text is a page's main part by itself; inside the app's, a second one would be one too many.
fn unwrap_main(given: &web_sys::Element) {
    let Ok(Some(main)) = given.query_selector("main") else { return };
    while let Some(child) = main.first_child() {
        if given.append_child(&child).is_err() {
            break;
        }
    }
    main.remove();
}

fn is_drawn(container: &web_sys::Element) -> bool {
    let has = |what| container.query_selector(what).ok().flatten().is_some();
    has("h1, h2") && !has(".skeleton")
}
