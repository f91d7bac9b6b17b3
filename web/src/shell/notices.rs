use crate::{
    api, session, storage,
    ui::{Button, Icon},
};
use leptos::{ev, prelude::*};

/// Strips below the header: no connection, or a part of the app that did not load.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let offline = RwSignal::new(!window().navigator().on_line());
    let part_missing = RwSignal::new(false);
    let listeners = [
        window_event_listener(ev::offline, move |_| offline.set(true)),
        window_event_listener(ev::online, move |_| {
            offline.set(false);
            restore_session();
        }),
        window_event_listener_untyped("spilno:part-missing", move |_| part_missing.set(true)),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    let reload = move || {
        let _ = window().location().reload();
    };
    view! {
        <div role="status" aria-live="polite">
            <Show when=move || offline.get()>
                <div class="banner">
                    <Icon name="wifi-off"/>
                    <p>{t!(ShellOffline)}</p>
                </div>
            </Show>
            <Show when=move || part_missing.get()>
                <div class="banner">
                    <Icon name="refresh-cw"/>
                    <p>{t!(ShellPartMissing)}</p>
                    <Button small=true on_press=reload>{t!(ShellReload)}</Button>
                </div>
            </Show>
        </div>
    }
}

/// Who opened the app without a connection is signed in when it comes back.
fn restore_session() {
    if session::token().is_none() && storage::read_text("signed_in").is_some() {
        leptos::task::spawn_local(async {
            api::refresh_session().await;
        });
    }
}
