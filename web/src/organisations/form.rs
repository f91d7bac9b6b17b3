use super::CommunityPicker;
use crate::{
    prefs, session,
    ui::{CheckField, Input, SelectField, TextArea, TextField},
};
use leptos::prelude::*;
use shared::{
    draft::Patch,
    names::{CommunityLink, Names},
    organisation::{OrganisationDetail, RegisterOrganisationDraft, Sector, UpdateOrganisationDraft},
    words::Word,
};

/// What an organisation says of itself, while it is written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    name: RwSignal<String>,
    name_en: RwSignal<String>,
    sector: RwSignal<String>,
    description: RwSignal<String>,
    website: RwSignal<String>,
    contact: RwSignal<String>,
    contact_public: RwSignal<bool>,
    pub(super) areas: RwSignal<Vec<CommunityLink>>,
}

impl Written {
    /// As it is now, to be changed.
    pub(super) fn of(organisation: &OrganisationDetail) -> Written {
        let detail = organisation.clone();
        Written {
            name: RwSignal::new(detail.name.uk),
            name_en: RwSignal::new(detail.name.en.unwrap_or_default()),
            sector: RwSignal::new(detail.sector.as_str().to_owned()),
            description: RwSignal::new(detail.description),
            website: RwSignal::new(detail.website.unwrap_or_default()),
            contact: RwSignal::new(detail.contact.unwrap_or_default()),
            contact_public: RwSignal::new(detail.contact_public),
            areas: RwSignal::new(detail.areas.into_iter().map(|area| area.community).collect()),
        }
    }

    /// To register it.
    pub(super) fn draft(&self) -> RegisterOrganisationDraft {
        RegisterOrganisationDraft {
            name: names(self.name, self.name_en),
            sector: self.sector.get_untracked().parse().ok(),
            description: self.description.get_untracked(),
            website: filled(self.website),
            contact: filled(self.contact),
            contact_public: self.contact_public.get_untracked(),
            areas: self.areas.get_untracked().into_iter().map(|area| area.id).collect(),
        }
    }

    /// To change it; the sector is not the owners' to change.
    pub(super) fn patch(&self) -> UpdateOrganisationDraft {
        let draft = self.draft();
        UpdateOrganisationDraft {
            name: Patch::Value(draft.name),
            sector: Patch::Absent,
            description: Patch::Value(draft.description),
            website: draft.website.map_or(Patch::Null, Patch::Value),
            contact: draft.contact.map_or(Patch::Null, Patch::Value),
            contact_public: Patch::Value(draft.contact_public),
            areas: Patch::Value(draft.areas),
        }
    }
}

/// Both names of a form; an empty English one is none.
fn names(uk: RwSignal<String>, en: RwSignal<String>) -> Names {
    Names { uk: uk.get_untracked(), en: filled(en) }
}

fn filled(field: RwSignal<String>) -> Option<String> {
    Some(field.get_untracked()).filter(|text| !text.trim().is_empty())
}

/// The fields, of which registering asks one more.
#[component]
pub(super) fn Fields(written: Written, #[prop(optional)] registers: bool) -> impl IntoView {
    let sectors = Signal::derive(move || {
        let lang = prefs::lang();
        // Only the main coordinator says that an organisation is of the authorities.
        let main = session::account().is_some_and(|me| me.main_coordinator);
        let possible = Sector::ALL.iter().filter(|sector| main || **sector != Sector::Authority);
        possible.map(|sector| (sector.as_str().to_owned(), sector.text(lang).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <TextField name="name" label=t!(OrganisationsName) value=written.name autocomplete="organization"/>
        <TextField name="name_en" label=t!(OrganisationsNameEn) value=written.name_en optional=true/>
        {registers.then(|| view! {
            <SelectField
                name="sector"
                label=t!(OrganisationsSector)
                hint=t!(OrganisationsSectorHint)
                value=written.sector
                options=sectors
                nothing=t!(OrganisationsChoose)
            />
        })}
        <TextArea name="description" label=t!(OrganisationsAbout) hint=t!(OrganisationsAboutHint) value=written.description optional=true most=2000/>
        <TextField name="website" label=t!(OrganisationsWebsite) value=written.website kind=Input::Address optional=true autocomplete="url"/>
        <TextField name="contact" label=t!(OrganisationsContact) hint=t!(OrganisationsContactHint) value=written.contact optional=true/>
        <CheckField name="contact_public" label=t!(OrganisationsContactPublic) value=written.contact_public/>
        <CommunityPicker label=t!(OrganisationsAreas) chosen=written.areas/>
    }
}
