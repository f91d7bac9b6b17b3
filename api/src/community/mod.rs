//! Communities: admitting and describing them, who holds a role in them, and their categories.
//!
//! A community is public; what changes it asks for a permission that holds in it.

mod categories;
mod create;
mod find;
mod list;
mod members;
pub(crate) mod page;
mod store;
mod territory;
mod update;
mod update_category;

#[cfg(test)]
mod tests;

pub(crate) use create::admit;
pub(crate) use members::{event as role_event, set_role};
pub(crate) use store::{link_of_slug, of_slug, time_zone, today};

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(territory::list_territory)
        .service(list::list_communities)
        .service(create::create_community)
        .service(find::find_community)
        .service(update::update_community)
        .service(members::list_community_members)
        .service(members::add_community_member)
        .service(members::remove_community_member)
        .service(members::withdraw_community_invitation)
        .service(categories::list_categories)
        .service(categories::create_category)
        .service(categories::find_category)
        .service(update_category::update_category)
        .service(update_category::delete_category);
}
