//! Hiding what was written of a commitment, and showing it again.

use crate::{commitment::store, db::Write, http::error::Result, wording};
use shared::{ids::CommitmentId, time::Timestamp};

/// Takes the words of a commitment, whose issue is locked, out of sight and the commitment out of what is
/// counted, or, with nothing, shows them again.
pub(crate) async fn hide(tx: &Write<'_>, id: CommitmentId, at: Option<Timestamp>) -> Result<()> {
    let mut commitment = store::load(tx, id).await?;
    commitment.save(tx).await?;
    let words = [Some(commitment.words_id), commitment.reason_id, commitment.note_id];
    wording::hide(tx, &words.into_iter().flatten().collect::<Vec<_>>(), at).await
}
