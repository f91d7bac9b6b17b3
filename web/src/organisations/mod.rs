//! Organisations: those of a community, one of them with its people, and registering one.

mod areas;
mod detail;
mod edit;
mod form;
mod invitations;
mod list;
mod members;
mod place;
mod register;
mod verify;

part! {
    /// Organisations.
    organisations in organisations:
        OrganisationsRoute => list::OrganisationsPage,
        OrganisationRoute => detail::OrganisationPage,
        RegisterOrganisationRoute => register::RegisterPage,
}

pub(crate) use place::CommunityPicker;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::names::Slug;

/// A slug in the address; one that cannot be read leads to nothing.
fn use_slug(name: &'static str) -> Memo<Option<Slug>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name).and_then(|slug| Slug::parse(&slug).ok())))
}
