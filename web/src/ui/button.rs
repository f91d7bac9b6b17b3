use super::Icon;
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::components::A;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Takes something away.
    Danger,
    /// Without a border, for what is seldom needed.
    Quiet,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Kind::Plain => "btn",
            Kind::Primary => "btn primary",
            Kind::Danger => "btn danger",
            Kind::Quiet => "btn quiet",
        }
    }
}

/// A button. While `pending` it shows a turning ring, keeps its width and its focus, and does nothing.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] small: bool,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// The words of a button that shows only its icon.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// For a button that is on or off.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let idle = move || !pending.get_untracked() && !disabled.get_untracked();
    let press = move |event: MouseEvent| {
        if !idle() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let icon_only = children.is_none();
    view! {
        <button
            class=kind.class()
            class:small=small
            class:wide=wide
            class:icon-only=icon_only
            type=if submit { "submit" } else { "button" }
            aria-busy=move || pending.get().then_some("true")
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            aria-label=label.clone().map(|label| move || label.get())
            title=label.map(|label| move || label.get())
            on:click=press
        >
            <span class="btn-label">
                {icon.map(|name| view! { <Icon name/> })}
                {children.map(|children| children())}
            </span>
        </button>
    }
}

/// A link that reads as text of its own: "All issues →".
#[component]
pub fn Link(#[prop(into)] href: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <A href=move || href.get() attr:class="text-link">
            {children()}
        </A>
    }
}

/// A link that looks like a button: it leads somewhere, it does nothing.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let class = format!("{}{}{}", kind.class(), if small { " small" } else { "" }, if wide { " wide" } else { "" });
    view! {
        <A href=move || href.get() attr:class=class>
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </A>
    }
}
