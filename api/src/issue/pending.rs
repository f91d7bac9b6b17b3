//! Reports by e-mail: they wait until the link mailed to the address is followed.

use crate::{
    auth::{link::NewLink, needs::Anyone},
    community,
    db::{Sql, Write},
    file,
    http::{
        answer::Answer,
        error::{Error, Result},
    },
    issue::{arrive, report},
    mail::{self, Mail},
    state::AppState,
};
use anyhow::Context;
use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use shared::{
    account::Email,
    change::Thing,
    draft::Draft,
    ids::CommunityId,
    issue::{PendingReport, ReportIssue, ReportIssueDraft},
    mailed_link::LinkPurpose,
    names::{Names, Slug},
    problem::{Code, Fault},
    text::{Key, Lang},
    time::Timestamp,
    upload::FileKind,
};
use uuid::Uuid;

/// When it is deleted, unless the link is followed.
const LIFE: TimeDelta = TimeDelta::days(7);
/// When its author is reminded, once.
const REMINDER: TimeDelta = TimeDelta::hours(20);

/// Keeps a report until its author follows the link; the same for known and unknown addresses.
pub(crate) async fn keep(
    app: &AppState,
    anyone: &Anyone,
    slug: &Slug,
    report: ReportIssue,
) -> Result<Answer<PendingReport>> {
    let email = report.email.clone().ok_or_else(|| Error::field("email", Fault::Required))?;
    if report.by_program {
        app.bursts.check(anyone)?;
        return Ok(Answer::accepted(PendingReport { expires_at: app.clock.now() + LIFE }));
    }
    arrive::spend(app, anyone, &email).await?;
    let tx = app.write(anyone).await?;
    let community = community::of_slug(&*tx, slug).await?;
    report::category(&tx, community, &report.category).await?;
    let id = tx.id();
    let lang = report.language.unwrap_or_else(|| anyone.lang());
    let expires_at = tx.at() + LIFE;
    file::claim(&tx, &report.photos, Some(FileKind::Photo), subject(id, community), "photos").await?;
    let draft = ReportIssueDraft {
        title: report.title,
        description: report.description,
        category: report.category.to_string(),
        place: report.place,
        photos: Vec::new(),
        affected: report.affected,
        naming: Some(report.naming),
        email: None,
        language: None,
        homepage: String::new(),
    };
    Sql::with(
        "INSERT INTO pending_report (id, community_id, email, language, report, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            id.into(),
            community.into(),
            email.clone().into(),
            lang.tag().into(),
            serde_json::to_string(&draft).context("write a report as JSON")?.into(),
            tx.at().into(),
            expires_at.into(),
        ],
    )
    .run(&*tx)
    .await?;
    write_to(&tx, id, false).await?;
    tx.answer(Answer::accepted(PendingReport { expires_at })).await
}

fn subject(id: Uuid, community: CommunityId) -> file::Subject {
    file::Subject { kind: Thing::Issue, id, community }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    email: Email,
    language: String,
    report: String,
    name_uk: String,
    name_en: Option<String>,
}

/// Mails the link, or mails it once more.
async fn write_to(tx: &Write<'_>, id: Uuid, again: bool) -> Result<()> {
    let row: Row = Sql::with(
        "SELECT email, language, report, name_uk, name_en FROM pending_report JOIN community ON community.id = community_id WHERE pending_report.id = $1",
        [id.into()],
    )
    .one(&**tx)
    .await?
    .context("find the report")?;
    let draft: ReportIssueDraft = serde_json::from_str(&row.report).context("read a report")?;
    let lang = Lang::of_tag(&row.language).unwrap_or_default();
    let link = NewLink::new(LinkPurpose::ConfirmReport, &row.email).subject(id).make(tx).await?;
    let name = Names { uk: row.name_uk, en: row.name_en };
    let arguments = [("title", draft.title.as_str()), ("community", name.get(lang))];
    let mail = if again {
        Mail::new(Key::MailIssuePendingAgainSubject, Key::MailIssuePendingAgainBody, &arguments)
            .button(Key::MailIssuePendingAgainButton, link)
    } else {
        Mail::new(Key::MailIssuePendingSubject, Key::MailIssuePendingBody, &arguments)
            .button(Key::MailIssuePendingButton, link)
    };
    mail::put(tx, row.email.as_str(), lang, &mail).await
}

/// A report that was waiting, and where its photos lie.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) slug: Slug,
    pub(crate) report: ReportIssue,
    pub(crate) photos: file::Subject,
}

#[derive(Debug, FromQueryResult)]
struct TakenRow {
    community_id: CommunityId,
    report: String,
}

#[derive(Debug, FromQueryResult)]
struct SlugRow {
    slug: Slug,
}

/// Takes a report out of the waiting ones; 410 when it is not there any more.
pub(crate) async fn take(tx: &Write<'_>, id: Option<Uuid>) -> Result<Taken> {
    let id = id.context("a report's link names no report")?;
    let row: TakenRow =
        Sql::with("DELETE FROM pending_report WHERE id = $1 RETURNING community_id, report", [id.into()])
            .one(&**tx)
            .await?
            .ok_or_else(|| Error::of(Code::LinkExpired))?;
    let community: SlugRow = Sql::with("SELECT slug FROM community WHERE id = $1", [row.community_id.into()])
        .one(&**tx)
        .await?
        .context("find the community")?;
    let draft: ReportIssueDraft = serde_json::from_str(&row.report).context("read a report")?;
    Ok(Taken { slug: community.slug, report: draft.parse()?, photos: subject(id, row.community_id) })
}

#[derive(Debug, FromQueryResult)]
struct Due {
    id: Uuid,
    community_id: CommunityId,
}

/// Reminds authors after 20 hours and deletes what has waited for seven days, at most `most` of each.
pub(crate) async fn sweep(app: &AppState, now: Timestamp, most: i64) -> Result<()> {
    let tx = app.write_as_system().await?;
    let expired = Sql::with(
        "DELETE FROM pending_report WHERE id IN (SELECT id FROM pending_report WHERE expires_at <= $1 LIMIT $2) RETURNING id, community_id",
        [now.into(), most.into()],
    );
    for Due { id, community_id } in expired.all(&*tx).await? {
        file::release(&tx, subject(id, community_id)).await?;
    }
    let forgotten = Sql::with(
        "UPDATE pending_report SET reminded_at = $1 WHERE id IN \
         (SELECT id FROM pending_report WHERE reminded_at IS NULL AND created_at <= $2 LIMIT $3) RETURNING id, community_id",
        [now.into(), (now - REMINDER).into(), most.into()],
    );
    for Due { id, .. } in forgotten.all(&*tx).await? {
        write_to(&tx, id, true).await?;
    }
    tx.commit().await
}
