//! Invitations by mail: to become a member of an organisation, or to hold a role in a community.
//!
//! Whoever follows the link has shown that the address is theirs, so it also signs in to, or makes,
//! the account of that address.

mod accept;
mod store;

#[cfg(test)]
mod tests;

pub(crate) use store::{Into, NewInvitation, Open, open, withdraw};

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(accept::accept_invitation);
}
