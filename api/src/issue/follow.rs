//! "Tell me": mails about what happens to an issue.

use crate::{
    auth::needs::{Anyone, Needs},
    db::{Sql, Write},
    http::{answer::Answer, error::Result, extract::Valid},
    issue::{
        arrive::Join,
        store::{self, Issue},
        support,
    },
    state::AppState,
};
use actix_web::{
    delete, post,
    web::{Data, Path},
};
use shared::{
    ids::{AccountId, IssueId},
    issue::{SupportDraft, SupportState},
    permission::permit,
};

/// Follow an issue.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = SupportDraft, responses(
    (status = OK, body = SupportState),
    (status = ACCEPTED, body = SupportState, description = "A link was mailed to somebody not signed in, whether the address is known or not"),
))]
#[post("/issues/{id}/follow")]
pub(crate) async fn follow_issue(
    anyone: Anyone,
    id: Path<IssueId>,
    Valid(wish): Valid<SupportDraft>,
    app: Data<AppState>,
) -> Result<Answer<SupportState>> {
    let Some(actor) = anyone.actor() else {
        return support::by_mail(&app, &anyone, *id, Join::Follow, wish.email).await;
    };
    let tx = app.write(&anyone).await?;
    let issue = store::lock(&tx, &anyone, *id).await?;
    add(&tx, &issue, actor.account_id).await?;
    let state = support::state(&tx, &anyone, issue.id).await?;
    tx.answer(Answer::ok(state)).await
}

/// Follow it no more.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = SupportState)))]
#[delete("/issues/{id}/follow")]
pub(crate) async fn unfollow_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    app: Data<AppState>,
) -> Result<Answer<SupportState>> {
    let tx = app.write(&needs).await?;
    let issue = store::lock(&tx, &needs, *id).await?;
    let removed = Sql::with(
        "DELETE FROM follow WHERE issue_id = $1 AND account_id = $2",
        [issue.id.into(), needs.actor().account_id.into()],
    )
    .run(&*tx)
    .await?;
    if removed > 0 {
        recount(&tx, &issue).await?;
    }
    let state = support::state(&tx, &needs, issue.id).await?;
    tx.answer(Answer::ok(state)).await
}

/// Adds a follower; twice is as once.
pub(crate) async fn add(tx: &Write<'_>, issue: &Issue, account: AccountId) -> Result<()> {
    let added = Sql::with(
        "INSERT INTO follow (issue_id, account_id, community_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [issue.id.into(), account.into(), issue.community_id.into(), tx.at().into()],
    )
    .run(&**tx)
    .await?;
    if added > 0 {
        recount(tx, issue).await?;
    }
    Ok(())
}

async fn recount(tx: &Write<'_>, issue: &Issue) -> Result<()> {
    Sql::with(
        "UPDATE issue SET followers = (SELECT count(*) FROM follow WHERE issue_id = $1), touched = touched + 1 WHERE id = $2",
        [issue.id.into(), issue.id.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}
