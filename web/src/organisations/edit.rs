use super::form::{Fields, Written};
use crate::{
    api::{ApiError, Versioned, account, organisations as api},
    prefs, session,
    ui::{Button, Dialog, DialogState, Form, FormFaults, Kind, SelectField, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    draft::Patch,
    organisation::{MemberRole, OrganisationDetail, Sector, UpdateOrganisationDraft},
    words::Word,
};

/// What its owners change, and the sector for the main coordinator.
#[component]
pub(super) fn Edit(
    organisation: Versioned<OrganisationDetail>,
    state: DialogState,
    refetch: Callback<()>,
) -> impl IntoView {
    let organisation = StoredValue::new(organisation);
    let owner = organisation.with_value(|one| one.value.my_role == Some(MemberRole::Owner));
    let main = Memo::new(move |_| session::account().is_some_and(|me| me.main_coordinator));
    view! {
        <Dialog state title=t!(OrganisationsEditTitle) wide=true>
            {owner.then(|| view! { <EditForm organisation=organisation.get_value() state refetch/> })}
            {move || main.get().then(|| view! { <SectorForm organisation=organisation.get_value() state refetch/> })}
        </Dialog>
    }
}

#[component]
fn EditForm(organisation: Versioned<OrganisationDetail>, state: DialogState, refetch: Callback<()>) -> impl IntoView {
    let written = Written::of(&organisation.value);
    let (save, faults) = use_save(organisation, state, refetch);
    view! {
        <Form faults on_submit=move || save.send(written.patch())>
            <Fields written/>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=save.pending()>{t!(UiSave)}</Button>
            </div>
        </Form>
    }
}

#[component]
fn SectorForm(organisation: Versioned<OrganisationDetail>, state: DialogState, refetch: Callback<()>) -> impl IntoView {
    let sector = RwSignal::new(organisation.value.sector.as_str().to_owned());
    let (save, faults) = use_save(organisation, state, refetch);
    let sectors = Signal::derive(move || {
        let lang = prefs::lang();
        Sector::ALL.iter().map(|one| (one.as_str().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
    });
    let submit = move || {
        let sector = sector.get_untracked().parse().map_or(Patch::Absent, Patch::Value);
        save.send(UpdateOrganisationDraft { sector, ..UpdateOrganisationDraft::default() });
    };
    view! {
        <Form faults on_submit=submit>
            <SelectField name="sector" label=t!(OrganisationsSector) hint=t!(OrganisationsSectorMain) value=sector options=sectors/>
            <div class="dialog-actions">
                <Button submit=true pending=save.pending()>{t!(OrganisationsSetSector)}</Button>
            </div>
        </Form>
    }
}

/// Saves a change of the version read, and shows what came of it.
fn use_save(
    organisation: Versioned<OrganisationDetail>,
    state: DialogState,
    refetch: Callback<()>,
) -> (crate::ui::Submit<UpdateOrganisationDraft>, FormFaults) {
    let faults = FormFaults::new();
    let toasts = use_toasts();
    let Versioned { value, etag } = organisation;
    let send = move |draft: UpdateOrganisationDraft| {
        let (slug, etag) = (value.slug.clone(), etag.clone());
        async move {
            let saved = api::update_organisation(&slug, &etag, &draft).await?;
            account::reload_me().await;
            Ok::<_, ApiError>(saved)
        }
    };
    let save = use_submit(faults, send, move |_: Versioned<OrganisationDetail>| {
        state.hide();
        toasts.say(t!(UiSaved)());
        refetch.run(());
    });
    (save, faults)
}
