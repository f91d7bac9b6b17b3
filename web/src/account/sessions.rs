use crate::{
    api::account as api,
    ui::{Badge, Button, Time, Tone, load, use_toasts},
};
use leptos::prelude::*;
use shared::{account::SessionSummary, ids::SessionId};

/// Where one is signed in, each to be ended.
#[component]
pub(super) fn Sessions() -> impl IntoView {
    let sessions = LocalResource::new(api::list_my_sessions);
    let toasts = use_toasts();
    let end = Action::new_local(move |id: &SessionId| {
        let id = *id;
        async move {
            match api::end_my_session(id).await {
                Ok(()) => {
                    toasts.say(t!(AccountSessionEnded)());
                    sessions.refetch();
                }
                Err(error) => toasts.fail(&error),
            }
        }
    });
    view! {
        <section class="stack rule">
            <h2>{t!(AccountSessions)}</h2>
            <p class="muted">{t!(AccountSessionsLead)}</p>
            {load(sessions, move |page| {
                let rows = page.items.into_iter().map(|session| view! { <SessionRow session end/> });
                view! { <ul class="sessions">{rows.collect_view()}</ul> }
            })}
        </section>
    }
}

#[component]
fn SessionRow(session: SessionSummary, end: Action<SessionId, ()>) -> impl IntoView {
    let SessionSummary { id, last_seen_at, device, current, .. } = session;
    let ending = Signal::derive(move || end.pending().get() && end.input().get() == Some(id));
    view! {
        <li>
            <div>
                <b>{move || device.clone().unwrap_or_else(|| t!(AccountDeviceUnknown)().to_owned())}</b>
                <p class="faint small-text">{t!(AccountLastSeen)}" "<Time at=last_seen_at/></p>
            </div>
            {if current {
                view! { <Badge tone=Tone::Accent>{t!(AccountThisDevice)}</Badge> }.into_any()
            } else {
                view! {
                    <Button small=true pending=ending on_press=move || {
                        end.dispatch(id);
                    }>{t!(AccountEndSession)}</Button>
                }.into_any()
            }}
        </li>
    }
}
