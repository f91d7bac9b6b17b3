use super::{
    account_menu::AccountMenu, acting::ActingChip, footer::LanguageButton, switcher::CommunitySwitcher,
    use_community_here,
};
use crate::inbox::InboxLink;
use leptos::prelude::*;

/// The line at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let here = use_community_here();
    view! {
        <header class="top" class:with-tabs=move || here.slug().is_some()>
            <a class="mark" href="/">{t!(ShellMark)}</a>
            <CommunitySwitcher/>
            <span class="push"></span>
            <span class="wide-only"><ActingChip/></span>
            <span class="wide-only"><LanguageButton/></span>
            <InboxLink top=true/>
            <AccountMenu/>
        </header>
    }
}
