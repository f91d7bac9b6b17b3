//! Tasks: work with one result, taken by one organisation, done, and verified by somebody else.
//!
//! A task is seen by whoever sees its issue, unless it was hidden or is a proposal that nobody of the
//! community has taken up (`reader`). `store::lock` finds it with its issue locked, so that
//! writes to one issue's tasks and offers come one after the other; every transition saves the task,
//! records its event, tells those concerned (`notice`) and settles the issue (`settle`).

mod actions;
mod create;
mod detail;
mod held;
mod hide;
mod list;
pub(crate) mod notice;
pub(crate) mod reader;
mod settle;
pub(crate) mod store;
mod sweep;
mod take_back;
mod update;
mod verify;
mod waiting;
mod work;

pub(crate) use actions::regard;
pub(crate) use create::allows_work;
pub(crate) use detail::shows_files;
pub(crate) use held::{Held, held};
pub(crate) use hide::hide;
pub(crate) use list::{of_issue, serving};
pub(crate) use settle::settle;
pub(crate) use sweep::sweep;
pub(crate) use take_back::{cancel_drafts, reopen};
pub(crate) use update::unassign;
pub use waiting::{REASONS, count_sql, due_key, waiting};

#[cfg(test)]
mod tests;

use crate::http::routes::Routes;
use crate::{
    auth::session::Caller,
    db::Sql,
    http::error::{Error, Result},
    issue,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{ids::TaskId, problem::Code};

/// The operations on tasks.
pub(crate) fn routes(config: &mut impl Routes) {
    config
        .service(list::list_tasks)
        .service(list::list_issue_tasks)
        .service(create::create_task)
        .service(detail::find_task)
        .service(update::update_task)
        .service(work::start_task)
        .service(work::finish_task)
        .service(verify::verify_task)
        .service(verify::return_task)
        .service(work::release_task)
        .service(take_back::recall_task)
        .service(take_back::cancel_task);
}

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "that there is a row says it all")]
    id: TaskId,
}

/// 404 unless the caller may see the task.
pub(crate) async fn check_visible(db: &impl ConnectionTrait, caller: &Caller, id: TaskId) -> Result<()> {
    let mut sql = Sql::new("SELECT task.id FROM task JOIN issue ON issue.id = task.issue_id WHERE task.id = ");
    sql.bind(id).push(" AND ");
    issue::reader::push_visible(&mut sql, caller);
    sql.push(" AND ");
    reader::push_visible(&mut sql, caller);
    let found: Option<Found> = sql.one(db).await?;
    found.map(|_| ()).ok_or_else(|| Error::of(Code::NotFound))
}
