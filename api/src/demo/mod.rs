//! `spilno demo`: three invented communities at work, to be looked at and tried.
//!
//! What happens in them stands in `content/`, one file for each kind of thing and each part of a
//! community. It is filled in through the API itself, as people would, with a clock that is set
//! back and moved on from step to step; so everything in it has been checked by the same rules as
//! real work. Nothing is left to chance: the same content gives the same demo, with its days
//! counted back from today.

mod calls;
mod content;
mod fill;
mod find;
mod ground;
mod passwords;
mod place;
mod setup;
mod steps;
mod timeline;
mod world;

#[cfg(test)]
mod tests;

pub use fill::fill;
pub use passwords::is_open_to_all;

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config.service(find::find_demo);
}
