//! Every component in every state, at `/ui` in development builds: for people, and for screenshots.
//!
//! Its words are samples, not texts of the app, and so not in the catalogue.

mod forms;
mod shown;

use crate::shell::PageTitle;
use leptos::prelude::*;

/// The page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    view! {
        <PageTitle title="Components"/>
        <div class="page">
            <h1>"Components"</h1>
            <shown::Buttons/>
            <shown::Chips/>
            <shown::Overlays/>
            <forms::Fields/>
            <shown::Data/>
            <shown::States/>
        </div>
    }
}

#[component]
fn Sample(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="stack rule">
            <h2>{name}</h2>
            {children()}
        </section>
    }
}
