//! The fields of an issue: asked when it is reported, and when it is changed.

use crate::{
    api::issues as api,
    prefs,
    ui::{Button, CheckGroup, Choice, SelectField, TextArea, TextField, use_toasts},
};
use leptos::prelude::*;
use shared::{issue::AffectedGroup, names::Slug, place::Coordinates, words::Word};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Position;

/// Title, category, description, whom it concerns.
#[component]
pub(super) fn WhatFields(
    slug: Slug,
    title: RwSignal<String>,
    category: RwSignal<String>,
    description: RwSignal<String>,
    affected: RwSignal<Vec<String>>,
    /// Says who will see what is reported, where the category keeps it private.
    #[prop(optional)]
    tells_private: bool,
) -> impl IntoView {
    let categories = LocalResource::new(move || {
        let slug = slug.clone();
        async move { api::list_categories(&slug).await }
    });
    // A retired category is for those that have it already.
    let present = category.get_untracked();
    let options = Signal::derive(move || {
        let lang = prefs::lang();
        let known = categories.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
        known
            .into_iter()
            .filter(|one| !one.retired || one.slug.as_str() == present)
            .map(|one| (one.slug.to_string(), one.name.get(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    let private = Memo::new(move |_| {
        let chosen = category.get();
        let known = categories.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
        tells_private && known.iter().any(|one| one.private && one.slug.as_str() == chosen)
    });
    let groups = AffectedGroup::ALL
        .iter()
        .map(|group| Choice::new(group.as_str(), move || group.text(prefs::lang())))
        .collect::<Vec<_>>();
    view! {
        <TextField name="title" label=t!(ReportIssueTitle) hint=t!(ReportIssueTitleHint) value=title/>
        <SelectField name="category" label=t!(IssuesCategory) value=category options nothing=t!(IssueChoose)/>
        <Show when=move || private.get()><p class="hint" role="status">{t!(ReportPrivate)}</p></Show>
        <TextArea name="description" label=t!(ReportDescription) hint=t!(ReportDescriptionHint) value=description optional=true most=4000/>
        <CheckGroup name="affected" label=t!(IssueAffected) value=affected choices=groups optional=true/>
    }
}

/// Where it is: by the device, by words, or both.
#[component]
pub(super) fn PlaceFields(coordinates: RwSignal<Option<Coordinates>>, address: RwSignal<String>) -> impl IntoView {
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let locate = move || {
        asking.set(true);
        let found = Closure::once_into_js(move |position: Position| {
            asking.set(false);
            let point = position.coords();
            coordinates.set(Some(Coordinates { lat_e6: micro(point.latitude()), lon_e6: micro(point.longitude()) }));
        });
        let refused = Closure::once_into_js(move || {
            asking.set(false);
            toasts.say(t!(ReportNoLocation)());
        });
        let asked = window().navigator().geolocation().and_then(|device| {
            device.get_current_position_with_error_callback(found.unchecked_ref(), Some(refused.unchecked_ref()))
        });
        if asked.is_err() {
            asking.set(false);
            toasts.say(t!(ReportNoLocation)());
        }
    };
    view! {
        {move || match coordinates.get() {
            Some(point) => {
                let shown = format!("{:.5}, {:.5}", f64::from(point.lat_e6) / 1e6, f64::from(point.lon_e6) / 1e6);
                view! {
                    <div class="row between note">
                        <p>{t!(ReportPlaceFound, point = shown)}</p>
                        <Button small=true on_press=move || coordinates.set(None)>{t!(ReportPlaceForget)}</Button>
                    </div>
                }.into_any()
            }
            None => view! { <Button icon="map-pin" pending=asking on_press=locate>{t!(ReportHere)}</Button> }.into_any(),
        }}
        <TextField name="place.address" label=t!(ReportAddress) hint=t!(ReportAddressHint) value=address/>
    }
}

/// Degrees as whole micro-degrees.
#[expect(clippy::as_conversions, reason = "degrees of a place on Earth times a million fit")]
fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
