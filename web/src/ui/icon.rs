use leptos::prelude::*;

/// One of the icons of `web/assets/icons.txt`. Always beside words, so screen readers pass over it.
#[component]
pub fn Icon(
    /// Lucide's name.
    #[prop(into)]
    name: Signal<&'static str>,
    /// As large as the text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let sprite = sprite();
    view! {
        <svg class="icon" class:small=small viewBox="0 0 24 24" aria-hidden="true">
            <use href=move || format!("{sprite}#{}", name.get())></use>
        </svg>
    }
}

/// The sprite lies in the folder of the build, which the page names.
fn sprite() -> String {
    let folder = document().document_element().and_then(|root| root.get_attribute("data-assets"));
    format!("{}/icons.svg", folder.unwrap_or_default())
}
