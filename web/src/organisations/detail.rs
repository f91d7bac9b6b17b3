use super::{areas::Areas, edit::Edit, members::People, use_slug};
use crate::{
    api::{ApiError, Versioned, organisations as api},
    prefs, session,
    shell::PageTitle,
    ui::{Avatar, Badge, Button, Day, DialogState, SectorChip, Tone, load, use_toasts},
};
use leptos::prelude::*;
use shared::{
    organisation::{MemberRole, OrganisationDetail, Verification},
    words::Word,
};

/// One organisation: who it is, where it works, and its people for those who belong to it.
#[component]
pub(super) fn OrganisationPage() -> impl IntoView {
    let slug = use_slug("organisation");
    let organisation = LocalResource::new(move || {
        let slug = slug.get();
        async move {
            match slug {
                Some(slug) => api::find_organisation(&slug).await,
                None => Err(ApiError::not_found()),
            }
        }
    });
    let refetch = Callback::new(move |()| organisation.refetch());
    view! {
        <div class="page">{load(organisation, move |organisation| view! { <Organisation organisation refetch/> })}</div>
    }
}

#[component]
fn Organisation(organisation: Versioned<OrganisationDetail>, refetch: Callback<()>) -> impl IntoView {
    let detail = organisation.value.clone();
    let OrganisationDetail { id, sector, my_role, .. } = detail;
    let name = StoredValue::new(detail.name.clone());
    let named = move || name.with_value(|name| name.get(prefs::lang()).to_owned());
    let verified = detail.areas.iter().any(|area| area.verification == Verification::Verified);
    let main = move || session::account().is_some_and(|me| me.main_coordinator);
    let may_edit = move || my_role == Some(MemberRole::Owner) || main();
    let editing = DialogState::in_address("edit");
    view! {
        <PageTitle title=named/>
        <div class="lead">
            <div class="row nowrap organisation-head">
                <Avatar name=Signal::derive(named) sector=Some(sector) large=true/>
                <div class="head">
                    <h1>{named}</h1>
                    <div class="meta">
                        <SectorChip sector/>
                        {(!verified).then(|| view! { <Badge tone=Tone::Notice>{t!(OrganisationsUnverified)}</Badge> })}
                        {my_role.map(|role| view! { <span>{t!(OrganisationsYouAre, role = role.text(prefs::lang()))}</span> })}
                    </div>
                </div>
            </div>
            <div class="buttons">
                {my_role.map(|_| view! { <ActFor id name=Signal::derive(named)/> })}
                <Show when=may_edit>
                    <Button icon="pencil" on_press=move || editing.show()>{t!(OrganisationsEdit)}</Button>
                </Show>
            </div>
        </div>
        <div class="with-aside">
            <div class="stack loose">
                {(my_role == Some(MemberRole::Owner) && !verified).then(|| view! {
                    <div class="note notice"><p>{t!(OrganisationsWaits)}</p></div>
                })}
                <About detail=detail.clone()/>
                {my_role.map(|role| view! { <People slug=detail.slug.clone() role/> })}
            </div>
            <aside><Areas organisation=detail.clone()/></aside>
        </div>
        <Edit organisation state=editing refetch/>
    }
}

/// Acting for one's organisation begins with a press.
#[component]
fn ActFor(id: shared::ids::OrganisationId, name: Signal<String>) -> impl IntoView {
    let toasts = use_toasts();
    let acts = move || session::acting_for().is_some_and(|acting| acting.organisation.id == id);
    let press = move || {
        session::act_for(Some(id));
        toasts.say(t!(OrganisationsNowActing, name = name.get_untracked())());
    };
    view! {
        <Show when=move || !acts()>
            <Button icon="users" on_press=press>{t!(OrganisationsAct)}</Button>
        </Show>
    }
}

#[component]
fn About(detail: OrganisationDetail) -> impl IntoView {
    let OrganisationDetail {
        description, website, contact, contact_public, created_at, tasks_active, tasks_done, ..
    } = detail;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    view! {
        {(!description.is_empty()).then(|| view! { <p class="issue-text">{description}</p> })}
        <dl class="pairs">
            {website.map(|address| {
                let shown = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
                view! {
                    <dt>{t!(OrganisationsWebsite)}</dt>
                    <dd><a class="text-link" href=address rel="external nofollow noopener">{shown}</a></dd>
                }
            })}
            {contact.map(|contact| view! {
                <dt>{t!(OrganisationsContact)}</dt>
                <dd>
                    {contact}
                    {(!contact_public).then(|| view! { " "<small>{t!(OrganisationsContactHidden)}</small> })}
                </dd>
            })}
            {(tasks_active + tasks_done > 0).then(|| view! {
                <dt>{t!(OrganisationsTasks)}</dt>
                <dd class="num">
                    {t!(OrganisationsTasksActive; count(tasks_active))}", "{t!(OrganisationsTasksDone; count(tasks_done))}
                </dd>
            })}
            <dt>{t!(OrganisationsSince)}</dt>
            <dd><Day day=created_at.to_utc().date_naive()/></dd>
        </dl>
    }
}
