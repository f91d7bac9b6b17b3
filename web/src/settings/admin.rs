use super::{
    community::{languages, options, whole_number},
    gate::Gate,
    territory::HromadaPicker,
};
use crate::{
    api::{communities, settings as api},
    prefs, session,
    shell::PageTitle,
    ui::{
        Button, CheckGroup, Dialog, DialogState, Form, FormFaults, Input, Kind, Link, SelectField, TextField,
        load_pages, use_submit, use_toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    community::{CommunityDetail, CommunityKind, CommunitySummary, CreateCommunityDraft, ListCommunities, Unit},
    names::Names,
    page::Limit,
    routes::Page,
    text::Lang,
    words::Word,
};

/// All communities, and admitting one; for the main coordinator.
#[component]
pub(super) fn AdminPage() -> impl IntoView {
    let may = Signal::derive(|| session::account().is_some_and(|me| me.main_coordinator));
    view! {
        <PageTitle title=t!(SettingsAdmin)/>
        <div class="page">
            <Gate may whose=t!(SettingsForMain) heading=t!(SettingsAdmin)><Communities/></Gate>
        </div>
    }
}

#[component]
fn Communities() -> impl IntoView {
    let page = |after| async move {
        let limit = Limit::try_from(Limit::MOST).ok();
        communities::list_communities(&ListCommunities { after, limit, ..ListCommunities::default() }).await
    };
    let first = LocalResource::new(move || page(None));
    let creating = DialogState::in_address("community");
    view! {
        <div class="lead">
            <div>
                <h1>{t!(SettingsAdmin)}</h1>
                <p class="lede">{t!(SettingsAdminLede)}</p>
            </div>
            <Button kind=Kind::Primary icon="plus" on_press=move || creating.show()>{t!(SettingsAdmit)}</Button>
        </div>
        {load_pages(first, move |cursor| page(Some(cursor)), |communities| view! {
            <ul class="rows">
                <For each=move || communities.get() key=|one| one.id let(one)>
                    <li><Row one/></li>
                </For>
            </ul>
        })}
        <Dialog state=creating title=t!(SettingsAdmit) wide=true><Admit state=creating/></Dialog>
    }
}

#[component]
fn Row(one: CommunitySummary) -> impl IntoView {
    let CommunitySummary { slug, name, kind, region, .. } = one;
    let page = Page::Community { community: slug.clone() }.path();
    let settings = Page::Settings { community: slug }.path();
    view! {
        <div class="row between">
            <div>
                <A href=page attr:class="row-title">{move || name.get(prefs::lang()).to_owned()}</A>
                <p class="meta">
                    <span>{move || kind.text(prefs::lang())}</span>
                    {region.map(|unit| view! { <span>{move || unit.full_name(prefs::lang())}</span> })}
                </p>
            </div>
            <Link href=settings>{t!(ShellTabSettings)}</Link>
        </div>
    }
}

#[component]
fn Admit(state: DialogState) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let name_en = RwSignal::new(String::new());
    let slug = RwSignal::new(String::new());
    let unit = RwSignal::new(None::<Unit>);
    let kind = RwSignal::new(String::new());
    let population = RwSignal::new(String::new());
    let spoken = RwSignal::new(vec!["uk".to_owned()]);
    let toasts = use_toasts();
    let navigate = use_navigate();
    let faults = FormFaults::new();
    let create = use_submit(faults, api::create_community, move |created: CommunityDetail| {
        toasts.say(t!(SettingsAdmitted, name = created.name.get(prefs::lang_now()))());
        navigate(&format!("{}?tab=people", Page::Settings { community: created.slug }.path()), Default::default());
    });
    let choose = Callback::new(move |found: Unit| {
        for (field, lang) in [(name, Lang::Uk), (name_en, Lang::En)] {
            if field.with_untracked(String::is_empty) {
                field.set(found.full_name(lang));
            }
        }
        unit.set(Some(found));
    });
    let filled =
        |field: RwSignal<String>| Some(field.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
    let submit = move || {
        let population = match whole_number("population", &population.get_untracked()) {
            Ok(population) => population,
            Err(fault) => return faults.show(vec![fault]),
        };
        create.send(CreateCommunityDraft {
            name: Names { uk: name.get_untracked(), en: filled(name_en) },
            slug: filled(slug),
            katottg: unit
                .with_untracked(|unit| unit.as_ref().map(|unit| unit.code.as_str().to_owned()))
                .unwrap_or_default(),
            kind: kind.get_untracked().parse().ok(),
            population,
            centre: None,
            time_zone: None,
            languages: spoken.get_untracked().iter().filter_map(|tag| Lang::of_tag(tag)).collect(),
        });
    };
    let kinds = options::<CommunityKind>();
    view! {
        <Form faults on_submit=submit>
            <HromadaPicker chosen=unit on_choose=choose/>
            <TextField name="name" label=t!(SettingsName) value=name/>
            <TextField name="name_en" label=t!(SettingsNameEn) value=name_en optional=true/>
            <TextField name="slug" label=t!(SettingsSlug) hint=t!(SettingsSlugHint) value=slug optional=true/>
            <SelectField
                name="kind"
                label=t!(SettingsKind)
                value=kind
                options=kinds
                nothing=t!(IssueChoose)
            />
            <TextField name="population" label=t!(SettingsPopulation) value=population kind=Input::Number optional=true short=true/>
            <CheckGroup name="languages" label=t!(SettingsLanguages) hint=t!(SettingsLanguagesHint) value=spoken choices=languages()/>
            <div class="dialog-actions">
                <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
                <Button submit=true kind=Kind::Primary pending=create.pending()>{t!(SettingsAdmitButton)}</Button>
            </div>
        </Form>
    }
}
