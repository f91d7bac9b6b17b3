use super::category::CategoryForm;
use crate::{
    api::settings as api,
    prefs,
    ui::{Badge, Button, Dialog, DialogState, Icon, Kind, Tone, load},
};
use leptos::prelude::*;
use shared::{category::Category, names::Slug};

/// The categories of a community, and a dialog for one.
#[component]
pub(super) fn Categories(slug: Slug) -> impl IntoView {
    let slug = StoredValue::new(slug);
    let categories = LocalResource::new(move || async move { api::list_categories(&slug.get_value()).await });
    let dialog = DialogState::in_address("category");
    let editing = RwSignal::new(None::<Category>);
    let open = Callback::new(move |category: Option<Category>| {
        editing.set(category);
        dialog.show();
    });
    let done = Callback::new(move |()| {
        dialog.hide();
        categories.refetch();
    });
    let title =
        move || if editing.with(Option::is_some) { t!(SettingsCategoryEdit)() } else { t!(SettingsCategoryNew)() };
    view! {
        <div class="row between">
            <p class="muted">{t!(SettingsCategoriesLead)}</p>
            <Button kind=Kind::Primary icon="plus" on_press=move || open.run(None)>{t!(SettingsCategoryNew)}</Button>
        </div>
        {load(categories, move |page| view! {
            <ul class="rows">
                {page.items.into_iter().map(|category| view! { <li><One category open/></li> }).collect_view()}
            </ul>
        })}
        <Dialog state=dialog title>
            <CategoryForm slug=slug.get_value() category=editing.get_untracked() done/>
        </Dialog>
    }
}

#[component]
fn One(category: Category, open: Callback<Option<Category>>) -> impl IntoView {
    let shown = category.clone();
    let (name, also) = (shown.name.clone(), shown.name);
    let icon = super::category::icon_of(&shown.icon);
    view! {
        <div class="row between">
            <div class="row nowrap">
                <Icon name=icon/>
                <div>
                    <p class="row-title">{move || name.get(prefs::lang()).to_owned()}</p>
                    <p class="meta">
                        <span class="num">{t!(SettingsAnswerDays; u64::from(shown.answer_days))}</span>
                        {shown.organisation.map(|one| view! { <span>{move || one.name.get(prefs::lang()).to_owned()}</span> })}
                        {shown.private.then(|| view! { <Badge tone=Tone::Notice>{t!(SettingsPrivate)}</Badge> })}
                        {shown.blurred.then(|| view! { <Badge>{t!(SettingsBlurred)}</Badge> })}
                        {shown.retired.then(|| view! { <Badge>{t!(SettingsRetired)}</Badge> })}
                    </p>
                </div>
            </div>
            <Button small=true on_press=move || open.run(Some(category.clone()))>
                {t!(SettingsEdit)}<span class="visually-hidden">": "{move || also.get(prefs::lang()).to_owned()}</span>
            </Button>
        </div>
    }
}
