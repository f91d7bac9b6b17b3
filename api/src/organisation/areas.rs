//! The communities an organisation serves.

use crate::{
    db::{Write, sql},
    http::error::{Error, Result},
};
use sea_orm::FromQueryResult;
use shared::{
    ids::{CommunityId, OrganisationId},
    organisation::Verification,
    problem::{Fault, FieldError},
};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Row {
    community_id: CommunityId,
    verification: Verification,
}

/// Makes these its communities: new ones begin unverified, the others stay as they are regarded.
/// One that has suspended it remains, since leaving and returning would undo that.
///
/// 422 where there is no such community.
pub(super) async fn set(tx: &Write<'_>, organisation: OrganisationId, areas: &[CommunityId]) -> Result<()> {
    let present: Vec<Row> = sql::all(
        &**tx,
        "SELECT community_id, verification FROM organisation_area WHERE organisation_id = $1",
        [organisation.0.into()],
    )
    .await?;
    let mut present: HashMap<CommunityId, Verification> =
        present.into_iter().map(|row| (row.community_id, row.verification)).collect();
    let mut faults = Vec::new();
    for (place, &community) in areas.iter().enumerate() {
        if present.remove(&community).is_none() && !add(tx, organisation, community).await? {
            faults.push(FieldError::new(format!("areas.{place}"), Fault::Unknown));
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    for community in
        present.into_iter().filter(|(_, regard)| *regard != Verification::Suspended).map(|(community, _)| community)
    {
        sql::execute(
            &**tx,
            "DELETE FROM organisation_area WHERE community_id = $1 AND organisation_id = $2",
            [community.0.into(), organisation.0.into()],
        )
        .await?;
    }
    Ok(())
}

/// Lets every community that has verified it look at it anew; names them.
pub(super) async fn unverify(tx: &Write<'_>, organisation: OrganisationId) -> Result<Vec<CommunityId>> {
    let rows: Vec<Row> = sql::all(
        &**tx,
        "UPDATE organisation_area SET verification = $1, updated_at = $2 WHERE organisation_id = $3 AND verification = $4 \
         RETURNING community_id, verification",
        [
            Verification::Unverified.as_str().into(),
            tx.at().0.into(),
            organisation.0.into(),
            Verification::Verified.as_str().into(),
        ],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.community_id).collect())
}

/// 422 where it is called like an organisation that is verified in one of its communities: nobody is
/// to pass for the council.
pub(super) async fn keep_names_apart(tx: &Write<'_>, organisation: OrganisationId) -> Result<()> {
    let namesake: Option<Row> = sql::one(
        &**tx,
        "SELECT theirs.community_id, theirs.verification FROM organisation_area mine \
         JOIN organisation_area theirs ON theirs.community_id = mine.community_id AND theirs.verification = 'verified' \
         JOIN organisation other ON other.id = theirs.organisation_id \
         JOIN organisation this ON this.id = mine.organisation_id \
         WHERE mine.organisation_id = $1 AND other.id <> this.id AND other.sort_key = this.sort_key LIMIT 1",
        [organisation.0.into()],
    )
    .await?;
    if namesake.is_some() { Err(Error::field("name", Fault::Taken)) } else { Ok(()) }
}

/// Whether there is such a community.
async fn add(tx: &Write<'_>, organisation: OrganisationId, community: CommunityId) -> Result<bool> {
    // Naming a community twice is no fault.
    let added = sql::execute(
        &**tx,
        "INSERT INTO organisation_area (community_id, organisation_id, verification, updated_at) SELECT id, $2, $3, $4 FROM community WHERE id = $1 \
         ON CONFLICT (community_id, organisation_id) DO UPDATE SET updated_at = excluded.updated_at",
        [community.0.into(), organisation.0.into(), Verification::Unverified.as_str().into(), tx.at().0.into()],
    )
    .await?;
    Ok(added == 1)
}
