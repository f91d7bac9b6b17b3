use super::form::{Fields, Written};
use crate::{
    api::{ApiError, account, communities, organisations as api},
    prefs, session,
    shell::PageTitle,
    ui::{Button, ButtonLink, Empty, Form, FormFaults, Kind, use_submit, use_toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use shared::{
    names::{CommunityLink, Slug},
    organisation::OrganisationDetail,
    routes::Page,
};

/// Registering an organisation; one owns it from then on, and acts for it.
#[component]
pub(super) fn RegisterPage() -> impl IntoView {
    let location = use_location();
    view! {
        <PageTitle title=t!(OrganisationsRegisterTitle)/>
        <div class="page narrow">
            <div class="head">
                <h1>{t!(OrganisationsRegisterTitle)}</h1>
                <p class="lede">{t!(OrganisationsRegisterLede)}</p>
            </div>
            {move || if session::signed_in() {
                view! { <Register/> }.into_any()
            } else if session::restoring() {
                view! { <crate::ui::Skeleton/> }.into_any()
            } else {
                let href = session::sign_in_address(&location.pathname.get(), &location.search.get());
                view! {
                    <Empty icon="lock" title=t!(OrganisationsSignIn)>
                        <ButtonLink href kind=Kind::Primary>{t!(UiSignIn)}</ButtonLink>
                    </Empty>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn Register() -> impl IntoView {
    let written = Written::default();
    begin_with(written.areas);
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let register = use_submit(
        faults,
        |draft| async move {
            let registered = api::create_organisation(draft).await?;
            account::reload_me().await;
            Ok::<_, ApiError>(registered)
        },
        move |registered: OrganisationDetail| {
            session::act_for(Some(registered.id));
            let name = registered.name.get(prefs::lang_now()).to_owned();
            toasts.say(t!(OrganisationsRegistered, name = name)());
            navigate(&Page::Organisation { organisation: registered.slug }.path(), Default::default());
        },
    );
    view! {
        <Form faults on_submit=move || register.send(written.draft())>
            <Fields written registers=true/>
            <div class="buttons">
                <Button submit=true kind=Kind::Primary pending=register.pending()>{t!(OrganisationsRegisterButton)}</Button>
            </div>
        </Form>
    }
}

/// The community from whose page one comes.
fn begin_with(areas: RwSignal<Vec<CommunityLink>>) {
    let named = use_query_map().with_untracked(|query| query.get("community")).and_then(|slug| Slug::parse(&slug).ok());
    if let Some(slug) = named {
        leptos::task::spawn_local(async move {
            if let Ok(here) = communities::find_community(slug.as_str()).await {
                let link = CommunityLink { id: here.id, slug: here.slug, name: here.name };
                areas.try_update(|areas| areas.push(link));
            }
        });
    }
}
