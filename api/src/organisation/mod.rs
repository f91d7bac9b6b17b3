//! Organisations: registering and describing them, their members, and how communities regard them.
//!
//! An organisation's page is public from the start; in lists it appears where a community has
//! verified it.

mod areas;
mod create;
mod find;
mod invitations;
mod list;
mod members;
pub(crate) mod page;
mod store;
mod update;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use members::{event as member_event, join};
pub(crate) use store::verification;

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(list::list_organisations)
        .service(create::create_organisation)
        .service(find::find_organisation)
        .service(update::update_organisation)
        .service(members::list_members)
        .service(members::update_member)
        .service(members::remove_member)
        .service(invitations::list_invitations)
        .service(invitations::create_invitation)
        .service(invitations::withdraw_invitation)
        .service(list::list_community_organisations)
        .service(verify::verify_organisation)
        .service(verify::suspend_organisation)
        .service(verify::unverify_organisation);
}
