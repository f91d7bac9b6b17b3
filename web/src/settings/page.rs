use super::{categories::Categories, community::CommunitySettings, gate::Gate, people::People};
use crate::{
    filter::use_filter,
    session,
    shell::PageTitle,
    ui::{Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use shared::{names::Slug, permission::Permission};

/// Which part of the settings is shown; the first when none is named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Shown {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tab: Option<String>,
}

const TABS: [&str; 3] = ["community", "categories", "people"];

/// The settings of a community, for its coordinators.
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").and_then(|slug| Slug::parse(&slug).ok())));
    let may = Signal::derive(move || {
        slug.with(|slug| slug.as_ref().is_some_and(|slug| session::may_in(slug, Permission::ManageCommunity)))
    });
    view! {
        <PageTitle title=t!(SettingsTitle)/>
        <div class="page">
            <h1>{t!(SettingsTitle)}</h1>
            <Gate may whose=t!(SettingsForCoordinators)>
                {move || slug.get().map(|slug| view! { <Parts slug/> })}
            </Gate>
        </div>
    }
}

#[component]
fn Parts(slug: Slug) -> impl IntoView {
    let shown = use_filter::<Shown>();
    let selected = Signal::derive(move || {
        shown.with(|shown| TABS.into_iter().find(|tab| shown.tab.as_deref() == Some(*tab)).unwrap_or(TABS[0]))
    });
    let select =
        move |tab: &'static str| shown.change(|shown| shown.tab = Some(tab.to_owned()).filter(|_| tab != TABS[0]));
    let tabs = vec![
        Tab::new(TABS[0], t!(SettingsCommunity)),
        Tab::new(TABS[1], t!(SettingsCategories)),
        Tab::new(TABS[2], t!(SettingsPeople)),
    ];
    let slug = StoredValue::new(slug);
    view! {
        <Tabs tabs selected on_select=select label=t!(SettingsTitle)>
            <div class="stack settings-part">
                {move || match selected.get() {
                    "categories" => view! { <Categories slug=slug.get_value()/> }.into_any(),
                    "people" => view! { <People slug=slug.get_value()/> }.into_any(),
                    _ => view! { <CommunitySettings slug=slug.get_value()/> }.into_any(),
                }}
            </div>
        </Tabs>
    }
}
