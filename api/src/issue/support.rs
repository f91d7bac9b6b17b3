//! "Me too", once per person.

use crate::{
    auth::{
        needs::{Anyone, Needs},
        session::Caller,
    },
    db::{Sql, Write},
    events::Told,
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        actions,
        arrive::{self, Join},
        store::{self, Issue},
    },
    state::AppState,
};
use actix_web::{
    delete, post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    account::Email,
    change::EventKind,
    ids::{AccountId, IssueId},
    issue::{SupportDraft, SupportState},
    permission::permit,
    problem::Code,
};

/// Support an issue.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = SupportDraft, responses(
    (status = OK, body = SupportState),
    (status = ACCEPTED, body = SupportState, description = "A link was mailed to somebody not signed in, whether the address is known or not"),
))]
#[post("/issues/{id}/support")]
pub(crate) async fn support_issue(
    anyone: Anyone,
    id: Path<IssueId>,
    Valid(wish): Valid<SupportDraft>,
    app: Data<AppState>,
) -> Result<Answer<SupportState>> {
    let Some(actor) = anyone.actor() else {
        return by_mail(&app, &anyone, *id, Join::Support, wish.email).await;
    };
    let mut tx = app.write(&anyone).await?;
    let issue = store::lock(&tx, &anyone, *id).await?;
    add(&mut tx, &issue, actor.account_id).await?;
    let state = state(&tx, &anyone, issue.id).await?;
    tx.answer(Answer::ok(state)).await
}

/// Support it no more.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = SupportState)))]
#[delete("/issues/{id}/support")]
pub(crate) async fn unsupport_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    app: Data<AppState>,
) -> Result<Answer<SupportState>> {
    let mut tx = app.write(&needs).await?;
    let issue = store::lock(&tx, &needs, *id).await?;
    let removed = Sql::with(
        "DELETE FROM support WHERE issue_id = $1 AND account_id = $2",
        [issue.id.into(), needs.actor().account_id.into()],
    )
    .run(&*tx)
    .await?;
    if removed > 0 {
        recount(&mut tx, &issue).await?;
    }
    let state = state(&tx, &needs, issue.id).await?;
    tx.answer(Answer::ok(state)).await
}

/// Mails a link to somebody who is not signed in; 401 without an address.
pub(crate) async fn by_mail(
    app: &AppState,
    anyone: &Anyone,
    id: IssueId,
    join: Join,
    email: Option<Email>,
) -> Result<Answer<SupportState>> {
    let email = email.ok_or_else(|| Error::of(Code::Unauthenticated))?;
    arrive::spend(app, anyone, &email).await?;
    let tx = app.write(anyone).await?;
    let issue = store::lock(&tx, anyone, id).await?;
    arrive::invite(anyone, &tx, &issue, join, &email).await?;
    let state = state(&tx, anyone, issue.id).await?;
    tx.answer(Answer::accepted(state)).await
}

/// Adds somebody's support; twice is as once. 409 when it makes no difference any more, and for
/// the reporter, whose issue it is anyway.
pub(crate) async fn add(tx: &mut Write<'_>, issue: &Issue, account: AccountId) -> Result<()> {
    if !actions::may_be_supported(issue.state) || issue.reporter_id == Some(account) {
        return Err(Error::conflict(issue.state.as_str()));
    }
    let added = Sql::with(
        "INSERT INTO support (issue_id, account_id, community_id, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [issue.id.into(), account.into(), issue.community_id.into(), tx.at().into()],
    )
    .run(&**tx)
    .await?;
    if added > 0 {
        recount(tx, issue).await?;
    }
    Ok(())
}

/// Counts the supporters anew, and tells that their number has changed; never who.
pub(crate) async fn recount(tx: &mut Write<'_>, issue: &Issue) -> Result<()> {
    Sql::with(
        "UPDATE issue SET supporters = (SELECT count(*) FROM support WHERE issue_id = $1), touched = touched + 1 WHERE id = $2",
        [issue.id.into(), issue.id.into()],
    )
    .run(&**tx)
    .await?;
    tx.record(issue.event(EventKind::IssueSupported).data(Told::default()));
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Row {
    reporter_id: Option<AccountId>,
    supporters: i64,
    followers: i64,
    supports: bool,
    follows: bool,
}

/// What the caller is to the issue.
pub(crate) async fn state(tx: &Write<'_>, caller: &Caller, id: IssueId) -> Result<SupportState> {
    let account = caller.actor().map(|actor| actor.account_id);
    let row: Row = Sql::with(
        "SELECT reporter_id, supporters, followers, \
         EXISTS (SELECT 1 FROM support WHERE issue_id = issue.id AND account_id = $1) AS supports, \
         EXISTS (SELECT 1 FROM follow WHERE issue_id = issue.id AND account_id = $2) AS follows \
         FROM issue WHERE id = $3",
        [account.into(), account.into(), id.into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| Error::of(Code::NotFound))?;
    let Row { reporter_id, supporters, followers, supports, follows } = row;
    Ok(SupportState { reported: account.is_some() && reporter_id == account, supports, follows, supporters, followers })
}
