use super::community::whole_number;
use crate::{
    api::{ApiError, organisations, settings as api},
    prefs,
    ui::{Button, CheckField, Form, FormFaults, Icon, Input, Kind, SelectField, TextField, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    category::{Category, CreateCategoryDraft, DefaultCategory, UpdateCategoryDraft},
    draft::Patch,
    ids::OrganisationId,
    names::{Names, Slug},
    organisation::{ListOrganisations, Verification},
    page::{Limit, Several},
    problem::Code,
    words::Word,
};

/// The icon of a category, if it is one that the app carries.
pub(crate) fn icon_of(name: &str) -> &'static str {
    DefaultCategory::ALL.iter().map(|one| one.icon()).find(|icon| *icon == name).unwrap_or("circle-ellipsis")
}

/// A category that is added or changed.
#[component]
pub(super) fn CategoryForm(slug: Slug, category: Option<Category>, done: Callback<()>) -> impl IntoView {
    let slug = StoredValue::new(slug);
    let present = StoredValue::new(category.clone());
    let given = category.as_ref();
    let name = RwSignal::new(given.map(|one| one.name.uk.clone()).unwrap_or_default());
    let name_en = RwSignal::new(given.and_then(|one| one.name.en.clone()).unwrap_or_default());
    let icon = RwSignal::new(given.map_or_else(|| "circle-ellipsis".to_owned(), |one| one.icon.clone()));
    let responsible = RwSignal::new(
        given.and_then(|one| one.organisation.as_ref()).map(|one| one.id.to_string()).unwrap_or_default(),
    );
    let days = RwSignal::new(given.map_or_else(|| "7".to_owned(), |one| one.answer_days.to_string()));
    let private = RwSignal::new(given.is_some_and(|one| one.private));
    let blurred = RwSignal::new(given.is_some_and(|one| one.blurred));
    let retired = RwSignal::new(given.is_some_and(|one| one.retired));
    let is_new = category.is_none();
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let save = use_submit(
        faults,
        move |draft: CreateCategoryDraft| async move {
            match present.get_value() {
                Some(category) => api::update_category(&category, &patch(draft, retired.get_untracked())).await,
                None => api::create_category(&slug.get_value(), &draft).await,
            }
        },
        move |_: Category| {
            toasts.say(t!(UiSaved)());
            done.run(());
        },
    );
    let submit = move || {
        let answer_days = match whole_number("answer_days", &days.get_untracked()) {
            Ok(days) => days,
            Err(fault) => return faults.show(vec![fault]),
        };
        let draft = CreateCategoryDraft {
            name: Names {
                uk: name.get_untracked(),
                en: Some(name_en.get_untracked()).filter(|name| !name.trim().is_empty()),
            },
            slug: present.with_value(|one| one.as_ref().map(|one| one.slug.to_string())),
            icon: icon.get_untracked(),
            organisation: responsible.get_untracked().parse::<OrganisationId>().ok(),
            answer_days,
            private: private.get_untracked(),
            blurred: blurred.get_untracked(),
        };
        save.send(draft);
    };
    let organisations = verified(slug.get_value(), category.and_then(|one| one.organisation));
    let picture = Signal::derive(move || icon.with(|icon| icon_of(icon)));
    let icons = Signal::derive(|| {
        let lang = prefs::lang();
        DefaultCategory::ALL.iter().map(|one| (one.icon().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <Form faults on_submit=submit>
            <TextField name="name" label=t!(SettingsName) value=name/>
            <TextField name="name_en" label=t!(SettingsNameEn) value=name_en optional=true/>
            <div class="icon-field">
                <Icon name=picture/>
                <SelectField name="icon" label=t!(SettingsIcon) value=icon options=icons/>
            </div>
            <SelectField
                name="organisation"
                label=t!(SettingsResponsible)
                hint=t!(SettingsResponsibleHint)
                value=responsible
                options=organisations
                nothing=t!(SettingsNobody)
                optional=true
            />
            <TextField name="answer_days" label=t!(SettingsDays) hint=t!(SettingsDaysHint) value=days kind=Input::Number short=true/>
            <CheckField name="private" label=t!(SettingsPrivateLabel) hint=t!(SettingsPrivateHint) value=private/>
            <CheckField name="blurred" label=t!(SettingsBlurredLabel) hint=t!(SettingsBlurredHint) value=blurred/>
            {(!is_new).then(|| view! {
                <CheckField name="retired" label=t!(SettingsRetiredLabel) hint=t!(SettingsRetiredHint) value=retired/>
            })}
            <div class="dialog-actions">
                {(!is_new).then(|| view! { <Delete category=present.get_value() faults done/> })}
                <Button submit=true kind=Kind::Primary pending=save.pending()>{t!(UiSave)}</Button>
            </div>
        </Form>
    }
}

fn patch(draft: CreateCategoryDraft, retired: bool) -> UpdateCategoryDraft {
    UpdateCategoryDraft {
        name: Patch::Value(draft.name),
        icon: Patch::Value(draft.icon),
        organisation: draft.organisation.map_or(Patch::Null, Patch::Value),
        answer_days: draft.answer_days.map_or(Patch::Absent, Patch::Value),
        private: Patch::Value(draft.private),
        blurred: Patch::Value(draft.blurred),
        retired: Patch::Value(retired),
    }
}

/// The verified organisations of the community, and whoever is responsible now.
fn verified(slug: Slug, present: Option<shared::names::OrganisationLink>) -> Signal<Vec<(String, String)>> {
    let known = LocalResource::new(move || {
        let slug = slug.clone();
        async move {
            let asked = ListOrganisations {
                verification: Several(vec![Verification::Verified]),
                limit: Limit::try_from(Limit::MOST).ok(),
                ..ListOrganisations::default()
            };
            organisations::list_organisations(&slug, &asked).await.map(|page| page.items).unwrap_or_default()
        }
    });
    Signal::derive(move || {
        let lang = prefs::lang();
        let known = known.get().unwrap_or_default();
        let mut options: Vec<_> = known.iter().map(|one| (one.id.to_string(), one.name.get(lang).to_owned())).collect();
        if let Some(present) = present.as_ref().filter(|present| known.iter().all(|one| one.id != present.id)) {
            options.insert(0, (present.id.to_string(), present.name.get(lang).to_owned()));
        }
        options
    })
}

/// Deleting is for a category without issues; one that issues have is retired instead.
#[component]
fn Delete(category: Option<Category>, faults: FormFaults, done: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let category = StoredValue::new(category);
    let delete = Action::new_local(move |(): &()| async move {
        let Some(category) = category.get_value() else { return };
        match api::delete_category(&category).await {
            Ok(()) => {
                toasts.say(t!(SettingsDeleted)());
                done.run(());
            }
            Err(error) if is_in_use(&error) => toasts.say(t!(SettingsInUse)()),
            Err(error) => faults.refuse(error),
        }
    });
    view! {
        <Button kind=Kind::Danger icon="trash-2" pending=delete.pending() on_press=move || { delete.dispatch(()); }>
            {t!(SettingsDelete)}
        </Button>
    }
}

fn is_in_use(error: &ApiError) -> bool {
    error.code() == Some(Code::Conflict)
}
