use crate::{
    auth::{needs::Anyone, session::Caller},
    http::{answer::Answer, error::Result},
    indicator::store,
    issue,
    state::AppState,
    task,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use sea_orm::ConnectionTrait;
use shared::{ids::IndicatorId, indicator::IndicatorDetail, names::IndicatorLink, time::Timestamp};

/// One indicator.
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path)), responses((status = OK, body = IndicatorDetail)))]
#[get("/indicators/{id}")]
pub(super) async fn find_indicator(
    anyone: Anyone,
    id: Path<IndicatorId>,
    app: Data<AppState>,
) -> Result<Answer<IndicatorDetail>> {
    let db = app.db.read();
    answer(db, &anyone, app.clock.now(), store::find(db, *id).await?).await
}

/// The indicator with the issues and tasks that name it; its tag changes with any of them.
pub(super) async fn answer(
    db: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
    row: store::Row,
) -> Result<Answer<IndicatorDetail>> {
    let issues = issue::serving(db, caller, row.id).await?;
    let tasks = task::serving(db, caller, now, row.id).await?;
    // Tasks become overdue with the day.
    let day = if tasks.is_empty() { 0 } else { now.0.div_euclid(86_400_000) };
    let changed = issues.iter().map(|issue| issue.changed_at.0).chain(tasks.iter().map(|task| task.changed_at.0));
    let touched = changed.fold(row.touched + day, i64::wrapping_add);
    let version = row.version;
    let detail = IndicatorDetail { issues, tasks, ..row.detail(caller) };
    Ok(Answer::ok(detail).version(version, touched))
}

/// The indicator as others name it.
pub(crate) async fn link(db: &impl ConnectionTrait, id: IndicatorId) -> Result<IndicatorLink> {
    let row = store::find(db, id).await?;
    Ok(IndicatorLink { id, name: row.names() })
}
