//! Invitations by mail: to become a member of an organisation, or to hold a role in a community.
//!
//! Whoever follows the link has shown that the address is theirs, so it also signs in to, or makes,
//! the account of that address.

mod accept;
mod store;

#[cfg(test)]
mod tests;

pub(crate) use store::{Into, NewInvitation, Open, open, withdraw};

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config.service(accept::accept_invitation);
}
