//! The bodies of an issue's transitions.

use super::{DeclineReason, MOST_PHOTOS};
use crate::account::Email;
use crate::draft::{Draft, Faults, text};
use crate::fields::{at_most, required};
use crate::ids::IssueId;
use crate::problem::{Fault, FieldError};
use crate::upload::UploadClaim;
use serde::{Deserialize, Serialize};

/// `POST /issues/{id}/decline`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclineIssueDraft {
    #[cfg_attr(feature = "openapi", schema(value_type = DeclineReason))]
    pub reason: Option<DeclineReason>,
    /// Why, for the reporter and the public.
    pub words: String,
}

/// A report to be declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineIssue {
    pub reason: DeclineReason,
    /// 1 to 1,000 characters.
    pub words: String,
}

impl Draft for DeclineIssueDraft {
    type Parsed = DeclineIssue;

    fn parse(self) -> Result<DeclineIssue, Vec<FieldError>> {
        let mut faults = Faults::new();
        let reason = faults.take("reason", required(self.reason));
        let words = faults.take("words", text(&self.words, 1, 1000));
        let whole = || Some(DeclineIssue { reason: reason?, words: words? });
        faults.finish(whole())
    }
}

/// `POST /issues/{id}/resolve`: the claim that it is solved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolveIssueDraft {
    /// What was done.
    pub statement: String,
    #[serde(default)]
    pub photos: Vec<UploadClaim>,
}

/// A claim that an issue is solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveIssue {
    /// 1 to 2,000 characters.
    pub statement: String,
    pub photos: Vec<UploadClaim>,
}

impl Draft for ResolveIssueDraft {
    type Parsed = ResolveIssue;

    fn parse(self) -> Result<ResolveIssue, Vec<FieldError>> {
        let mut faults = Faults::new();
        let statement = faults.take("statement", text(&self.statement, 1, 2000));
        let photos = faults.take("photos", at_most(self.photos, MOST_PHOTOS));
        let whole = || Some(ResolveIssue { statement: statement?, photos: photos? });
        faults.finish(whole())
    }
}

/// `POST /issues/{id}/object`: it is not solved; in words, with a photo, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ObjectToIssueDraft {
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub photos: Vec<UploadClaim>,
}

/// An objection; its words or its photos are not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectToIssue {
    /// At most 2,000 characters.
    pub words: String,
    pub photos: Vec<UploadClaim>,
}

impl Draft for ObjectToIssueDraft {
    type Parsed = ObjectToIssue;

    fn parse(self) -> Result<ObjectToIssue, Vec<FieldError>> {
        let mut faults = Faults::new();
        let words = faults.take("words", text(&self.words, 0, 2000));
        let photos = faults.take("photos", at_most(self.photos, MOST_PHOTOS));
        let whole = words.zip(photos).map(|(words, photos)| ObjectToIssue { words, photos });
        if whole.as_ref().is_some_and(|objection| objection.words.is_empty() && objection.photos.is_empty()) {
            faults.push(FieldError::new("words", Fault::Required));
        }
        faults.finish(whole)
    }
}

/// `POST /issues/{id}/duplicate`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkDuplicateDraft {
    /// The issue that stays.
    #[cfg_attr(feature = "openapi", schema(value_type = IssueId))]
    pub of: Option<IssueId>,
}

/// An issue that is the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkDuplicate {
    pub of: IssueId,
}

impl Draft for MarkDuplicateDraft {
    type Parsed = MarkDuplicate;

    fn parse(self) -> Result<MarkDuplicate, Vec<FieldError>> {
        let mut faults = Faults::new();
        let of = faults.take("of", required(self.of));
        faults.finish(of.map(|of| MarkDuplicate { of }))
    }
}

/// `POST /issues/{id}/{support,follow}`: whoever is not signed in says where to mail the link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SupportDraft {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Support or a wish to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    pub email: Option<Email>,
}

impl Draft for SupportDraft {
    type Parsed = Support;

    fn parse(self) -> Result<Support, Vec<FieldError>> {
        let mut faults = Faults::new();
        let email = faults.take("email", self.email.as_deref().map(Email::parse).transpose());
        faults.finish(email.map(|email| Support { email }))
    }
}
