//! Organisations: registering and describing them, their members, and how communities regard them.
//!
//! An organisation's page is public from the start; in lists it appears where a community has
//! verified it.

mod areas;
mod create;
mod find;
mod list;
pub(crate) mod page;
mod store;
mod update;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use store::verification;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list::list_organisations)
        .service(create::create_organisation)
        .service(find::find_organisation)
        .service(update::update_organisation)
        .service(list::list_community_organisations)
        .service(verify::verify_organisation)
        .service(verify::suspend_organisation)
        .service(verify::unverify_organisation);
}
