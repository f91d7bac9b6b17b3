//! Photos and documents that show a delivery.

use crate::{
    auth::session::Caller,
    commitment::{store::Commitment, view},
    db::Write,
    file,
    http::error::{Error, Result},
};
use sea_orm::ConnectionTrait;
use shared::{change::Thing, ids::CommitmentId, problem::Code, upload::UploadClaim};
use uuid::Uuid;

/// Makes uploaded files the evidence of a delivery.
pub(super) async fn attach(tx: &Write<'_>, commitment: &Commitment, claims: &[UploadClaim]) -> Result<()> {
    let subject = file::Subject { kind: Thing::Commitment, id: commitment.id.0, community: commitment.community_id };
    file::claim(tx, claims, None, subject, "evidence").await?;
    Ok(())
}

/// Whether the caller may see the evidence of a commitment.
pub(crate) async fn shows(db: &impl ConnectionTrait, caller: &Caller, subject: Uuid) -> Result<bool> {
    match view::one_row(db, caller, CommitmentId(subject)).await {
        // Browsers fetch pictures without saying for whom one acts.
        Ok(row) => Ok([caller.acting_for(), row.receiving_holder(), None]
            .into_iter()
            .any(|acting_for| row.shows_evidence(caller, acting_for))),
        Err(error) if error.code() == Code::NotFound => Ok(false),
        Err(error) => Err::<bool, Error>(error),
    }
}
