use crate::{
    session,
    ui::{ButtonLink, Empty, Kind, Skeleton},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Shows what is inside to those who may see it; others learn what they need for it.
#[component]
pub(crate) fn Gate(
    #[prop(into)] may: Signal<bool>,
    /// Whose page it is.
    #[prop(into)]
    whose: TextProp,
    /// The heading of the page, where only what is inside has one.
    #[prop(optional, into)]
    heading: Option<TextProp>,
    children: ChildrenFn,
) -> impl IntoView {
    let location = use_location();
    let may = Memo::new(move |_| may.get());
    let (whose, heading) = (StoredValue::new(whose), StoredValue::new(heading));
    let heading = move || heading.get_value().map(|heading| view! { <h1>{move || heading.get()}</h1> });
    move || {
        if may.get() {
            children().into_any()
        } else if session::restoring() {
            view! { {heading()}<Skeleton/> }.into_any()
        } else {
            let href = session::sign_in_address(&location.pathname.get(), &location.search.get());
            let signed_in = session::signed_in();
            view! {
                {heading()}
                <Empty icon="lock" title=move || whose.get_value().get()>
                    {if signed_in {
                        view! { <ButtonLink href="/">{t!(UiToStart)}</ButtonLink> }.into_any()
                    } else {
                        view! { <ButtonLink href kind=Kind::Primary>{t!(UiSignIn)}</ButtonLink> }.into_any()
                    }}
                </Empty>
            }
            .into_any()
        }
    }
}
