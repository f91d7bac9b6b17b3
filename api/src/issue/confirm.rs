//! The claim is confirmed: by the reporter, by three supporters, or by silence.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    http::{answer::Answer, error::{Error, Result}},
    issue::{detail, notice, store::{self, Issue, Told}, story::{self, Story}, terms},
    state::AppState,
};
use actix_web::{post, web::{Data, Path}};
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{ConfirmedBy, IssueDetail, IssueState},
    names::ActingRole,
    permission::permit,
    problem::Code,
};

/// Say that it is really solved: its reporter, or somebody who supported it before the claim.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/confirm")]
pub(crate) async fn confirm_issue(needs: Needs<permit::Participate>, id: Path<IssueId>, app: Data<AppState>) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    issue.needs_state(&[IssueState::Resolved])?;
    let story = story::load(&*tx, &needs, &issue).await?;
    let reporter = issue.is_reporter(&needs);
    if !(reporter || story.supported_before) || !story.is_impartial(Some(needs.actor()), &issue) {
        return Err(Error::of(Code::Forbidden));
    }
    if story.objection_waits() {
        return Err(Error::conflict(issue.state.as_str()));
    }
    if reporter {
        this(&mut tx, &mut issue, ConfirmedBy::Reporter, |event| event.by(&needs)).await?;
    } else {
        add(&mut tx, &needs, &mut issue, &story).await?;
    }
    detail::answer(tx, &needs, issue.id).await
}

/// One supporter more; the third confirms it.
async fn add(tx: &mut Write<'_>, needs: &Needs<permit::Participate>, issue: &mut Issue, story: &Story) -> Result<()> {
    let claim = story.claim_id.ok_or_else(|| anyhow::anyhow!("a resolved issue has no claim"))?;
    let added = Sql::with(
        "INSERT INTO confirmation (claim_id, account_id, confirmed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [claim.into(), needs.actor().account_id.into(), tx.at().into()],
    )
    .run(&**tx)
    .await?;
    if added == 0 {
        return Ok(());
    }
    let before = story.claim.as_ref().map_or(0, |claim| claim.confirmations);
    if before + 1 >= terms::ENOUGH_SUPPORTERS {
        return this(tx, issue, ConfirmedBy::Supporters, |event| event).await;
    }
    store::touch(tx, issue.id).await?;
    tx.record(issue.event(EventKind::IssueConfirmedOnce).data(Told::default()));
    Ok(())
}

/// It is confirmed.
async fn this(
    tx: &mut Write<'_>,
    issue: &mut Issue,
    by: ConfirmedBy,
    whose: impl FnOnce(crate::events::NewEvent) -> crate::events::NewEvent,
) -> Result<()> {
    issue.state = IssueState::Confirmed;
    issue.confirmed_by = Some(by);
    issue.confirmed_at = Some(tx.at());
    issue.save(tx).await?;
    let role = (by == ConfirmedBy::Silence).then_some(ActingRole::System);
    tx.record(whose(issue.event(EventKind::IssueConfirmed).data(Told { state: Some(issue.state), role, ..Told::default() })));
    notice::confirmed(tx, issue).await
}

/// Confirms, by the silence of everybody, a claim that nobody has objected to in its time.
pub(crate) async fn by_silence(tx: &mut Write<'_>, id: IssueId) -> Result<()> {
    let mut issue = store::lock_as_system(tx, id).await?;
    let due = issue.resolved_at.is_some_and(|claimed| claimed + terms::SILENCE <= tx.at());
    if issue.state == IssueState::Resolved && due {
        this(tx, &mut issue, ConfirmedBy::Silence, |event| event).await?;
    }
    Ok(())
}
