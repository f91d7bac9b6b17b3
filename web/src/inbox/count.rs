use crate::{
    api::inbox,
    part::for_members,
    stream::{Told, use_changes},
    ui::{Count, Icon},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// How much waits in the inbox: read once for the whole app, and again when something changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InboxCount {
    n: RwSignal<u64>,
    again: Trigger,
}

impl InboxCount {
    /// Reads it again, after the inbox was worked on.
    pub(crate) fn refetch(&self) {
        self.again.notify();
    }
}

/// Makes the count available below. Draw what it answers: that keeps the count.
pub(crate) fn provide_inbox_count() -> impl IntoView {
    provide_context(InboxCount { n: RwSignal::new(0), again: Trigger::new() });
    // Only of somebody signed in there is an inbox; the stream is not opened for the others' sake.
    for_members(|| Box::pin(counting()))
}

part! {
    /// Counts for as long as it is there.
    in frame: fn counting() -> AnyView {
        if let Some(InboxCount { n, again }) = use_context() {
            let changes = use_changes(concerns_inboxes);
            let count = LocalResource::new(move || {
                changes.track();
                again.track();
                async { inbox::count_inbox().await.unwrap_or_default() }
            });
            Effect::new(move |_| {
                if let Some(count) = count.get() {
                    n.set(count);
                }
            });
            on_cleanup(move || {
                n.try_set(0);
            });
        }
        ().into_any()
    }
}

/// Whether a change can put something into an inbox or take it out.
pub(super) fn concerns_inboxes(told: &Told) -> bool {
    matches!(told.thing.as_deref(), Some("issue" | "task" | "offer" | "commitment" | "organisation"))
}

/// The way to the inbox with what waits there; nothing for visitors.
#[component]
pub(crate) fn InboxLink(
    /// In the line at the top, rather than in the bar at the bottom.
    #[prop(optional)]
    top: bool,
) -> impl IntoView {
    if top { for_members(|| Box::pin(link("top-link wide-only"))) } else { for_members(|| Box::pin(link(""))) }
}

part! {
    in frame: fn link(class: &'static str) -> AnyView {
        let count = use_context::<InboxCount>();
        let n = Signal::derive(move || count.map(|count| count.n.get()).unwrap_or_default());
        view! {
            <A href="/inbox" attr:class=class>
                <Icon name="inbox"/>
                {t!(ShellInbox)}
                <Count n label=t!(ShellInboxCount)/>
            </A>
        }
        .into_any()
    }
}
