//! What coordinators set of their community, and what the main coordinator sets of all.

mod admin;
mod categories;
mod category;
mod community;
mod gate;
mod page;
mod people;
mod territory;

part! {
    /// Settings.
    settings in settings:
        SettingsRoute => page::SettingsPage,
        AdminRoute => admin::AdminPage,
}

pub(crate) use category::icon_of;
pub(crate) use gate::Gate;
