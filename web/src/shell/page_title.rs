use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::LazyLock;

static TITLE: LazyLock<ArcRwSignal<String>> = LazyLock::new(|| ArcRwSignal::new(String::new()));

/// The title of a page, in the browser's tab and said when the page is reached. Every page has one.
#[component]
pub fn PageTitle(#[prop(into)] title: TextProp) -> impl IntoView {
    Effect::new(move |_| {
        let title = title.get().into_owned();
        let app = t!(ShellApp)();
        document().set_title(&if title.is_empty() { app.to_owned() } else { format!("{title} · {app}") });
        TITLE.set(title);
    });
}

/// Says the title of each page that is reached after the first, which the browser says itself.
#[component]
pub(super) fn Announcer() -> impl IntoView {
    let path = use_location().pathname;
    let moved = Memo::new(move |before: Option<&(String, bool)>| {
        let now = path.get();
        let moved = before.is_some_and(|(before, moved)| *moved || *before != now);
        (now, moved)
    });
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || moved.get().1.then(|| TITLE.get())}
        </div>
    }
}
