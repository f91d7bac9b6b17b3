use crate::text::plain;
use leptos::prelude::*;
use shared::{organisation::Sector, text::Key, words::Word};

/// The state of an issue, task, offer or commitment: a shape and a word, in the colour of the state.
#[component]
pub fn StateChip<S: Word + Send>(state: S) -> impl IntoView {
    state_chip(state.word(), state.key())
}

fn state_chip(word: &'static str, name: Key) -> impl IntoView {
    view! { <span class=format!("state {word}")>{shape(word)}{plain(name)}</span> }
}

/// The shapes tell states apart without colour: empty, filled, half, tick, double tick, cross.
fn shape(state: &str) -> impl IntoView + use<> {
    match state {
        "open" | "offered" => view! { <svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6" fill="currentColor"/></svg> }.into_any(),
        "accepted" => view! {
            <svg viewBox="0 0 14 14" aria-hidden="true">
                <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.6"/>
                <path d="M7 7V1a6 6 0 0 1 6 6Z" fill="currentColor"/>
            </svg>
        }.into_any(),
        "in_progress" => view! {
            <svg viewBox="0 0 14 14" aria-hidden="true">
                <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.6"/>
                <path d="M7 1a6 6 0 0 1 0 12Z" fill="currentColor"/>
            </svg>
        }.into_any(),
        "resolved" | "done" | "countered" => view! {
            <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m2 7.5 3.5 3.5L12 3.5"/></svg>
        }.into_any(),
        "confirmed" | "verified" | "delivered" => view! {
            <svg viewBox="0 0 14 14" aria-hidden="true">
                <circle cx="7" cy="7" r="7" fill="currentColor"/>
                <path d="m3.8 7.2 2.2 2.3 4.2-4.7" fill="none" stroke="var(--sheet)" stroke-width="1.8"/>
            </svg>
        }.into_any(),
        "declined" | "cancelled" | "withdrawn" | "expired" => view! {
            <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true"><path d="m3 3 8 8M11 3l-8 8"/></svg>
        }.into_any(),
        "duplicate" | "superseded" => view! {
            <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><circle cx="5.5" cy="5.5" r="4"/><circle cx="8.5" cy="8.5" r="4"/></svg>
        }.into_any(),
        _ => view! {
            <svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.1"/></svg>
        }.into_any(),
    }
}

/// An organisation with the colour of its sector, or the sector itself. Where a name stands, the
/// sector is told in words to those who do not see the colour.
#[component]
pub fn SectorChip(
    sector: Sector,
    /// Of the organisation; without it the word of the sector is shown.
    #[prop(optional, into)]
    name: Option<TextProp>,
) -> impl IntoView {
    let word = plain(sector.key());
    view! {
        <span class=format!("sector {}", sector.word()) title=word>
            {match name {
                Some(name) => view! { <span>{move || name.get()}</span><span class="visually-hidden">", "{word}</span> }.into_any(),
                None => view! { <span>{word}</span> }.into_any(),
            }}
        </span>
    }
}

/// What a badge means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Notice,
    Danger,
}

/// A word or two that mark a thing.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "badge",
        Tone::Accent => "badge accent",
        Tone::Notice => "badge notice",
        Tone::Danger => "badge danger",
    };
    view! { <span class=class>{children()}</span> }
}

/// A number on something that waits; nothing at zero.
#[component]
pub fn Count(
    #[prop(into)] n: Signal<u64>,
    /// What is counted, for those who hear the page.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let label = StoredValue::new(label);
    move || {
        let n = n.get();
        (n > 0).then(|| {
            view! {
                <span class="count">
                    {if n > 99 { "99+".to_owned() } else { n.to_string() }}
                    <span class="visually-hidden">" "{label.get_value().get()}</span>
                </span>
            }
        })
    }
}

/// The first letters of a name, for people round and for organisations square in their sector's colour.
#[component]
pub fn Avatar(
    #[prop(into)] name: Signal<String>,
    #[prop(optional_no_strip)] sector: Option<Sector>,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let class = match sector {
        Some(sector) => format!("avatar square {}", sector.word()),
        None => "avatar".to_owned(),
    };
    view! {
        <span class=class class:large=large aria-hidden="true">
            {move || initials(&name.get())}
        </span>
    }
}

/// At most two capital letters: of the first and the last word.
pub fn initials(name: &str) -> String {
    // What Rust knows of letters is 8 KB of tables; the browser has its own, and a test has not.
    let is_letter = |c: &char| !c.is_ascii_punctuation() && !"«»„“”‘’ʼ–—№…".contains(*c);
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(is_letter));
    let first = words.next();
    let letters: String = first.into_iter().chain(words.next_back()).collect();
    if cfg!(target_arch = "wasm32") {
        js_sys::JsString::from(letters).to_upper_case().into()
    } else {
        letters.to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("олена Петрівна Коваль"), "ОК");
        assert_eq!(initials("«БудСервіс»"), "Б");
        assert_eq!(initials(""), "");
    }
}
