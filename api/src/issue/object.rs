//! It is not solved: the first objection opens the issue again, later ones are decided.

use crate::{
    auth::{needs::Needs, session::Caller},
    db::{Sql, Write},
    events::Told,
    http::{answer::Answer, error::Result, extract::Valid},
    issue::{
        appeals::{self, Appeal},
        detail, notice, photos,
        store::{self, Issue},
    },
    state::AppState,
    task, wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::{Claimant, Issue as Rules, IssueDetail, ObjectToIssueDraft, Objected},
    permission::permit,
};
use uuid::Uuid;

/// Object to the claim that it is solved: its reporter, or somebody who supported it before the
/// claim; while it is resolved, or within 28 days of being confirmed.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = ObjectToIssueDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/object")]
pub(crate) async fn object_to_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(objection): Valid<ObjectToIssueDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    issue.needs_shown()?;
    let voice = store::voice(&tx, &needs, &issue).await?;
    let (next, outcome) = issue.rules().object(voice.standing, tx.at())?;
    let claim: Claim = Sql::with("SELECT id FROM claim WHERE issue_id = $1 AND ended_at IS NULL", [issue.id.into()])
        .one(&*tx)
        .await?
        .ok_or_else(|| anyhow::anyhow!("a resolved issue without a claim"))?;
    let words = wording::put(&tx, issue.community_id, &objection.words).await?;
    let decide_by = match outcome {
        Objected::Waits { decide_by } => Some(decide_by),
        Objected::Reopened { .. } => None,
    };
    let appeal = Appeal {
        about: "claim",
        about_id: claim.id,
        wording: words.id,
        account: needs.actor().account_id,
        decide_by,
        waiting: decide_by.is_some(),
    };
    let appeal = appeals::put(&tx, &issue, &appeal).await?;
    photos::attach(&tx, issue.community_id, issue.id, appeal, &objection.photos).await?;
    match outcome {
        Objected::Waits { .. } => {
            issue.become_as(next);
            issue.save(&tx).await?;
            tx.record(issue.event(EventKind::IssueObjected).by(&needs).data(Told {
                state: Some(issue.state.as_str()),
                words: Some(words),
                ..Told::default()
            }));
            notice::objected(&tx, &needs, &issue, &objection.words).await?;
        }
        Objected::Reopened { claim } => {
            let told = Told { words: Some(words), ..Told::default() };
            reopen(&mut tx, &needs, &mut issue, next, claim, told, &objection.words).await?;
        }
    }
    detail::answer(tx, &needs, issue.id).await
}

#[derive(Debug, FromQueryResult)]
struct Claim {
    id: Uuid,
}

/// Ends the claim: the issue is open again, and so are the tasks on which the claim rested.
pub(crate) async fn reopen(
    tx: &mut Write<'_>,
    by: &Caller,
    issue: &mut Issue,
    next: Rules,
    claim: Claimant,
    told: Told,
    said: &str,
) -> Result<()> {
    Sql::with(
        "UPDATE claim SET ended_at = $1 WHERE issue_id = $2 AND ended_at IS NULL",
        [tx.at().into(), issue.id.into()],
    )
    .run(&**tx)
    .await?;
    issue.become_as(next);
    issue.save(tx).await?;
    tx.record(issue.event(EventKind::IssueReopened).by(by).data(Told { state: Some(issue.state.as_str()), ..told }));
    let claimant = match claim {
        Claimant::Holder(organisation) => Some(organisation),
        Claimant::Coordinator => None,
    };
    notice::reopened(tx, by, issue, claimant, said).await?;
    task::reopen(tx, by, issue, claim, said).await
}
