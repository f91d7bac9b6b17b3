//! The claim is confirmed: by the reporter, by three supporters, or by silence.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    events::{NewEvent, Told},
    http::{answer::Answer, error::Result},
    issue::{
        detail, notice,
        store::{self, Issue},
    },
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::{AccountId, IssueId},
    issue::{Issue as Rules, IssueDetail, IssueState, Standing},
    names::ActingRole,
    permission::permit,
};

/// Say that it is really solved: its reporter, or somebody who supported it before the claim.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/confirm")]
pub(crate) async fn confirm_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    let voice = store::voice(&tx, &needs, &issue).await?;
    let next = issue.rules().confirm(voice, tx.at())?;
    let reporter = voice.standing == Standing::Reporter;
    if reporter || add(&tx, issue.id, needs.actor().account_id).await? {
        // That a supporter confirmed is told, and never who.
        let whose = |event: NewEvent| if reporter { event.by(&needs) } else { event };
        this(&mut tx, &mut issue, next, None, whose).await?;
    }
    detail::answer(tx, &needs, issue.id).await
}

/// Notes that a supporter says yes to the present claim; false when they have said so before.
async fn add(tx: &Write<'_>, issue: IssueId, account: AccountId) -> Result<bool> {
    let added = Sql::with(
        "INSERT INTO confirmation (claim_id, account_id, confirmed_at) \
         SELECT id, $1, $2 FROM claim WHERE issue_id = $3 AND ended_at IS NULL ON CONFLICT DO NOTHING",
        [account.into(), tx.at().into(), issue.into()],
    )
    .run(&**tx)
    .await?;
    Ok(added > 0)
}

async fn this(
    tx: &mut Write<'_>,
    issue: &mut Issue,
    next: Rules,
    role: Option<ActingRole>,
    whose: impl FnOnce(NewEvent) -> NewEvent,
) -> Result<()> {
    issue.become_as(next);
    issue.save(tx).await?;
    let confirmed = issue.state == IssueState::Confirmed;
    let what = if confirmed { EventKind::IssueConfirmed } else { EventKind::IssueConfirmedOnce };
    tx.record(whose(issue.event(what).data(Told { state: Some(issue.state.as_str()), role, ..Told::default() })));
    if confirmed { notice::confirmed(tx, issue).await } else { Ok(()) }
}

/// Confirms, by everybody's silence, a claim that nobody has objected to in its time; does nothing
/// where that is not so any more.
pub(crate) async fn by_silence(tx: &mut Write<'_>, id: IssueId) -> Result<()> {
    let mut issue = store::lock_as_system(tx, id).await?;
    match issue.rules().confirm_by_silence(tx.at()) {
        Ok(next) => this(tx, &mut issue, next, Some(ActingRole::System), |event| event).await,
        Err(_) => Ok(()),
    }
}
