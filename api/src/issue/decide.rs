//! Deciding an objection: the facilitator, or where there is none the main coordinator.

use crate::{
    auth::needs::Needs,
    db::{Sql, Write},
    events::Told,
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        appeals, detail, notice, object,
        store::{self, Issue},
    },
    state::AppState,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::IssueDetail,
    permission::{Role, permit},
    problem::Code,
    reason::DecisionDraft,
};

/// Decide an objection: upheld, the issue is open again.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = DecisionDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/decide_objection")]
pub(crate) async fn decide_objection(
    needs: Needs<permit::DecideObjection>,
    id: Path<IssueId>,
    Valid(decision): Valid<DecisionDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    is_theirs_to_decide(&tx, &needs, &issue).await?;
    let (next, claim) = issue.rules().decide_objection(decision.upheld)?;
    let appeal = appeals::waiting(&tx, &issue, &["claim"]).await?;
    let role = store::acting_role(&needs, issue.community_id);
    let words = appeals::decide(&tx, &issue, &appeal, &decision, needs.actor().account_id, role).await?;
    let told = Told { role, words: Some(words), ..Told::default() };
    if let Some(claim) = claim {
        object::reopen(&mut tx, &needs, &mut issue, next, claim, told, decision.reason.as_str()).await?;
    } else {
        issue.become_as(next);
        issue.save(&tx).await?;
        tx.record(
            issue
                .event(EventKind::IssueObjectionDismissed)
                .by(&needs)
                .data(Told { state: Some(issue.state.as_str()), ..told }),
        );
        notice::objection_dismissed(&tx, &needs, &issue, appeal.account_id, decision.reason.as_str()).await?;
    }
    detail::answer(tx, &needs, issue.id).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    count: i64,
}

async fn is_theirs_to_decide(tx: &Write<'_>, needs: &Needs<permit::DecideObjection>, issue: &Issue) -> Result<()> {
    if needs.actor().communities.contains(&(issue.community_id, Role::Facilitator)) {
        return Ok(());
    }
    let facilitators: Option<Count> = Sql::with(
        "SELECT count(*) AS count FROM community_role WHERE community_id = $1 AND role = 'facilitator'",
        [issue.community_id.into()],
    )
    .one(&**tx)
    .await?;
    let none = facilitators.is_some_and(|facilitators| facilitators.count == 0);
    if needs.actor().main_coordinator && none { Ok(()) } else { Err(Error::of(Code::Forbidden)) }
}
