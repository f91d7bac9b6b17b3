//! `spilno demo`: an invented community at work, to be looked at and tried.
//!
//! It is filled through the API itself, as people would, with a clock that is set back and moved on
//! from step to step; so everything in it has been checked by the same rules as real work.

mod content;
mod fill;
mod find;

#[cfg(test)]
mod tests;

pub use fill::fill;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(find::find_demo);
}
