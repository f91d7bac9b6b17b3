//! A community's figures: rollups kept in the write that changes what they count.
//!
//! Whoever changes an issue, its tasks, offers or commitments calls `watch` before, with the
//! issue's row locked; when the write ends, what the issue counted for then is taken off and what
//! it counts for now is added. [`recount()`] makes the same rows out of the tables. Only what
//! everybody may see is counted; what time alone changes is summed over days on reading.

mod columns;
mod count;
mod figure;
mod find;
mod recount;
mod watch;

#[cfg(test)]
mod tests;

pub(crate) use columns::push_columns;
pub use recount::{recount, recount_all};
pub use watch::Watched;

pub(crate) use recount::{hold, recount_of_organisation};
pub(crate) use watch::{settle, watch, watch_new};

use crate::http::routes::Routes;

pub(crate) fn routes(config: &mut impl Routes) {
    config.service(find::find_dashboard);
}
