//! Flags on unfit content, and hiding it.

use crate::draft::{Draft, Faults, text};
use crate::fields::required;
use crate::ids::{FlagId, IssueId};
use crate::problem::FieldError;
use crate::time::Timestamp;
use crate::words::words;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

words! {
    /// What can be flagged and hidden.
    Flaggable in "flaggable" {
        Issue = "issue";
        Comment = "comment";
        File = "file";
        Task = "task";
        /// Its words; what is given stays to be seen.
        Commitment = "commitment";
    }

    /// Why content is unfit.
    FlagReason in "flag_reason" {
        /// Military, air defence, checkpoints, strike sites.
        Sensitive = "sensitive";
        /// Faces, children, number plates, addresses.
        PersonalData = "personal_data";
        /// It accuses a named private person.
        AccusesPerson = "accuses_person";
        Insult = "insult";
        Spam = "spam";
        Unlawful = "unlawful";
        Other = "other";
    }
}

/// `POST /flags`, and what hides: `POST /{issues,comments,files,tasks,commitments}/{id}/hide` names no thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FlagDraft {
    #[cfg_attr(feature = "openapi", schema(value_type = Flaggable))]
    pub thing: Option<Flaggable>,
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: Option<Uuid>,
    #[cfg_attr(feature = "openapi", schema(value_type = FlagReason))]
    pub reason: Option<FlagReason>,
    #[serde(default)]
    pub words: String,
}

/// Content to be looked at by a moderator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaiseFlag {
    pub thing: Flaggable,
    pub id: Uuid,
    pub reason: FlagReason,
    /// At most 1,000 characters, possibly empty.
    pub words: String,
}

impl Draft for FlagDraft {
    type Parsed = RaiseFlag;

    fn parse(self) -> Result<RaiseFlag, Vec<FieldError>> {
        let mut faults = Faults::new();
        let thing = faults.take("thing", required(self.thing));
        let id = faults.take("id", required(self.id));
        let reason = faults.take("reason", required(self.reason));
        let words = faults.take("words", text(&self.words, 0, 1000));
        let whole = || Some(RaiseFlag { thing: thing?, id: id?, reason: reason?, words: words? });
        faults.finish(whole())
    }
}

/// `POST /{issues,comments,files,tasks,commitments}/{id}/hide`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HideDraft {
    #[cfg_attr(feature = "openapi", schema(value_type = FlagReason))]
    pub reason: Option<FlagReason>,
    /// Why, for the author.
    pub words: String,
}

/// Content to be hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hide {
    pub reason: FlagReason,
    /// 1 to 1,000 characters.
    pub words: String,
}

impl Draft for HideDraft {
    type Parsed = Hide;

    fn parse(self) -> Result<Hide, Vec<FieldError>> {
        let mut faults = Faults::new();
        let reason = faults.take("reason", required(self.reason));
        let words = faults.take("words", text(&self.words, 1, 1000));
        let whole = || Some(Hide { reason: reason?, words: words? });
        faults.finish(whole())
    }
}

/// A flag as moderators see it; who raised it is not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flag {
    pub id: FlagId,
    pub thing: Flaggable,
    pub thing_id: Uuid,
    /// The issue it is, or belongs to.
    pub issue: IssueId,
    pub reason: FlagReason,
    pub words: String,
    pub raised_at: Timestamp,
}
