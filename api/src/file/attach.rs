//! Files and what they belong to.

use crate::{
    db::{Write, sql},
    file::upload::claim_hash,
    http::error::{Error, Result},
    jobs::{self, Job},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use shared::{
    change::Thing,
    ids::{CommunityId, FileId},
    problem::Fault,
    upload::{FileKind, FileLink, UploadClaim},
};
use std::collections::HashMap;
use uuid::Uuid;

/// What files belong to, and so who may see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    pub kind: Thing,
    pub id: Uuid,
    pub community: CommunityId,
}

/// Makes uploaded files the subject's, in the order given; `only` names the kind that may be there.
/// 422 on `field` for a file that is not there, is not of that kind, whose claim is wrong, or that
/// belongs to something already.
pub async fn claim(
    tx: &Write<'_>,
    claims: &[UploadClaim],
    only: Option<FileKind>,
    subject: Subject,
    field: &str,
) -> Result<Vec<FileId>> {
    let mut claimed = Vec::with_capacity(claims.len());
    for (position, upload) in (0i32..).zip(claims) {
        let found = sql::execute(
            &**tx,
            "UPDATE file SET claimed_at = $1, community_id = $2, subject_kind = $3, subject_id = $4, position = $5 \
             WHERE id = $6 AND claim_hash = $7 AND claimed_at IS NULL AND (kind = $8 OR $9)",
            [
                tx.at().0.into(),
                subject.community.0.into(),
                subject.kind.into(),
                subject.id.into(),
                position.into(),
                upload.id.0.into(),
                claim_hash(&upload.claim).into(),
                only.unwrap_or(FileKind::Photo).into(),
                only.is_none().into(),
            ],
        )
        .await?;
        if found != 1 {
            return Err(Error::field(field, Fault::Unknown));
        }
        claimed.push(upload.id);
    }
    Ok(claimed)
}

/// Hands all files of one subject to another, as when a pending report becomes an issue; tells how many.
pub async fn move_to(tx: &Write<'_>, from: Subject, to: Subject) -> Result<i64> {
    let moved = sql::execute(
        &**tx,
        "UPDATE file SET community_id = $1, subject_kind = $2, subject_id = $3 WHERE subject_kind = $4 AND subject_id = $5",
        [to.community.0.into(), to.kind.into(), to.id.into(), from.kind.into(), from.id.into()],
    )
    .await?;
    Ok(i64::try_from(moved).unwrap_or_default())
}

/// Deletes all files of a subject, as when a pending report has waited too long.
pub async fn release(tx: &Write<'_>, subject: Subject) -> Result<()> {
    delete(tx, "subject_kind = $1 AND subject_id = $2", vec![subject.kind.into(), subject.id.into()]).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Deleted {
    id: FileId,
}

/// Deletes rows, and has a job delete their content; answers how many.
pub(super) async fn delete(tx: &Write<'_>, condition: &str, values: Vec<Value>) -> Result<usize> {
    let deleted: Vec<Deleted> =
        sql::all(&**tx, &format!("DELETE FROM file WHERE {condition} RETURNING id"), values).await?;
    let count = deleted.len();
    if count > 0 {
        jobs::put(tx, Job::DeleteStoredFiles(deleted.into_iter().map(|row| row.id).collect())).await?;
    }
    Ok(count)
}

/// Takes a file from everybody's sight but its community's moderators' and its uploader's; true when
/// it was in sight.
pub async fn hide(tx: &Write<'_>, id: FileId) -> Result<bool> {
    set_hidden(tx, "UPDATE file SET hidden_at = $1 WHERE id = $2 AND hidden_at IS NULL", Some(tx.at().0), id).await
}

/// Gives it back to sight; true when it was hidden.
pub async fn show(tx: &Write<'_>, id: FileId) -> Result<bool> {
    set_hidden(tx, "UPDATE file SET hidden_at = $1 WHERE id = $2 AND hidden_at IS NOT NULL", None, id).await
}

async fn set_hidden(tx: &Write<'_>, statement: &str, hidden_at: Option<i64>, id: FileId) -> Result<bool> {
    Ok(sql::execute(&**tx, statement, [hidden_at.into(), id.0.into()]).await? == 1)
}

#[derive(Debug, FromQueryResult)]
struct LinkRow {
    id: FileId,
    subject_id: Uuid,
    kind: FileKind,
    width: Option<i32>,
    height: Option<i32>,
    bytes: i64,
}

/// The files in sight of several subjects of one kind, each in its order; one statement. Whether
/// the caller may see them at all is for the subject's feature to say.
pub async fn links(
    db: &impl ConnectionTrait,
    kind: Thing,
    subjects: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<FileLink>>> {
    let mut values: Vec<Value> = vec![kind.into()];
    values.extend(subjects.into_iter().map(Value::from));
    if values.len() == 1 {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..=values.len()).map(|place| format!("${place}")).collect();
    let query = format!(
        "SELECT id, subject_id, kind, width, height, bytes FROM file \
         WHERE subject_kind = $1 AND subject_id IN ({}) AND hidden_at IS NULL ORDER BY position, id",
        places.join(", ")
    );
    let rows: Vec<LinkRow> = sql::all(db, &query, values).await?;
    let mut links: HashMap<Uuid, Vec<FileLink>> = HashMap::new();
    for row in rows {
        let pixels = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
        let link = FileLink {
            id: row.id,
            kind: row.kind,
            width: pixels(row.width),
            height: pixels(row.height),
            size: row.bytes,
        };
        links.entry(row.subject_id).or_default().push(link);
    }
    Ok(links)
}
