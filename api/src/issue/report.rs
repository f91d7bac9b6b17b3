//! Reporting an issue.

use crate::{
    auth::{
        limits::{self, REPORTS_OF_ACCOUNT},
        needs::Anyone,
    },
    dashboard,
    db::{Sql, Write},
    events::Told,
    http::{
        answer::Answer,
        error::{Error, Result},
        extract::Valid,
    },
    issue::{detail, pending, photos, place, search},
    state::AppState,
    wording,
};
use actix_web::{
    post,
    web::{Data, Path},
};
use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use serde::Serialize;
use shared::{
    change::{EventKind, Thing},
    ids::{AccountId, CategoryId, CommunityId, IssueId, OrganisationId},
    issue::{IssueDetail, IssueState, PendingReport, ReportIssue, ReportIssueDraft},
    names::Slug,
    place::PlacePrecision,
    problem::{Code, Fault},
    time::Timestamp,
};

/// What a report answers: the issue, or that a mail was sent.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Reported {
    Issue(Box<IssueDetail>),
    Pending(PendingReport),
}

/// Reports an issue. Signed in, it is there at once; otherwise a link is mailed, and the report
/// waits until it is followed.
#[utoipa::path(
    tag = "issues",
    params(("slug" = String, Path, description = "The community")),
    request_body = ReportIssueDraft,
    responses(
        (status = CREATED, body = IssueDetail, description = "Of somebody signed in"),
        (status = ACCEPTED, body = PendingReport, description = "Of anybody else, whether the address is known or not"),
    ),
)]
#[post("/communities/{slug}/issues")]
pub(crate) async fn create_issue(
    anyone: Anyone,
    slug: Path<Slug>,
    Valid(report): Valid<ReportIssueDraft>,
    app: Data<AppState>,
) -> Result<Answer<Reported>> {
    let Some(actor) = anyone.actor() else {
        return pending::keep(&app, &anyone, &slug, report).await.map(|answer| answer.map(Reported::Pending));
    };
    let mut tx = app.write(&anyone).await?;
    let community = community(&tx, &slug).await?;
    limits::allow(&tx, &anyone, community.id, &REPORTS_OF_ACCOUNT).await?;
    let reporter = Reporter { account: actor.account_id, organisation: anyone.acting_for() };
    let id = store(&mut tx, &community, &report, reporter).await?;
    let issue = detail::load(&*tx, &anyone, tx.at(), id).await?;
    let (version, touched) = issue.version;
    let location = format!("/api/v1/issues/{id}");
    tx.answer(Answer::created(Reported::Issue(Box::new(issue.body)), location).version(version, touched)).await
}

/// Who reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reporter {
    pub(crate) account: AccountId,
    pub(crate) organisation: Option<OrganisationId>,
}

/// What a community says of its reports.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Community {
    id: CommunityId,
    public_precision: PlacePrecision,
}

/// What a category says of its issues.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Category {
    pub(crate) id: CategoryId,
    answer_days: i32,
    pub(crate) private: bool,
    pub(crate) blurred: bool,
}

impl Category {
    /// By when a report of that moment is to be answered.
    pub(crate) fn answer_by(&self, reported_at: Timestamp) -> Timestamp {
        reported_at + TimeDelta::days(self.answer_days.into())
    }
}

#[derive(Debug, FromQueryResult)]
struct AtOnce {
    at_once: bool,
}

/// Makes the issue of a report, with its number and its event.
pub(crate) async fn store(
    tx: &mut Write<'_>,
    community: &Community,
    report: &ReportIssue,
    by: Reporter,
) -> Result<IssueId> {
    let category = category(tx, community.id, &report.category).await?;
    let at_once = is_at_once(tx, community.id, by.organisation).await?;

    let id = IssueId(tx.id());
    let title = wording::put(tx, community.id, &report.title).await?;
    let description = wording::put(tx, community.id, &report.description).await?;
    let precision = PlacePrecision::public(community.public_precision, category.blurred);
    let (place_id, public_place_id) = place::store(tx, community.id, &report.place, precision).await?;
    let at = tx.at();
    let number = number(tx, community.id).await?;
    Sql::with(
        "INSERT INTO issue (id, community_id, number, state, category_id, title_id, description_id, place_id, public_place_id, reporter_id, \
         reported_for, naming, private, blurred, at_once, listed, was_listed, duplicates, supporters, followers, comments, photos, \
         confirmations, objections, objection_waits, appeal, reported_at, changed_at, answer_by, version, touched) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, 0, 0, 0, 0, 0, 0, 0, (1 = 0), 'none', $17, $18, $19, 1, 0)",
        [
            id.into(),
            community.id.into(),
            number.into(),
            IssueState::Reported.into(),
            category.id.into(),
            title.id.into(),
            description.id.into(),
            place_id.into(),
            public_place_id.into(),
            by.account.into(),
            by.organisation.into(),
            report.naming.into(),
            category.private.into(),
            category.blurred.into(),
            at_once.into(),
            (at_once && !category.private).into(),
            at.into(),
            at.into(),
            category.answer_by(at).into(),
        ],
    )
    .run(&**tx)
    .await?;
    for group in &report.affected {
        affect(tx, community.id, id, *group).await?;
    }
    photos::attach(tx, community.id, id, id.0, &report.photos).await?;
    search::put(tx, community.id, id, &report.title, &report.description).await?;
    let told = Told { state: Some(IssueState::Reported.as_str()), texts: vec![title, description], ..Told::default() };
    let mut event = crate::events::NewEvent::new(EventKind::IssueReported, Thing::Issue, id.0)
        .community(community.id)
        .issue(id)
        .data(told);
    event = event.actor(by.account, by.organisation);
    tx.record(event);
    dashboard::watch_new(tx, id);
    Ok(id)
}

#[derive(Debug, FromQueryResult)]
struct Number {
    last_issue_number: i64,
}

/// The next number of an issue. To be called late: on PostgreSQL, other reports in the community wait
/// from here to the end of the write.
async fn number(tx: &Write<'_>, community: CommunityId) -> Result<i64> {
    let sql =
        "UPDATE community SET last_issue_number = last_issue_number + 1 WHERE id = $1 RETURNING last_issue_number";
    let row: Option<Number> = Sql::with(sql, [community.into()]).one(&**tx).await?;
    row.map(|row| row.last_issue_number).ok_or_else(|| Error::of(Code::NotFound))
}

/// The community of a slug, or 404.
pub(crate) async fn community(tx: &Write<'_>, slug: &Slug) -> Result<Community> {
    Sql::with("SELECT id, public_precision FROM community WHERE slug = $1", [slug.clone().into()])
        .one(&**tx)
        .await?
        .ok_or_else(|| Error::of(Code::NotFound))
}

/// A category that can be chosen in the community, or 422.
pub(crate) async fn category(tx: &Write<'_>, community: CommunityId, slug: &Slug) -> Result<Category> {
    Sql::with(
        "SELECT id, answer_days, private, blurred FROM category WHERE community_id = $1 AND slug = $2 AND archived_at IS NULL",
        [community.into(), slug.clone().into()],
    )
    .one(&**tx)
    .await?
    .ok_or_else(|| Error::field("category", Fault::Unknown))
}

/// Notes one group that an issue concerns.
pub(crate) async fn affect(
    tx: &Write<'_>,
    community: CommunityId,
    issue: IssueId,
    group: shared::issue::AffectedGroup,
) -> Result<()> {
    Sql::with(
        "INSERT INTO issue_affected (issue_id, affected, community_id) VALUES ($1, $2, $3)",
        [issue.into(), group.into(), community.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}

/// Whether what is written there is public before triage: where the community says so for texts,
/// and of organisations it has verified.
pub(crate) async fn is_at_once(
    tx: &Write<'_>,
    community: CommunityId,
    organisation: Option<OrganisationId>,
) -> Result<bool> {
    let row: Option<AtOnce> = Sql::with(
        "SELECT reports_public_at_once OR EXISTS (SELECT 1 FROM organisation_area WHERE community_id = community.id \
         AND organisation_id = $1 AND verification = 'verified') AS at_once FROM community WHERE id = $2",
        [organisation.into(), community.into()],
    )
    .one(&**tx)
    .await?;
    Ok(row.is_some_and(|row| row.at_once))
}
