use super::PageTitle;
use crate::ui::{ButtonLink, Icon};
use leptos::prelude::*;

/// There is nothing at this address, or nothing that the reader may see: the two look alike.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <PageTitle title=t!(ShellNotFoundTitle)/>
        <div class="page narrow">
            <div class="empty">
                <Icon name="compass"/>
                <h1>{t!(ShellNotFoundTitle)}</h1>
                <p>{t!(ShellNotFoundText)}</p>
                <ButtonLink href="/">{t!(UiToStart)}</ButtonLink>
            </div>
        </div>
    }
}
