//! The inbox: what needs the caller, and nothing else.
//!
//! Every feature says itself what waits (`waiting`) and how it is counted (`count_sql`); here they
//! are put together. All reasons are counted in one statement; a page costs one more for each
//! reason it shows.

mod list;
mod organisations;

#[cfg(test)]
mod tests;

use crate::http::routes::Routes;

/// The operation on the inbox.
pub fn routes(config: &mut impl Routes) {
    config.service(list::list_inbox);
}
