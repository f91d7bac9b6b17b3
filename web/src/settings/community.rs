use crate::{
    api::{Versioned, settings as api},
    prefs, session,
    shell::use_community_here,
    ui::{
        Button, CheckField, CheckGroup, Choice, Form, FormFaults, Input, Kind, SelectField, TextField, intl, load,
        use_submit, use_toasts,
    },
};
use leptos::prelude::*;
use shared::{
    community::{CommunityDetail, CommunityKind, UpdateCommunityDraft},
    draft::Patch,
    names::{Names, Slug},
    place::PlacePrecision,
    problem::{Fault, FieldError},
    text::Lang,
    words::Word,
};

/// What a community is called, and by which rules it works.
#[component]
pub(super) fn CommunitySettings(slug: Slug) -> impl IntoView {
    let slug = StoredValue::new(slug);
    let community = LocalResource::new(move || async move { api::find_community(&slug.get_value()).await });
    load(community, |community| view! { <CommunityForm community/> })
}

/// The words of a set as options of a select.
pub(super) fn options<W: Word + Send + Sync>() -> Signal<Vec<(String, String)>> {
    Signal::derive(|| {
        let lang = prefs::lang();
        W::WORDS.iter().map(|word| (word.word().to_owned(), word.text(lang).to_owned())).collect()
    })
}

/// The languages there are, by their own names.
pub(super) fn languages() -> Vec<Choice> {
    vec![Choice::new("uk", || "Українська"), Choice::new("en", || "English")]
}

/// A whole number somebody typed, with spaces as people write them; nothing when the field is empty.
pub(super) fn whole_number(field: &str, typed: &str) -> Result<Option<i64>, FieldError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().map(Some).map_err(|_| FieldError::new(field, Fault::NotANumber))
}

#[component]
fn CommunityForm(community: Versioned<CommunityDetail>) -> impl IntoView {
    let Versioned { value: community, etag } = community;
    let (etag, slug) = (StoredValue::new(etag), StoredValue::new(community.slug));
    let name = RwSignal::new(community.name.uk);
    let name_en = RwSignal::new(community.name.en.unwrap_or_default());
    let kind = RwSignal::new(community.kind.as_str().to_owned());
    let population = RwSignal::new(community.population.map(|n| n.to_string()).unwrap_or_default());
    let spoken = RwSignal::new(community.languages.iter().map(|lang| lang.tag().to_owned()).collect::<Vec<_>>());
    let precision = RwSignal::new(community.public_precision.as_str().to_owned());
    let time_zone = RwSignal::new(community.time_zone.as_str().to_owned());
    let at_once = RwSignal::new(community.reports_public_at_once);
    let main = Memo::new(move |_| session::account().is_some_and(|me| me.main_coordinator));
    let here = use_community_here();
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let save = use_submit(
        faults,
        move |draft: UpdateCommunityDraft| async move {
            api::update_community(&slug.get_value(), &etag.get_value(), &draft).await
        },
        move |saved: Versioned<CommunityDetail>| {
            etag.set_value(saved.etag);
            here.refetch();
            toasts.say(t!(UiSaved)());
        },
    );
    let submit = move || {
        let population = match whole_number("population", &population.get_untracked()) {
            Ok(population) => population.map_or(Patch::Null, Patch::Value),
            Err(fault) => return faults.show(vec![fault]),
        };
        let english = Some(name_en.get_untracked()).filter(|name| !name.trim().is_empty());
        let languages = spoken.get_untracked().iter().filter_map(|tag| Lang::of_tag(tag)).collect();
        save.send(UpdateCommunityDraft {
            name: Patch::Value(Names { uk: name.get_untracked(), en: english }),
            kind: kind.get_untracked().parse().map_or(Patch::Absent, Patch::Value),
            population,
            centre: Patch::Absent,
            time_zone: Patch::Value(time_zone.get_untracked()),
            languages: Patch::Value(languages),
            reports_public_at_once: if main.get_untracked() {
                Patch::Value(at_once.get_untracked())
            } else {
                Patch::Absent
            },
            public_precision: precision.get_untracked().parse().map_or(Patch::Absent, Patch::Value),
        });
    };
    let (kinds, precisions) = (options::<CommunityKind>(), options::<PlacePrecision>());
    let zones = Signal::derive(move || intl::time_zones(&time_zone.get_untracked()));
    view! {
        <Form faults on_submit=submit>
            <TextField name="name" label=t!(SettingsName) value=name/>
            <TextField name="name_en" label=t!(SettingsNameEn) value=name_en optional=true/>
            <SelectField name="kind" label=t!(SettingsKind) value=kind options=kinds/>
            <TextField name="population" label=t!(SettingsPopulation) value=population kind=Input::Number optional=true short=true/>
            <CheckGroup name="languages" label=t!(SettingsLanguages) hint=t!(SettingsLanguagesHint) value=spoken choices=languages()/>
            <SelectField
                name="public_precision"
                label=t!(SettingsPrecision)
                hint=t!(SettingsPrecisionHint)
                value=precision
                options=precisions
            />
            <SelectField name="time_zone" label=t!(SettingsTimeZone) hint=t!(SettingsTimeZoneHint) value=time_zone options=zones/>
            {move || if main.get() {
                view! { <CheckField name="reports_public_at_once" label=t!(SettingsAtOnce) hint=t!(SettingsAtOnceHint) value=at_once/> }.into_any()
            } else {
                let text = if at_once.get_untracked() { shared::text::Key::SettingsAtOnceIs } else { shared::text::Key::SettingsAtOnceIsNot };
                view! { <p class="muted">{move || text.get(prefs::lang())}</p> }.into_any()
            }}
            <div class="buttons">
                <Button submit=true kind=Kind::Primary pending=save.pending()>{t!(UiSave)}</Button>
            </div>
        </Form>
    }
}
