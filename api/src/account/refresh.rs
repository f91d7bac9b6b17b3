//! Renewing a session by its cookie, and ending it.

use crate::{
    account::{
        SignedIn,
        signed_in::SignedOut,
        store::{self, Which},
    },
    auth::{cookie::Presented, needs::Anyone, origin::SameOrigin},
    db::Write,
    http::error::{Error, Result},
    state::AppState,
};
use actix_web::{HttpRequest, delete, post, web::Data};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use shared::{account::Session, ids::AccountId, problem::Code, time::Timestamp};

#[derive(Debug, FromQueryResult)]
struct Row {
    account_id: AccountId,
    generation: i64,
    refreshed_at: Timestamp,
    created_at: Timestamp,
    ends_at: Timestamp,
}

/// Renew the session of the cookie `__Host-spilno`: another access token, and the cookie's
/// successor. The cookie before it gets the same successor for ten seconds; an older one was copied
/// by somebody, and ends the session. Needs to come from a page of ours.
#[utoipa::path(tag = "accounts", responses((status = OK, body = Session)))]
#[post("/sessions/refresh")]
pub(crate) async fn refresh_session(
    caller: Anyone,
    _ours: SameOrigin,
    req: HttpRequest,
    app: Data<AppState>,
) -> Result<SignedIn> {
    app.bursts.check(&caller)?;
    let presented = Presented::of(&req, &app.keys).ok_or_else(|| Error::of(Code::Unauthenticated))?;
    let mut tx = app.write_secretly().await?;
    let rotated = rotate(&tx, presented).await?;
    let row = open_session(&tx, presented).await?.ok_or_else(|| Error::of(Code::Unauthenticated))?;
    if !rotated
        && (presented.generation >= row.generation || !presented.is_good(row.generation, row.refreshed_at, tx.at()))
    {
        store::end_sessions(&mut tx, row.account_id, Which::This(presented.session)).await?;
        tx.commit().await?;
        return Err(Error::of(Code::Unauthenticated));
    }
    tx.commit().await?;
    let successor = Presented { session: presented.session, generation: row.generation };
    SignedIn::refreshed(&app, row.account_id, successor, row.ends_at.min(row.created_at + store::LONGEST)).await
}

/// Only one of those who come at once with the present cookie counts it on; the others wait for it.
async fn rotate(tx: &Write<'_>, presented: Presented) -> Result<bool> {
    let (idle, longest) = (store::IDLE.num_milliseconds(), store::LONGEST.num_milliseconds());
    let done = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE session SET generation = generation + 1, refreshed_at = $1, \
             ends_at = CASE WHEN $1 + $2 < created_at + $3 THEN $1 + $2 ELSE created_at + $3 END \
             WHERE id = $4 AND generation = $5 AND ended_at IS NULL AND ends_at > $1",
            [tx.at().0.into(), idle.into(), longest.into(), presented.session.0.into(), presented.generation.into()],
        ))
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn open_session(tx: &Write<'_>, presented: Presented) -> Result<Option<Row>> {
    Ok(Row::find_by_statement(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT account_id, generation, refreshed_at, session.created_at, ends_at FROM session \
         JOIN account ON account.id = session.account_id \
         WHERE session.id = $1 AND ended_at IS NULL AND ends_at > $2 AND disabled_at IS NULL",
        [presented.session.0.into(), tx.at().0.into()],
    ))
    .one(&**tx)
    .await?)
}

/// Sign out: ends the session of the bearer token, else of the cookie, which is forgotten. Without a
/// token it needs to come from a page of ours.
#[utoipa::path(tag = "accounts", responses((status = NO_CONTENT)))]
#[delete("/sessions/current")]
pub(crate) async fn delete_current_session(caller: Anyone, req: HttpRequest, app: Data<AppState>) -> Result<SignedOut> {
    let mut tx;
    match caller.actor() {
        Some(actor) => {
            tx = app.write_secretly().await?;
            store::end_sessions(&mut tx, actor.account_id, Which::This(actor.session_id)).await?;
        }
        None => {
            SameOrigin::check(&req)?;
            let presented = Presented::of(&req, &app.keys).ok_or_else(|| Error::of(Code::Unauthenticated))?;
            tx = app.write_secretly().await?;
            if let Some(row) = open_session(&tx, presented).await? {
                store::end_sessions(&mut tx, row.account_id, Which::This(presented.session)).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(SignedOut)
}
