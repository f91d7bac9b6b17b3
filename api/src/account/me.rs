//! One's own account.

use crate::{
    account::{check_time_zone, store},
    auth::needs::Needs,
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    state::AppState,
};
use actix_web::{get, patch, web::Data};
use anyhow::Context;
use aws_lc_rs::digest;
use sea_orm::{ConnectionTrait, Statement};
use shared::{
    account::{Me, UpdateMeDraft},
    change::{EventKind, Thing},
    permission::permit,
    problem::Code,
};

/// One's own account, with one's roles.
#[utoipa::path(tag = "accounts", responses((status = OK, body = Me)))]
#[get("/me")]
pub(crate) async fn find_me(needs: Needs<permit::Participate>, app: Data<AppState>) -> Result<Answer<Me>> {
    answer(store::me(app.db.read(), needs.actor().account_id).await?)
}

/// Change one's name, language or time zone.
#[utoipa::path(tag = "accounts", request_body = UpdateMeDraft, responses((status = OK, body = Me)))]
#[patch("/me")]
pub(crate) async fn update_me(
    needs: Needs<permit::Participate>,
    Valid(change): Valid<UpdateMeDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<Me>> {
    if let Some(zone) = &change.time_zone {
        check_time_zone(zone)?;
    }
    let id = needs.actor().account_id;
    let mut tx = app.write(&needs).await?;
    let mut me = store::me(&*tx, id).await?;
    if_match.require(me.version)?;
    let before = me.version;
    me.name = change.name.unwrap_or(me.name);
    me.language = change.language.unwrap_or(me.language);
    me.time_zone = change.time_zone.unwrap_or(me.time_zone);
    me.version += 1;
    let updated = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE account SET name = $1, language = $2, time_zone = $3, version = $4, updated_at = $5 WHERE id = $6 AND version = $7",
            [
                me.name.clone().into(),
                me.language.tag().into(),
                me.time_zone.as_str().into(),
                me.version.into(),
                tx.at().0.into(),
                id.0.into(),
                before.into(),
            ],
        ))
        .await?;
    if updated.rows_affected() == 0 {
        return Err(Error::of(Code::Changed));
    }
    tx.record(NewEvent::new(EventKind::AccountChanged, Thing::Account, id.0).account(id).by(&needs));
    tx.answer(answer(me)?).await
}

/// Roles and the names of what they are held in are shown inside, and counted by nobody: the tag's
/// second part is a hash of everything shown.
fn answer(me: Me) -> Result<Answer<Me>> {
    let json = serde_json::to_vec(&me).context("write the account as JSON")?;
    let hash = digest::digest(&digest::SHA256, &json);
    let touched = hash.as_ref().iter().take(7).fold(0, |sum, byte| sum << 8 | i64::from(*byte));
    let version = me.version;
    Ok(Answer::ok(me).version(version, touched))
}
