//! Photos of reports, claims and objections. All lie under the id of what they came with.

use crate::{
    auth::session::Caller,
    db::{Sql, Write},
    file,
    http::error::Result,
    issue::{list, reader, story::Story},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    change::Thing,
    ids::{CommunityId, FileId, IssueId},
    upload::{FileKind, FileLink, UploadClaim},
};
use uuid::Uuid;

/// Attaches uploaded photos to an issue, or to a claim or an objection of it.
pub(crate) async fn attach(
    tx: &Write<'_>,
    community: CommunityId,
    issue: IssueId,
    subject: Uuid,
    claims: &[UploadClaim],
) -> Result<()> {
    if claims.is_empty() {
        return Ok(());
    }
    let subject = file::Subject { kind: Thing::Issue, id: subject, community };
    let files = file::claim(tx, claims, Some(FileKind::Photo), subject, "photos").await?;
    count(tx, issue, i64::try_from(files.len()).unwrap_or_default()).await
}

/// Notes that the issue has so many photos more.
pub(crate) async fn count(tx: &Write<'_>, issue: IssueId, more: i64) -> Result<()> {
    Sql::with(
        "UPDATE issue SET photos = photos + $1, touched = touched + 1 WHERE id = $2",
        [more.into(), issue.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}

/// Notes that the issue has so many photos more, where the file is one: what shows that a task is
/// done lies with the task.
pub(crate) async fn count_of(tx: &Write<'_>, issue: IssueId, file: FileId, more: i64) -> Result<()> {
    Sql::with(
        "UPDATE issue SET photos = photos + $1 * (SELECT count(*) FROM file WHERE file.id = $2 AND subject_kind = 'issue'), \
         touched = touched + 1 WHERE id = $3",
        [more.into(), file.into(), issue.into()],
    )
    .run(&**tx)
    .await?;
    Ok(())
}

/// The photos that a reader who may see them sees.
#[derive(Debug, Default)]
pub(crate) struct Photos {
    pub(crate) issue: Vec<FileLink>,
    pub(crate) claim: Vec<FileLink>,
    pub(crate) objection: Vec<FileLink>,
}

/// The photos of an issue, of the claim that stands and of the latest objection.
pub(crate) async fn of(db: &impl ConnectionTrait, issue: IssueId, story: &Story) -> Result<Photos> {
    let subjects = [Some(issue.0), story.claim_id, story.objection_id].into_iter().flatten();
    let mut links = file::links(db, Thing::Issue, subjects).await?;
    let mut of = |subject: Option<Uuid>| subject.and_then(|subject| links.remove(&subject)).unwrap_or_default();
    Ok(Photos { issue: of(Some(issue.0)), claim: of(story.claim_id), objection: of(story.objection_id) })
}

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "that there is a row says it all")]
    id: IssueId,
}

/// Whether the caller may see the photos of an issue, a claim or an objection. Those of an objection
/// were looked at by nobody: they are for who works on the issue.
pub(crate) async fn shows(db: &impl ConnectionTrait, caller: &Caller, subject: Uuid) -> Result<bool> {
    let mut sql = Sql::new("SELECT issue.id FROM issue WHERE ((issue.id IN (");
    sql.bind(subject).push(", (SELECT issue_id FROM claim WHERE claim.id = ").bind(subject).push(")) AND ");
    list::push_photos_shown(&mut sql, caller);
    sql.push(") OR (issue.id = (SELECT issue_id FROM appeal WHERE appeal.id = ").bind(subject).push(") AND ");
    reader::push_works(&mut sql, caller);
    sql.push(")) AND ");
    reader::push_visible(&mut sql, caller);
    let found: Option<Found> = sql.one(db).await?;
    Ok(found.is_some())
}
