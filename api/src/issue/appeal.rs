//! Appealing, once, against a decline or a hiding; the main coordinator decides.

use crate::{
    auth::needs::Needs,
    events::Told,
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        appeals::{self, Appeal},
        detail, hide, notice, store,
    },
    state::AppState,
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use shared::{
    change::EventKind,
    ids::IssueId,
    issue::IssueDetail,
    names::ActingRole,
    permission::permit,
    problem::Code,
    reason::{DecisionDraft, ReasonDraft},
    transition::{Refusal, Transition},
};

/// Appeal against the decline, or the hiding, of one's own issue.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = ReasonDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/appeal")]
pub(crate) async fn appeal_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(reason): Valid<ReasonDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    let hidden = hide::present(&tx, issue.id.0).await?;
    let (about, about_id, event) = match hidden {
        Some(hiding) => {
            if !issue.is_reporter(&needs) {
                return Err(Error::of(Code::Forbidden));
            }
            if hiding.appealed {
                return Err(Transition { state: issue.state.as_str(), why: Refusal::OnceOnly }.into());
            }
            ("hiding", hiding.id, EventKind::HidingAppealed)
        }
        None => {
            let standing = issue.voice(&needs, None).standing;
            issue.become_as(issue.rules().appeal(standing)?);
            ("decline", issue.id.0, EventKind::IssueAppealed)
        }
    };
    let words = wording::put(&tx, issue.community_id, reason.as_str()).await?;
    let appeal = Appeal {
        about,
        about_id,
        wording: words.id,
        account: needs.actor().account_id,
        decide_by: None,
        waiting: true,
    };
    appeals::put(&tx, &issue, &appeal).await?;
    issue.save(&tx).await?;
    tx.record(issue.event(event).by(&needs).data(Told {
        state: Some(issue.state.as_str()),
        words: Some(words),
        ..Told::default()
    }));
    notice::appealed(&tx, &needs, &issue, reason.as_str()).await?;
    detail::answer(tx, &needs, issue.id).await
}

/// Decide an appeal: upheld, a declined issue is open and what was hidden is shown again.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = DecisionDraft, responses((status = OK, body = IssueDetail)))]
#[post("/issues/{id}/decide_appeal")]
pub(crate) async fn decide_appeal(
    needs: Needs<permit::DecideObjection>,
    id: Path<IssueId>,
    Valid(decision): Valid<DecisionDraft>,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    if !needs.actor().main_coordinator {
        return Err(Error::of(Code::Forbidden));
    }
    let appeal = appeals::waiting(&tx, &issue, &["decline", "hiding"]).await?;
    let role = Some(ActingRole::MainCoordinator);
    let words = appeals::decide(&tx, &issue, &appeal, &decision, needs.actor().account_id, role).await?;
    let hiding = appeal.about == "hiding";
    if hiding && decision.upheld {
        hide::show(&mut tx, &needs, &mut issue, appeal.about_id).await?;
    } else if hiding {
        store::touch(&tx, issue.id).await?;
        tx.record(issue.event(EventKind::HidingUpheld).by(&needs).data(Told {
            state: Some(issue.state.as_str()),
            role,
            words: Some(words),
            ..Told::default()
        }));
    } else {
        issue.become_as(issue.rules().decide_appeal(decision.upheld)?);
        issue.accepted_at = issue.accepted_at.or(decision.upheld.then(|| tx.at()));
        issue.save(&tx).await?;
        let what = if decision.upheld { EventKind::IssueAppealUpheld } else { EventKind::IssueAppealDismissed };
        tx.record(issue.event(what).by(&needs).data(Told {
            state: Some(issue.state.as_str()),
            role,
            words: Some(words),
            ..Told::default()
        }));
    }
    notice::appeal_decided(&tx, &needs, &issue, appeal.account_id, decision.upheld, decision.reason.as_str()).await?;
    detail::answer(tx, &needs, issue.id).await
}
