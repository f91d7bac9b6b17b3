//! Changes: the log as its readers may know it, to be asked for and to be listened to.
//!
//! The log is read once for all open streams of a process. [`Follower`] hears that something was
//! committed (of this process at once, of other replicas through PostgreSQL's channel), reads the
//! new entries, and `batch::resolve` asks once for the batch what decides who sees them: at most
//! one question for issues, comments, files, organisations and roles each. Streams then choose from
//! memory; only a signed-in reader with powers beyond their own reports costs one question more,
//! and only for a batch that names issues that are not public.

mod batch;
mod follow;
mod list;
mod live;
mod seats;
mod sight;
mod stream;

#[cfg(test)]
mod tests;

pub use batch::Batch;
pub use follow::Follower;
pub use live::Live;

use crate::http::routes::Routes;

/// The operations on changes.
pub fn routes(config: &mut impl Routes) {
    config.service(list::list_changes).service(stream::watch_changes);
}
