//! Issues: what should be better, from the report to the confirmation that it is.
//!
//! `store::lock` loads an issue for a write and answers 404 for what the caller may not see;
//! `reader` is the one place that knows who sees what. Every transition saves the issue, records
//! its event and tells those concerned (`notice`). What others rely on: `settle` after any
//! change of tasks or offers, and `waiting` for inboxes.

mod accept;
mod actions;
mod appeal;
mod appeals;
mod arrive;
mod comment_edit;
mod comment_past;
mod comments;
mod confirm;
mod decide;
mod decline;
mod detail;
mod duplicate;
mod flag;
mod follow;
mod hide;
mod history;
pub(crate) mod list;
mod notice;
mod object;
pub(crate) mod page;
mod pending;
mod photos;
mod place;
pub(crate) mod reader;
pub(crate) mod recipients;
pub(crate) mod report;
mod resolve;
pub(crate) mod rows;
mod search;
mod settle;
pub(crate) mod store;
mod story;
mod support;
mod sweep;
mod things;
mod update;
mod waiting;

pub use settle::{Involved, settle};
pub use sweep::sweep;
pub use waiting::{REASONS, count_sql, waiting};

pub(crate) use comments::visible as check_visible;
pub(crate) use list::serving;
pub(crate) use photos::shows as shows_photos;
pub(crate) use search::tokens as search_tokens;

#[cfg(test)]
mod tests;

use crate::http::routes::Routes;

/// The operations on issues.
pub fn routes(config: &mut impl Routes) {
    config
        .service(list::list_issues)
        .service(report::create_issue)
        .service(detail::find_issue_by_number)
        .service(detail::find_issue)
        .service(accept::accept_issue)
        .service(accept::unaccept_issue)
        .service(decline::decline_issue)
        .service(support::support_issue)
        .service(support::unsupport_issue)
        .service(follow::follow_issue)
        .service(follow::unfollow_issue)
        .service(resolve::resolve_issue)
        .service(confirm::confirm_issue)
        .service(object::object_to_issue)
        .service(decide::decide_objection)
        .service(appeal::appeal_issue)
        .service(appeal::decide_appeal)
        .service(duplicate::mark_duplicate)
        .service(duplicate::unmark_duplicate)
        .service(update::update_issue)
        .service(comments::list_comments)
        .service(comments::create_comment)
        .service(comment_edit::update_comment)
        .service(comment_edit::delete_comment)
        .service(comment_past::list_past_comments)
        .service(history::list_history)
        .service(flag::create_flag)
        .service(flag::dismiss_flags)
        .service(arrive::confirm_report)
        .service(arrive::join_issue)
        .configure(hide::routes);
}
