use crate::{
    api::inbox,
    session,
    stream::{Told, use_changes},
    ui::{Count, Icon},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// How much waits in the inbox: read once for the whole app, and again when something changes.
#[derive(Clone, Copy)]
pub(crate) struct InboxCount(LocalResource<u64>);

impl InboxCount {
    /// Reads it again, after the inbox was worked on.
    pub(crate) fn refetch(&self) {
        self.0.refetch();
    }
}

pub(crate) fn provide_inbox_count() {
    // Only of somebody signed in there is an inbox; the stream is not opened for the others' sake.
    let changes = RwSignal::new(None::<ReadSignal<u32>>);
    let owner = Owner::current();
    Effect::new(move |_| {
        if session::signed_in() && changes.with_untracked(Option::is_none) {
            let listen = || use_changes(concerns_inboxes);
            changes.set(Some(owner.as_ref().map_or_else(listen, |owner| owner.with(listen))));
        }
    });
    let count = LocalResource::new(move || {
        let signed_in = session::signed_in();
        if let Some(changes) = changes.get() {
            changes.track();
        }
        async move { if signed_in { inbox::count_inbox().await.unwrap_or_default() } else { 0 } }
    });
    provide_context(InboxCount(count));
}

/// Whether a change can put something into an inbox or take it out.
pub(super) fn concerns_inboxes(told: &Told) -> bool {
    matches!(told.thing.as_deref(), Some("issue" | "task" | "offer" | "commitment" | "organisation"))
}

/// The way to the inbox with what waits there; nothing for visitors.
#[component]
pub(crate) fn InboxLink(#[prop(optional)] class: &'static str) -> impl IntoView {
    let count = use_context::<InboxCount>();
    let n = Signal::derive(move || count.and_then(|InboxCount(count)| count.get()).unwrap_or_default());
    move || {
        session::signed_in().then(|| {
            view! {
                <A href="/inbox" attr:class=class>
                    <Icon name="inbox"/>
                    {t!(ShellInbox)}
                    <Count n label=t!(ShellInboxCount)/>
                </A>
            }
        })
    }
}
