//! Flagging unfit content, by anyone, and leaving it as it is.

use crate::{
    auth::{
        limits::{self, FLAGS},
        needs::{Anyone, Needs},
    },
    db::{Sql, Write},
    events::Told,
    http::{
        answer::NoContent,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{hide, store, things},
    state::AppState,
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::{FlagId, IssueId},
    issue::{FlagDraft, Flaggable},
    permission::permit,
    problem::Code,
};
use uuid::Uuid;

/// Tell the moderators that an issue, a comment, a photo, a task or the words of a contribution are unfit.
/// Who told is never shown.
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

#[derive(Debug, FromQueryResult)]
struct Row {
    issue_id: IssueId,
    thing: Flaggable,
    thing_id: Uuid,
}

/// Leave what was flagged as it is. All open flags of the thing are closed; 409 when they are already.
#[utoipa::path(tag = "moderation", params(("id" = FlagId, Path)), responses((status = NO_CONTENT)))]
#[post("/flags/{id}/dismiss")]
pub(crate) async fn dismiss_flags(
    needs: Needs<permit::HideContent>,
    id: Path<FlagId>,
    app: Data<AppState>,
) -> Result<NoContent> {
    let mut tx = app.write(&needs).await?;
    let flag: Row = Sql::with("SELECT issue_id, thing, thing_id FROM flag WHERE id = $1", [(*id).into()])
        .one(&*tx)
        .await?
        .ok_or_else(|| Error::of(Code::NotFound))?;
    let issue = store::lock(&tx, &needs, flag.issue_id).await?;
    needs.in_community(issue.community_id)?;
    if close(&tx, flag.thing_id).await? == 0 {
        return Err(Error::conflict("closed"));
    }
    let role = store::acting_role(&needs, issue.community_id);
    let told = Told { role, ..Told::default() };
    tx.record(hide::event(&issue, EventKind::FlagsDismissed, flag.thing, flag.thing_id).by(&needs).data(told));
    tx.commit().await?;
    Ok(NoContent)
}

/// A moderator has looked at the thing: its flags wait no more. How many did.
pub(crate) async fn close(tx: &Write<'_>, thing: Uuid) -> Result<u64> {
    let open = "UPDATE flag SET closed_at = $1 WHERE thing_id = $2 AND closed_at IS NULL";
    Ok(Sql::with(open, [tx.at().into(), thing.into()]).run(&**tx).await?)
}
