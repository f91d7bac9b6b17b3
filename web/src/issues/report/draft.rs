use crate::{prefs, session, storage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    issue::{Naming, ReportIssueDraft},
    names::Slug,
    place::{Coordinates, Place},
    upload::UploadClaim,
};

/// What was entered so far; kept on the device until it is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) title: RwSignal<String>,
    pub(super) description: RwSignal<String>,
    pub(super) category: RwSignal<String>,
    pub(super) address: RwSignal<String>,
    pub(super) coordinates: RwSignal<Option<Coordinates>>,
    pub(super) photos: RwSignal<Vec<UploadClaim>>,
    pub(super) affected: RwSignal<Vec<String>>,
    pub(super) unnamed: RwSignal<bool>,
    pub(super) email: RwSignal<String>,
    /// What no person fills in.
    pub(super) homepage: RwSignal<String>,
}

/// The draft as it is kept.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    title: String,
    description: String,
    category: String,
    address: String,
    coordinates: Option<Coordinates>,
    photos: Vec<UploadClaim>,
    affected: Vec<String>,
    unnamed: bool,
    email: String,
}

impl Draft {
    /// The draft kept for a community, or an empty one; from now on every change is kept.
    pub(super) fn kept(community: &Slug) -> Draft {
        let name = format!("report.{community}");
        let kept: Kept = storage::read(&name).unwrap_or_default();
        let draft = Draft {
            title: RwSignal::new(kept.title),
            description: RwSignal::new(kept.description),
            category: RwSignal::new(kept.category),
            address: RwSignal::new(kept.address),
            coordinates: RwSignal::new(kept.coordinates),
            photos: RwSignal::new(kept.photos),
            affected: RwSignal::new(kept.affected),
            unnamed: RwSignal::new(kept.unnamed),
            email: RwSignal::new(kept.email),
            homepage: RwSignal::new(String::new()),
        };
        Effect::new(move |_| {
            let entered = draft.entered();
            if entered == Kept::default() {
                storage::forget(&name);
            } else {
                storage::write(&name, &entered);
            }
        });
        draft
    }

    /// Follows changes.
    fn entered(&self) -> Kept {
        Kept {
            title: self.title.get(),
            description: self.description.get(),
            category: self.category.get(),
            address: self.address.get(),
            coordinates: self.coordinates.get(),
            photos: self.photos.get(),
            affected: self.affected.get(),
            unnamed: self.unnamed.get(),
            email: self.email.get(),
        }
    }

    /// Whether nothing was entered, and so nothing is kept; follows changes.
    pub(super) fn is_empty(&self) -> bool {
        self.entered() == Kept::default()
    }

    /// As the API takes it.
    pub(super) fn report(&self) -> ReportIssueDraft {
        let filled = |text: String| (!text.trim().is_empty()).then_some(text);
        ReportIssueDraft {
            title: self.title.get_untracked(),
            description: self.description.get_untracked(),
            category: self.category.get_untracked(),
            place: Place {
                coordinates: self.coordinates.get_untracked(),
                address: filled(self.address.get_untracked()),
                ..Place::default()
            },
            photos: self.photos.get_untracked(),
            affected: self.affected.get_untracked().iter().filter_map(|group| group.parse().ok()).collect(),
            naming: self.unnamed.get_untracked().then_some(Naming::Unnamed),
            email: (!untrack(session::signed_in)).then(|| self.email.get_untracked()),
            language: Some(prefs::lang_now()),
            homepage: self.homepage.get_untracked(),
        }
    }

    /// It was sent: nothing is kept, and the next one begins empty.
    pub(super) fn forget(&self) {
        for text in [self.title, self.description, self.category, self.address, self.email] {
            text.set(String::new());
        }
        self.coordinates.set(None);
        self.photos.set(Vec::new());
        self.affected.set(Vec::new());
        self.unnamed.set(false);
    }
}
