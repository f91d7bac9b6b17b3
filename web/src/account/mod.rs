//! Signing up and in, mailed links, and one's own account.
//!
//! The example to follow: one file for each page, `part!` for the routes, calls in `api::account`, texts
//! in `shared/src/text/*/account.toml`, styles in `web/styles/account.css`.

mod demo;
mod mailed_link;
mod mailed_words;
mod me;
mod reset;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
mod sign_ways;

part! {
    /// Accounts.
    account in account:
        SignInRoute => sign_in::SignInPage,
        SignUpRoute => sign_up::SignUpPage,
        ResetRoute => reset::ResetPage,
        MailedLinkRoute => mailed_link::MailedLinkPage,
        MeRoute => me::MePage,
}

use crate::{session, ui::Icon};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use shared::account::Session;

/// The frame of the small pages: a heading and one narrow column.
#[component]
fn SignFrame(#[prop(into)] title: TextProp, children: Children) -> impl IntoView {
    let heading = title.clone();
    view! {
        <crate::shell::PageTitle title/>
        <div class="page">
            <section class="sign">
                <h1>{move || heading.get()}</h1>
                {children()}
            </section>
        </div>
    }
}

/// A letter is on its way. The same words whether or not there is an account: it is nobody else's business.
#[component]
fn LetterSent(#[prop(into)] email: Signal<String>) -> impl IntoView {
    view! {
        <div class="note" role="status">
            <h2><Icon name="mail" small=true/>" "{t!(AccountLetterTitle)}</h2>
            <p>{t!(AccountLetterText, email = email.get())}</p>
            <p class="faint">{t!(AccountLetterMissing)}</p>
        </div>
    }
}

/// Goes on after signing in: to where one wanted to go, else to the start.
fn use_welcome() -> impl Fn(Session) + Clone {
    let query = use_query_map();
    let navigate = use_navigate();
    move |new: Session| {
        session::set(new);
        let next = query.with_untracked(|query| query.get("next"));
        // Only into this site: `//elsewhere` and `https://elsewhere` would lead out of it.
        let inside = next.filter(|next| next.starts_with('/') && !next.starts_with("//") && !next.contains('\\'));
        let options = NavigateOptions { replace: true, ..Default::default() };
        navigate(inside.as_deref().unwrap_or("/"), options);
    }
}
