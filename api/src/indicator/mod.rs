//! Indicators: what a community measures, with their measurements.
//!
//! Reading is for everybody; the community's coordinators write. A measurement is corrected, never
//! changed: what it said before stays visible.

mod correct_measurement;
mod create;
mod create_measurement;
mod find;
mod list;
mod list_measurements;
mod measurements_csv;
pub(crate) mod page;
mod store;
mod update;

#[cfg(test)]
mod tests;

pub(crate) use find::link;
pub(crate) use list::of_community;

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(list::list_indicators)
        .service(create::create_indicator)
        .service(find::find_indicator)
        .service(update::update_indicator)
        .service(list_measurements::list_measurements)
        .service(create_measurement::create_measurement)
        .service(correct_measurement::correct_measurement)
        .service(measurements_csv::measurements_csv);
}
