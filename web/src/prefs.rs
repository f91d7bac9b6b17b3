//! The reader's language, theme and time zone.
//!
//! They belong to the page as a whole and are asked for in event handlers and in the API client, where
//! no component's context reaches: hence signals that live as long as the page.

use crate::storage;
use leptos::prelude::*;
use shared::text::Lang;
use std::sync::LazyLock;

static LANG: LazyLock<ArcRwSignal<Lang>> = LazyLock::new(|| ArcRwSignal::new(Lang::default()));
static THEME: LazyLock<ArcRwSignal<Theme>> = LazyLock::new(|| ArcRwSignal::new(Theme::default()));
static TIME_ZONE: LazyLock<ArcRwSignal<Option<String>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// How the app looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    Light,
    Dark,
    /// Strong contrast, light or dark as the system says.
    Contrast,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// The value of `data-theme`; `boot.js` sets the same before the first paint.
    const fn word(self) -> &'static str {
        match self {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }
}

/// The language in force; follows changes where it is read in a view.
pub fn lang() -> Lang {
    LANG.get()
}

/// The language in force, read once.
pub fn lang_now() -> Lang {
    LANG.get_untracked()
}

/// Chooses a language, for this visit and the next.
pub fn set_lang(lang: Lang) {
    storage::write_text("lang", lang.tag());
    show_lang(lang);
}

/// The theme in force.
pub fn theme() -> Theme {
    THEME.get()
}

/// Chooses a theme, for this visit and the next.
pub fn set_theme(theme: Theme) {
    if theme == Theme::System {
        storage::forget("theme");
    } else {
        storage::write_text("theme", theme.word());
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme.word());
    }
    THEME.set(theme);
}

/// The IANA zone in which moments are shown; the device's own when nobody is signed in.
pub fn time_zone() -> Option<String> {
    TIME_ZONE.get()
}

/// Shows moments in this zone from now on.
pub fn set_time_zone(zone: Option<String>) {
    TIME_ZONE.set(zone);
}

/// Reads what was chosen: the language by address (`?lang=`), then as kept, then as the page came,
/// which is the browser's wish or the account's.
pub fn begin() {
    let by_address = location().search().ok().and_then(|query| {
        let asked = web_sys::UrlSearchParams::new_with_str(&query).ok()?.get("lang")?;
        Lang::of_tag(&asked)
    });
    if let Some(lang) = by_address {
        storage::write_text("lang", lang.tag());
    }
    let kept = || storage::read_text("lang").and_then(|tag| Lang::of_tag(&tag));
    let by_browser = || window().navigator().language().and_then(|tag| Lang::of_tag(&tag));
    show_lang(by_address.or_else(kept).or_else(by_browser).unwrap_or_default());
    let kept = storage::read_text("theme").unwrap_or_default();
    THEME.set(Theme::ALL.into_iter().find(|theme| theme.word() == kept).unwrap_or_default());
}

fn show_lang(lang: Lang) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", lang.tag());
    }
    LANG.set(lang);
}
