//! Changing what was reported: the reporter until triage, moderators and coordinators always.

use crate::{
    auth::needs::Needs,
    dashboard,
    db::{Sql, Write},
    events::Told,
    http::{
        answer::{Answer, IfMatch},
        error::{Error, Result},
        extract::Valid,
    },
    issue::{
        detail, place, reader, report, search,
        store::{self, Issue},
    },
    state::AppState,
    task,
    wording::{self, Wording},
};
use actix_web::{
    patch,
    web::{Data, Path},
};
use sea_orm::FromQueryResult;
use shared::{
    change::EventKind,
    draft::Patch,
    ids::IssueId,
    issue::{IssueDetail, IssueState, UpdateIssue, UpdateIssueDraft},
    permission::permit,
    place::PlacePrecision,
    problem::Code,
};

/// Change an issue. How private it is and what it serves are for moderators and coordinators;
/// to whom the reporter is named, for the reporter.
#[utoipa::path(tag = "issues", params(("id" = IssueId, Path)), request_body = UpdateIssueDraft, responses((status = OK, body = IssueDetail)))]
#[patch("/issues/{id}")]
pub(crate) async fn update_issue(
    needs: Needs<permit::Participate>,
    id: Path<IssueId>,
    Valid(update): Valid<UpdateIssueDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<IssueDetail>> {
    let mut tx = app.write(&needs).await?;
    let mut issue = store::lock(&tx, &needs, *id).await?;
    if_match.require(issue.version)?;
    issue.needs_shown()?;
    let triages = reader::triages(&needs, issue.community_id);
    is_allowed(&issue, issue.is_reporter(&needs), triages, &update)?;

    let was_private = issue.private;
    let texts = change_texts(&tx, &mut issue, &update).await?;
    change_place(&tx, &mut issue, &update).await?;
    if let Some(affected) = &update.affected {
        dashboard::watch(&tx, issue.id).await?;
        Sql::with("DELETE FROM issue_affected WHERE issue_id = $1", [issue.id.into()]).run(&*tx).await?;
        for group in affected {
            report::affect(&tx, issue.community_id, issue.id, *group).await?;
        }
    }
    issue.naming = update.naming.unwrap_or(issue.naming);
    issue.private = update.private.unwrap_or(issue.private);
    if let Patch::Value(indicator) = update.indicator {
        task::store::check_indicator(&tx, issue.community_id, indicator).await?;
    }
    issue.indicator_id = update.indicator.apply(issue.indicator_id);
    issue.save(&tx).await?;

    let role = if triages { store::acting_role(&needs, issue.community_id) } else { None };
    let told = |texts| Told { state: Some(issue.state.as_str()), role, texts, ..Told::default() };
    let what = match (was_private, issue.private) {
        (false, true) => EventKind::IssueMadePrivate,
        (true, false) => EventKind::IssueMadePublic,
        _ => EventKind::IssueChanged,
    };
    tx.record(issue.event(what).by(&needs).data(told(texts)));
    detail::answer(tx, &needs, issue.id).await
}

/// 403 for what is not the caller's to change, 409 for a reporter who comes after triage.
fn is_allowed(issue: &Issue, reporter: bool, triages: bool, update: &UpdateIssue) -> Result<()> {
    let for_triage = update.private.is_some() || update.blurred.is_some() || !matches!(update.indicator, Patch::Absent);
    if (for_triage && !triages) || (update.naming.is_some() && !reporter) || !(reporter || triages) {
        return Err(Error::of(Code::Forbidden));
    }
    if !triages && issue.state != IssueState::Reported {
        return Err(Error::conflict(issue.state.as_str()));
    }
    Ok(())
}

/// New texts are new rows; the old ones are erased.
async fn change_texts(tx: &Write<'_>, issue: &mut Issue, update: &UpdateIssue) -> Result<Vec<Wording>> {
    let mut texts = Vec::new();
    let mut old = Vec::new();
    for (new, id) in [(&update.title, &mut issue.title_id), (&update.description, &mut issue.description_id)] {
        if let Some(body) = new {
            let wording = wording::put(tx, issue.community_id, body).await?;
            old.push(std::mem::replace(id, wording.id));
            texts.push(wording);
        }
    }
    if !texts.is_empty() {
        // The row names the new texts before the old ones go, and search is made of what is named.
        search::again(tx, issue).await?;
        wording::erase(tx, &old).await?;
    }
    Ok(texts)
}

#[derive(Debug, FromQueryResult)]
struct Community {
    public_precision: PlacePrecision,
}

/// A new place, a new category or another blur: the public place is computed anew. A category that
/// is private or blurred makes the issue so.
async fn change_place(tx: &Write<'_>, issue: &mut Issue, update: &UpdateIssue) -> Result<()> {
    let before = issue.blurred;
    if let Some(slug) = &update.category {
        let category = report::category(tx, issue.community_id, slug).await?;
        issue.category_id = category.id;
        issue.private |= category.private;
        issue.blurred |= category.blurred;
        if issue.state == IssueState::Reported {
            issue.answer_by = Some(category.answer_by(issue.reported_at));
        }
    }
    issue.blurred = update.blurred.unwrap_or(issue.blurred);
    if update.place.is_none() && issue.blurred == before {
        return Ok(());
    }
    let community: Community =
        Sql::with("SELECT public_precision FROM community WHERE id = $1", [issue.community_id.into()])
            .one(&**tx)
            .await?
            .ok_or_else(|| anyhow::anyhow!("an issue without a community"))?;
    let place = match &update.place {
        Some(place) => place.clone(),
        None => place::reported(tx, issue.place_id).await?,
    };
    let precision = PlacePrecision::public(community.public_precision, issue.blurred);
    (issue.place_id, issue.public_place_id) = place::store(tx, issue.community_id, &place, precision).await?;
    Ok(())
}
