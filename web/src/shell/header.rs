use super::{account_menu::AccountMenu, footer::LanguageButton, switcher::CommunitySwitcher, use_community_here};
use crate::{
    api, session,
    ui::{Count, Icon},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

/// The line at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let here = use_community_here();
    view! {
        <header class="top" class:with-tabs=move || here.slug().is_some()>
            <a class="mark" href="/">{t!(ShellMark)}</a>
            <CommunitySwitcher/>
            <span class="push"></span>
            <span class="wide-only"><LanguageButton/></span>
            <span class="wide-only">
                <Show when=session::signed_in>
                    <A href="/inbox" attr:class="top-link">
                        <Icon name="inbox" small=true/>
                        {t!(ShellInbox)}
                        <InboxBadge/>
                    </A>
                </Show>
            </span>
            <AccountMenu/>
        </header>
    }
}

/// How many things wait, counted once for the header and the bottom bar.
#[derive(Clone, Copy)]
struct InboxCount(LocalResource<u64>);

pub(super) fn provide_inbox_count() {
    provide_context(InboxCount(count()));
}

/// Counted again on each page, since what one did there may have changed it.
fn count() -> LocalResource<u64> {
    let path = use_location().pathname;
    LocalResource::new(move || {
        path.track();
        let signed_in = session::signed_in();
        async move { if signed_in { api::inbox::count_inbox().await.unwrap_or_default() } else { 0 } }
    })
}

/// The number beside "Inbox".
#[component]
pub(super) fn InboxBadge() -> impl IntoView {
    let n = use_context::<InboxCount>();
    let n = Signal::derive(move || n.and_then(|InboxCount(n)| n.get()).unwrap_or_default());
    view! { <Count n label=t!(ShellInboxCount)/> }
}
