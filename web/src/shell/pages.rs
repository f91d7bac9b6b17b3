//! Which page the address shows, and how one gives way to the next.

use crate::part::{Drawing, Place};
use leptos::{
    prelude::*,
    reactive::{
        computed::{ArcMemo, ScopedFuture},
        owner::Owner,
        transition::AsyncTransition,
    },
};
use leptos_router::{
    location::{BrowserUrl, LocationProvider, Url},
    params::ParamsMap,
};
use shared::routes::captures;

/// A page: the pattern of its path, and how it is drawn.
pub type Route = (&'static str, fn() -> Drawing);

/// The page that is shown.
struct Shown {
    /// Which of the routes; none where there is no page.
    route: Option<usize>,
    path: String,
    /// The address and what its path tells, as the page knows them: they stay while another page is on its way.
    url: ArcRwSignal<Url>,
    params: ArcRwSignal<ParamsMap>,
}

/// Shows the page of the address. The page before stays until the next has read what it shows first.
///
/// What the router's own `FlatRoutes` does, with a table in place of a type for each pattern: a tenth of the code.
#[component]
pub fn Pages(routes: &'static [Route], unknown: fn() -> Drawing, set_routing: WriteSignal<bool>) -> impl IntoView {
    let place = Place::of(().into_any());
    let around = Owner::new();
    if let Some(location) = use_context::<BrowserUrl>() {
        Effect::new(move |before: Option<Shown>| {
            let url = location.as_url().get();
            let found = routes.iter().position(|(pattern, _)| captures(pattern, url.path()).is_some());
            let pattern = found.and_then(|at| routes.get(at));
            let params: ParamsMap =
                pattern.map(|(pattern, _)| told(pattern, url.path())).into_iter().flatten().collect();
            let path = url.path().to_owned();
            let first = before.is_none();
            if let Some(before) = before
                && (before.path == path || before.route.is_some_and(|route| found == Some(route)))
            {
                if before.path != path {
                    before.params.set(params);
                }
                before.url.set(url);
                location.ready_to_complete();
                return Shown { path, ..before };
            }
            let shown = Shown { route: found, path, url: ArcRwSignal::new(url), params: ArcRwSignal::new(params) };
            let draw = pattern.map_or(unknown, |(_, draw)| *draw);
            let owner = around.child();
            let drawing = owner.with(|| {
                provide_context(shown.url.clone());
                provide_context(ArcMemo::from(shown.params.clone()));
                ScopedFuture::new_untracked(async move { draw().await })
            });
            let (location, path) = (location.clone(), shown.path.clone());
            leptos::task::spawn_local(async move {
                let page = if first {
                    drawing.await
                } else {
                    set_routing.set(true);
                    let page = AsyncTransition::run(|| drawing).await;
                    set_routing.set(false);
                    page
                };
                // Unless one has gone elsewhere meanwhile.
                if location.as_url().with_untracked(|now| now.path() == path) {
                    place.put(owner, page);
                }
                location.ready_to_complete();
            });
            shown
        });
    }
    place.view()
}

/// What stands in the path where the pattern has `:names`.
fn told(pattern: &str, path: &str) -> Vec<(String, String)> {
    let names = pattern.split('/').filter_map(|segment| segment.strip_prefix(':'));
    let values = captures(pattern, path).unwrap_or_default();
    names.zip(values).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_path_tells_what_its_pattern_names() {
        let told = told("/c/:slug/issues/:n", "/c/kalyna/issues/7");

        assert_eq!(told, [("slug".to_owned(), "kalyna".to_owned()), ("n".to_owned(), "7".to_owned())]);
    }
}
