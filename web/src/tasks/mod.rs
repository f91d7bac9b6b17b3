//! Tasks: the board of a community, one task, and the forms that make, offer and finish them.

mod act;
mod acting;
mod board;
mod detail;
mod done;
mod form;
mod inside;
mod offer;
mod offers;
mod step;
mod work;

part! {
    /// The board of a community.
    tasks in tasks: TasksRoute => board::BoardPage
}
part! {
    /// One task.
    task in task: TaskRoute => detail::TaskPage
}

pub(crate) use offers::question as offer_question;
pub(crate) use work::Work;

use leptos::prelude::*;
use shared::{ids::TaskId, names::Slug};

/// The address of a task, with a dialog of its page open or not.
pub(crate) fn address(community: &Slug, task: TaskId, dialog: Option<&str>) -> String {
    let dialog = dialog.map(|name| format!("?dialog={name}")).unwrap_or_default();
    format!("/c/{community}/tasks/{task}{dialog}")
}

/// A due date, marked when it has passed.
#[component]
pub(crate) fn Due(day: chrono::NaiveDate, overdue: bool) -> impl IntoView {
    view! {
        <span class="num" class:danger-text=overdue>
            {overdue.then(|| view! { {t!(TasksOverdue)}": " })}
            <crate::ui::Day day short=true/>
        </span>
    }
}
