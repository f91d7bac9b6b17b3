//! Issues: the list of a community, one issue's story, and reporting.

mod act;
mod card;
mod comment;
mod comments;
mod decide;
mod detail;
mod edit;
mod fields;
mod flag;
mod history;
mod list;
mod place;
mod report;
mod support;

part! {
    /// The issues of a community.
    issues in issues: IssuesRoute => list::IssuesPage
}
part! {
    /// One issue.
    issue in issue: IssueRoute => detail::IssuePage
}
part! {
    /// Reporting an issue.
    report_issue in report: ReportRoute => report::ReportPage
}

pub(crate) use card::IssueRows;
pub(crate) use history::WhoName;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::names::Slug;

/// The community in the address; an address that is no slug leads to a community that is not there.
pub(crate) fn use_community_slug() -> Memo<Option<Slug>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("slug").and_then(|slug| Slug::parse(&slug).ok())))
}
