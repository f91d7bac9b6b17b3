use crate::prefs::{self, Theme};
use crate::ui::{Icon, Menu, MenuButton};
use leptos::prelude::*;
use shared::text::{Key, Lang};

/// Language, appearance, and where the data is.
#[component]
pub(super) fn Footer() -> impl IntoView {
    view! {
        <footer class="foot">
            <span>{t!(ShellFootAbout)}</span>
            <a href="/api/docs" rel="external">{t!(ShellFootApi)}</a>
            <span class="push"></span>
            <LanguageButton/>
            <ThemeMenu/>
        </footer>
    }
}

/// Changes to the other language, named in that language.
#[component]
pub(super) fn LanguageButton() -> impl IntoView {
    let other = move || match prefs::lang() {
        Lang::Uk => Lang::En,
        Lang::En => Lang::Uk,
    };
    view! {
        <button type="button" class="top-link" lang=move || other().tag() on:click=move |_| prefs::set_lang(untrack(other))>
            <Icon name="languages" small=true/>
            {move || match other() {
                Lang::Uk => "Українська",
                Lang::En => "English",
            }}
        </button>
    }
}

/// Light, dark, strong contrast, or as the system says.
#[component]
pub(super) fn ThemeMenu() -> impl IntoView {
    let button = || view! { <Icon name="sun-moon" small=true/>{t!(ShellTheme)} };
    view! {
        <Menu button=button class="top-link">
            {Theme::ALL
                .into_iter()
                .map(|theme| {
                    let checked = Signal::derive(move || prefs::theme() == theme);
                    view! {
                        <MenuButton checked on_press=move || prefs::set_theme(theme)>
                            {move || theme_name(theme).get(prefs::lang())}
                        </MenuButton>
                    }
                })
                .collect_view()}
        </Menu>
    }
}

fn theme_name(theme: Theme) -> Key {
    match theme {
        Theme::System => Key::ShellThemeSystem,
        Theme::Light => Key::ShellThemeLight,
        Theme::Dark => Key::ShellThemeDark,
        Theme::Contrast => Key::ShellThemeContrast,
    }
}
