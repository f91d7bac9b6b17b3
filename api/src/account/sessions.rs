//! Where one is signed in.

use crate::{
    account::store::{self, Which},
    auth::needs::Needs,
    http::{
        answer::NoContent,
        error::{Error, Result},
        page::{self, List},
    },
    state::AppState,
};
use actix_web::{
    delete, get,
    web::{Data, Path, Query},
};
use sea_orm::{FromQueryResult, Statement};
use shared::{
    account::{ListMySessions, SessionSummary},
    ids::SessionId,
    permission::permit,
    problem::Code,
    time::Timestamp,
};

#[derive(Debug, FromQueryResult)]
struct Row {
    id: SessionId,
    created_at: Timestamp,
    refreshed_at: Timestamp,
    device: String,
}

/// One's own open sessions, the latest sign-in first.
#[utoipa::path(tag = "accounts", params(ListMySessions), responses((status = OK, body = shared::page::Page<SessionSummary>)))]
#[get("/me/sessions")]
pub(crate) async fn list_my_sessions(
    needs: Needs<permit::Participate>,
    query: Query<ListMySessions>,
    app: Data<AppState>,
) -> Result<List<SessionSummary>> {
    let db = app.db.read();
    let limit = query.limit.unwrap_or_default();
    let after: SessionId = query.after.as_ref().map(page::key).transpose()?.unwrap_or(SessionId(uuid::Uuid::max()));
    let rows = Row::find_by_statement(Statement::from_sql_and_values(
        app.db.backend(),
        "SELECT id, created_at, refreshed_at, device FROM session \
         WHERE account_id = $1 AND id < $2 AND ended_at IS NULL AND ends_at > $3 ORDER BY id DESC LIMIT $4",
        [needs.actor().account_id.0.into(), after.0.into(), app.clock.now().0.into(), (limit.rows() + 1).into()],
    ))
    .all(db)
    .await?;
    let current = needs.actor().session_id;
    let item = |row: Row| SessionSummary {
        id: row.id,
        created_at: row.created_at,
        last_seen_at: row.refreshed_at,
        device: (!row.device.is_empty()).then_some(row.device),
        current: row.id == current,
    };
    Ok(List(page::page(rows, limit, |row| row.id, item)?))
}

/// End one of one's own sessions.
#[utoipa::path(tag = "accounts", params(("id" = SessionId, Path, description = "The session's id")), responses((status = NO_CONTENT)))]
#[delete("/me/sessions/{id}")]
pub(crate) async fn delete_my_session(
    needs: Needs<permit::Participate>,
    id: Path<SessionId>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let mut tx = app.write_secretly().await?;
    if store::end_sessions(&mut tx, needs.actor().account_id, Which::This(*id)).await? == 0 {
        return Err(Error::of(Code::NotFound));
    }
    tx.commit().await?;
    Ok(NoContent)
}

/// End all of one's own sessions but this one.
#[utoipa::path(tag = "accounts", responses((status = NO_CONTENT)))]
#[delete("/me/sessions")]
pub(crate) async fn delete_my_other_sessions(
    needs: Needs<permit::Participate>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let mut tx = app.write_secretly().await?;
    store::end_sessions(&mut tx, needs.actor().account_id, Which::AllBut(needs.actor().session_id)).await?;
    tx.commit().await?;
    Ok(NoContent)
}
