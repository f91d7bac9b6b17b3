//! Offers: one organisation is to take one task, asked by the community or by itself.
//!
//! An offer is seen by whoever sees the issue; what both sides wrote to each other, by them and by
//! those who look after the community. The side that did not make it answers.

mod accept;
mod actions;
mod decline;
mod list;
mod make;
mod store;
mod sweep;
mod waiting;

pub(crate) use decline::withdraw_all;
pub(crate) use list::of_task;
pub(crate) use make::{NewOffer, open};
pub(crate) use store::Offer;
pub(crate) use sweep::sweep;
pub use waiting::{REASONS, count_sql, waiting};

#[cfg(test)]
mod tests;

use crate::http::routes::Routes;

/// The operations on offers.
pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(list::list_offers)
        .service(make::create_offer)
        .service(list::find_offer)
        .service(accept::accept_offer)
        .service(decline::decline_offer)
        .service(decline::withdraw_offer);
}
