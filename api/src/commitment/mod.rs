//! Commitments: what organisations and persons put into an issue or a task of it, from the offer to
//! the confirmed delivery.
//!
//! `store` is the only door through which a commitment is made or changed. Every change locks its
//! issue first, so that whoever holds the task stays the same while it is decided who receives. What
//! others rely on: [`of_issue`] and [`of_task`] for details, and [`waiting()`] for inboxes.

mod answer;
mod commit;
mod deliver;
mod evidence;
mod hide;
mod list;
mod notice;
mod standing;
pub(crate) mod store;
mod sweep;
mod totals;
mod view;
mod waiting;

pub(crate) use evidence::shows as shows_evidence;
pub(crate) use hide::hide;

pub use sweep::sweep;
pub use totals::{of_issue as totals_of_issue, of_task as totals_of_task};
pub use view::{of_issue, of_task};
pub use waiting::{REASONS, count_sql, waiting};

#[cfg(test)]
mod tests;

use crate::http::routes::Routes;

/// The operations on commitments.
pub fn routes(config: &mut impl Routes) {
    config
        .service(list::list_issue_commitments)
        .service(commit::commit_to_issue)
        .service(list::list_task_commitments)
        .service(commit::commit_to_task)
        .service(list::find_commitment)
        .service(answer::accept_commitment)
        .service(answer::decline_commitment)
        .service(answer::withdraw_commitment)
        .service(deliver::deliver_commitment)
        .service(deliver::confirm_commitment);
}
