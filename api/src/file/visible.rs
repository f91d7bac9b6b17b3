//! Who may see a file.

use crate::{auth::session::Caller, commitment, http::error::Result, issue, state::AppState, task};
use sea_orm::FromQueryResult;
use shared::{
    change::Thing,
    ids::{AccountId, CommunityId, FileId},
    permission::Permission,
    time::Timestamp,
};
use uuid::Uuid;

/// What a file belongs to.
#[derive(Debug, FromQueryResult)]
pub(super) struct Belongs {
    owner_id: Option<AccountId>,
    community_id: Option<CommunityId>,
    subject_kind: Option<Thing>,
    subject_id: Option<Uuid>,
    hidden_at: Option<Timestamp>,
}

/// Whoever uploaded it and the moderators of its community, always; others while it is not hidden
/// and what it belongs to shows it to them. A file that belongs to nothing yet is its uploader's.
pub(super) async fn may_see(app: &AppState, caller: &Caller, file: FileId, belongs: &Belongs) -> Result<bool> {
    if let Some(actor) = caller.actor() {
        let moderates = belongs.community_id.is_some_and(|community| actor.may_in(Permission::HideContent, community));
        if moderates || belongs.owner_id == Some(actor.account_id) {
            return Ok(true);
        }
    }
    match (belongs.subject_kind, belongs.subject_id) {
        (Some(kind), Some(subject)) if belongs.hidden_at.is_none() => shows(app, caller, file, kind, subject).await,
        _ => Ok(false),
    }
}

/// Whether the subject shows its files to the caller: asked of the feature that the subject is of.
async fn shows(app: &AppState, caller: &Caller, _file: FileId, kind: Thing, subject: Uuid) -> Result<bool> {
    match kind {
        Thing::Issue => issue::shows_photos(app.db.read(), caller, subject).await,
        Thing::Task => task::shows_files(app.db.read(), caller, subject).await,
        Thing::Commitment => commitment::shows_evidence(app.db.read(), caller, subject).await,
        // What is measured is public, and so is its evidence.
        Thing::Measurement => Ok(true),
        _ => Ok(false),
    }
}
