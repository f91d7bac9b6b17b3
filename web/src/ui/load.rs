use super::{Button, Failed, Skeleton, toast::use_toasts};
use crate::api::ApiError;
use leptos::prelude::*;
use shared::page::{Cursor, Page};

/// Loading, failed (with retry) or ready, drawn the same everywhere. "Empty" is the list's own message.
///
/// While something newer is loading, what was there stays.
pub fn load<T, V>(from: LocalResource<Result<T, ApiError>>, ready: impl Fn(T) -> V + Send + 'static) -> impl IntoView
where
    T: Clone + 'static,
    V: IntoView + 'static,
{
    move || match from.get() {
        None => view! { <Skeleton/> }.into_any(),
        Some(Err(error)) => view! { <Failed error retry=move || from.refetch()/> }.into_any(),
        Some(Ok(data)) => ready(data).into_any(),
    }
}

/// A list page by page: `first` as in [`load`], then "show more" for as long as there is a next page.
///
/// `ready` draws all items so far; it is called anew when `first` changes.
pub fn load_pages<T, V, Next>(
    first: LocalResource<Result<Page<T>, ApiError>>,
    more: impl Fn(Cursor) -> Next + Clone + Send + 'static,
    ready: impl Fn(Signal<Vec<T>>) -> V + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    Next: Future<Output = Result<Page<T>, ApiError>> + 'static,
{
    let toasts = use_toasts();
    load(first, move |page| {
        let items = RwSignal::new(page.items);
        let next = RwSignal::new(page.next);
        let more = more.clone();
        let extend = Action::new_local(move |cursor: &Cursor| {
            let page = more(cursor.clone());
            async move {
                match page.await {
                    Ok(page) => {
                        items.update(|items| items.extend(page.items));
                        next.set(page.next);
                    }
                    Err(error) => toasts.fail(&error),
                }
            }
        });
        let press = move || {
            if let Some(cursor) = next.get_untracked() {
                extend.dispatch(cursor);
            }
        };
        view! {
            {ready(items.into())}
            <Show when=move || next.get().is_some()>
                <div class="buttons">
                    <Button pending=extend.pending() on_press=press>{t!(UiShowMore)}</Button>
                </div>
            </Show>
        }
    })
}
