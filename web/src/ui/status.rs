use super::{Button, ButtonLink, Icon, Kind};
use crate::{api::ApiError, prefs};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::problem::Code;

/// What a skeleton stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// Lines of text.
    #[default]
    Text,
    /// Rows of a list.
    Rows,
    /// Figures of a dashboard.
    Figures,
}

/// Stands where something is on its way, as tall as what will come.
#[component]
pub fn Skeleton(#[prop(optional)] lines: Lines, #[prop(default = 5)] n: usize) -> impl IntoView {
    let class = match lines {
        Lines::Text => "skeleton",
        Lines::Rows => "skeleton rows",
        Lines::Figures => "skeleton figure",
    };
    view! {
        <div class=class aria-busy="true">
            <span class="visually-hidden">{t!(UiLoading)}</span>
            {(0..n).map(|_| view! { <i></i> }).collect_view()}
        </div>
    }
}

/// An empty place teaches: what it is for, and the one next action.
#[component]
pub fn Empty(
    #[prop(default = "inbox")] icon: &'static str,
    #[prop(into)] title: TextProp,
    /// A sentence, and a button or link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <h2>{move || title.get()}</h2>
            {children.map(|children| children())}
        </div>
    }
}

/// Something could not be loaded: says why in words, and offers what helps.
#[component]
pub fn Failed(error: ApiError, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let location = use_location();
    let code = error.code();
    let icon = match code {
        None => "wifi-off",
        Some(Code::NotFound) => "compass",
        Some(Code::Unauthenticated | Code::Forbidden) => "lock",
        Some(_) => "triangle-alert",
    };
    let title = {
        let error = error.clone();
        move || error.title(prefs::lang())
    };
    let detail = move || error.detail(prefs::lang()).map(|detail| view! { <p>{detail}</p> });
    let action = match code {
        Some(Code::Unauthenticated) => {
            let href = Signal::derive(move || {
                crate::session::sign_in_address(&location.pathname.get(), &location.search.get())
            });
            view! { <ButtonLink href kind=Kind::Primary>{t!(UiSignIn)}</ButtonLink> }.into_any()
        }
        Some(Code::Forbidden | Code::NotFound) => {
            view! { <ButtonLink href="/">{t!(UiToStart)}</ButtonLink> }.into_any()
        }
        _ => view! { <Button icon="refresh-cw" on_press=retry>{t!(UiTryAgain)}</Button> }.into_any(),
    };
    view! {
        <div class="failed" role="alert">
            <Icon name=icon/>
            <h2>{title}</h2>
            {detail}
            {action}
        </div>
    }
}
