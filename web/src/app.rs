//! Providers and routes, nothing else.

use crate::{
    account, community, inbox, indicators, issues, organisations,
    part::Drawing,
    settings,
    shell::{NotFoundPage, Pages, Route, Shell},
    tasks, triage,
};
use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;

/// The first that fits the path is its page.
const ROUTES: &[Route] = &[
    ("/", community::HomeRoute::draw),
    ("/c/:slug", community::CommunityRoute::draw),
    ("/c/:slug/issues", issues::IssuesRoute::draw),
    ("/c/:slug/issues/:n", issues::IssueRoute::draw),
    ("/c/:slug/tasks", tasks::TasksRoute::draw),
    ("/c/:slug/tasks/:task", tasks::TaskRoute::draw),
    ("/inbox", inbox::InboxRoute::draw),
    ("/c/:slug/report", issues::ReportRoute::draw),
    ("/c/:slug/indicators", indicators::IndicatorsRoute::draw),
    ("/c/:slug/indicators/:id", indicators::IndicatorRoute::draw),
    ("/c/:slug/triage", triage::TriageRoute::draw),
    ("/c/:slug/organisations", organisations::OrganisationsRoute::draw),
    ("/c/:slug/settings", settings::SettingsRoute::draw),
    ("/organisations/new", organisations::RegisterOrganisationRoute::draw),
    ("/organisations/:organisation", organisations::OrganisationRoute::draw),
    ("/admin", settings::AdminRoute::draw),
    ("/sign-in", account::SignInRoute::draw),
    ("/sign-up", account::SignUpRoute::draw),
    ("/reset", account::ResetRoute::draw),
    ("/m", account::MailedLinkRoute::draw),
    ("/me", account::MeRoute::draw),
    #[cfg(debug_assertions)]
    ("/ui", development::gallery),
];

/// Draws the app into the page.
pub fn mount() {
    let root = document().get_element_by_id("app").and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        leptos::mount::mount_to(root, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    let (routing, set_routing) = signal(false);
    view! {
        <Router>
            <Shell routing>
                <Pages routes=ROUTES unknown=not_found set_routing/>
            </Shell>
        </Router>
    }
}

fn not_found() -> Drawing {
    Box::pin(async { NotFoundPage().into_any() })
}

/// Every component in every state, for people and for screenshots.
#[cfg(debug_assertions)]
mod development {
    use crate::{part::Drawing, ui::GalleryPage};
    use leptos::prelude::IntoAny;

    pub(super) fn gallery() -> Drawing {
        Box::pin(async { GalleryPage().into_any() })
    }
}
