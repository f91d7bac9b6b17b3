//! Flagging unfit content, by anyone.

use crate::{
    auth::{
        limits::{self, FLAGS},
        needs::Anyone,
    },
    db::Sql,
    http::{answer::NoContent, error::Result, extract::Valid},
    issue::things,
    state::AppState,
    wording,
};
use actix_web::{post, web::Data};
use shared::{ids::FlagId, issue::FlagDraft};

/// Tell the moderators that an issue, a comment or a photo is unfit. Who told is never shown.
#[utoipa::path(tag = "moderation", request_body = FlagDraft, responses((status = NO_CONTENT)))]
#[post("/flags")]
pub(crate) async fn create_flag(
    anyone: Anyone,
    Valid(flag): Valid<FlagDraft>,
    app: Data<AppState>,
) -> Result<NoContent> {
    app.bursts.check(&anyone)?;
    let tx = app.write(&anyone).await?;
    let issue = things::find(&tx, &anyone, flag.thing, flag.id).await?.issue;
    limits::allow(&tx, &anyone, issue.community_id, &FLAGS).await?;
    let words = wording::put(&tx, issue.community_id, &flag.words).await?;
    let account = anyone.actor().map(|actor| actor.account_id);
    Sql::with(
        "INSERT INTO flag (id, community_id, issue_id, thing, thing_id, reason, wording_id, account_id, raised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            FlagId(tx.id()).into(),
            issue.community_id.into(),
            issue.id.into(),
            flag.thing.into(),
            flag.id.into(),
            flag.reason.into(),
            words.id.into(),
            account.into(),
            tx.at().into(),
        ],
    )
    .run(&*tx)
    .await?;
    tx.commit().await?;
    Ok(NoContent)
}
