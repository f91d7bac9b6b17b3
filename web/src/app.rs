//! Providers and routes, nothing else.

use crate::{
    account, community, inbox, indicators, issues, organisations,
    part::Lazy,
    settings,
    shell::{NotFoundPage, Shell},
    tasks, triage,
    ui::Empty,
};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};
use wasm_bindgen::JsCast;

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
        <Router set_is_routing=set_routing>
            <Shell routing>
                <ErrorBoundary fallback=|_| view! { <div class="page"><Empty icon="triangle-alert" title=t!(ShellBroken)/></div> }>
                    <FlatRoutes fallback=NotFoundPage>
                        <Route path=path!("/") view={Lazy::<community::HomeRoute>::new()}/>
                        <Route path=path!("/c/:slug") view={Lazy::<community::CommunityRoute>::new()}/>
                        <Route path=path!("/c/:slug/issues") view={Lazy::<issues::IssuesRoute>::new()}/>
                        <Route path=path!("/c/:slug/issues/:n") view={Lazy::<issues::IssueRoute>::new()}/>
                        <Route path=path!("/c/:slug/tasks") view={Lazy::<tasks::TasksRoute>::new()}/>
                        <Route path=path!("/c/:slug/tasks/:task") view={Lazy::<tasks::TaskRoute>::new()}/>
                        <Route path=path!("/inbox") view={Lazy::<inbox::InboxRoute>::new()}/>
                        <Route path=path!("/c/:slug/report") view={Lazy::<issues::ReportRoute>::new()}/>
                        <Route path=path!("/c/:slug/indicators") view={Lazy::<indicators::IndicatorsRoute>::new()}/>
                        <Route path=path!("/c/:slug/indicators/:id") view={Lazy::<indicators::IndicatorRoute>::new()}/>
                        <Route path=path!("/c/:slug/triage") view={Lazy::<triage::TriageRoute>::new()}/>
                        <Route path=path!("/c/:slug/organisations") view={Lazy::<organisations::OrganisationsRoute>::new()}/>
                        <Route path=path!("/c/:slug/settings") view={Lazy::<settings::SettingsRoute>::new()}/>
                        <Route path=path!("/organisations/new") view={Lazy::<organisations::RegisterOrganisationRoute>::new()}/>
                        <Route path=path!("/organisations/:organisation") view={Lazy::<organisations::OrganisationRoute>::new()}/>
                        <Route path=path!("/admin") view={Lazy::<settings::AdminRoute>::new()}/>
                        <Route path=path!("/sign-in") view={Lazy::<account::SignInRoute>::new()}/>
                        <Route path=path!("/sign-up") view={Lazy::<account::SignUpRoute>::new()}/>
                        <Route path=path!("/reset") view={Lazy::<account::ResetRoute>::new()}/>
                        <Route path=path!("/m") view={Lazy::<account::MailedLinkRoute>::new()}/>
                        <Route path=path!("/me") view={Lazy::<account::MeRoute>::new()}/>
                        <Route path=path!("/ui") view=development::UiPage/>
                    </FlatRoutes>
                </ErrorBoundary>
            </Shell>
        </Router>
    }
}

/// Every component in every state, for people and for screenshots.
mod development {
    #[cfg(not(debug_assertions))]
    pub(super) use crate::shell::NotFoundPage as UiPage;
    #[cfg(debug_assertions)]
    pub(super) use crate::ui::GalleryPage as UiPage;
}
