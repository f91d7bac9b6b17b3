//! Communities: admitting and describing them, who holds a role in them, and their categories.
//!
//! A community is public; what changes it asks for a permission that holds in it.

mod categories;
mod create;
mod find;
mod list;
pub(crate) mod page;
mod store;
mod update;
mod update_category;

#[cfg(test)]
mod tests;

pub(crate) use store::{link_of_slug, of_slug};

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list::list_communities)
        .service(create::create_community)
        .service(find::find_community)
        .service(update::update_community)
        .service(categories::list_categories)
        .service(categories::create_category)
        .service(categories::find_category)
        .service(update_category::update_category)
        .service(update_category::delete_category);
}
