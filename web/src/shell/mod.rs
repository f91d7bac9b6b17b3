//! What surrounds every page: header, tabs of the community, bottom bar, and what has to be said about
//! the page as a whole.

mod account_menu;
mod acting;
mod bottom_bar;
mod community;
mod footer;
mod header;
pub mod last_resort;
mod not_found;
mod notices;
mod page_title;
mod pages;
mod switcher;
mod tabs;
mod takeover;

pub use community::{CommunityHere, use_community_here};
pub use not_found::NotFoundPage;
pub use page_title::PageTitle;
pub use pages::{Pages, Route};

use crate::{
    inbox::provide_inbox_count,
    ui::{ToastRegion, provide_toasts},
};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

/// The frame of the app around its pages.
#[component]
pub fn Shell(
    /// Whether a page is on its way.
    #[prop(into)]
    routing: Signal<bool>,
    children: Children,
) -> impl IntoView {
    provide_toasts();
    community::provide_community_here();
    let counting = provide_inbox_count();
    let main = NodeRef::<html::Main>::new();
    focus_main_on_arrival(main);
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus(main);
    };
    view! {
        <a class="skip" href="#main" on:click=skip>{t!(ShellSkip)}</a>
        <Show when=move || routing.get()>
            <div class="progress"></div>
        </Show>
        <div class="shell">
            <div>
                <header::Header/>
                <div class="acting-strip narrow-only" role="status"><acting::ActingChip/></div>
                <tabs::CommunityTabs/>
                <notices::Notices/>
            </div>
            <main id="main" tabindex="-1" node_ref=main>
                <takeover::TakeOver>{children()}</takeover::TakeOver>
            </main>
            <footer::Footer/>
        </div>
        <bottom_bar::BottomBar/>
        <ToastRegion/>
        <page_title::Announcer/>
        {counting}
    }
}

/// A new page begins at its top, for the keyboard too. A change of the query alone is the same page.
fn focus_main_on_arrival(main: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            focus(main);
        }
        now
    });
}

fn focus(main: NodeRef<html::Main>) {
    if let Some(main) = main.get_untracked() {
        let _ = main.focus();
    }
}
