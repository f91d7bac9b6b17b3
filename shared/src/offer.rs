//! Offers: one organisation is to take one task, asked by the community or by itself.

use crate::draft::{Draft, Faults, text};
use crate::fields::optional_day;
use crate::ids::{OfferId, OrganisationId};
use crate::names::{OrganisationLink, TaskLink};
use crate::problem::FieldError;
use crate::time::Timestamp;
use crate::words::words;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// Where an offer stands; all but `open` are final.
    OfferState in "offer_state" {
        Open = "open";
        Accepted = "accepted";
        Declined = "declined";
        /// Answered by an offer of the other side.
        Countered = "countered";
        Withdrawn = "withdrawn";
        Expired = "expired";
        /// Another organisation took the task.
        Superseded = "superseded";
    }

    /// Who made an offer; the other side answers.
    OfferSide in "offer_side" {
        /// The community offers the task to the organisation.
        Community = "community";
        /// The organisation asks for the task.
        Organisation = "organisation";
    }

    /// What a reader may do with an offer; the server says which.
    OfferAction in "offer_action" {
        Accept = "accept";
        Decline = "decline";
        Withdraw = "withdraw";
        /// After it expired.
        Renew = "renew";
    }
}

impl OfferSide {
    /// The side that answers.
    pub const fn other(self) -> OfferSide {
        match self {
            OfferSide::Community => OfferSide::Organisation,
            OfferSide::Organisation => OfferSide::Community,
        }
    }
}

/// How many days there are to answer when the offer does not say.
pub const DAYS_TO_ANSWER: u64 = 14;

/// `POST /tasks/{id}/offers`
///
/// With an organisation it is the community's offer to it; without one, the organisation acted
/// for asks for the task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeOfferDraft {
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The last day to answer, `2026-11-23`; in 14 days when absent.
    #[serde(default)]
    pub answer_by: Option<String>,
    /// A word to the other side.
    #[serde(default)]
    pub note: String,
}

/// An offer to be made. That its last day has not passed is checked where the community's time
/// zone is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeOffer {
    pub organisation: Option<OrganisationId>,
    pub answer_by: Option<NaiveDate>,
    /// At most 1,000 characters, possibly empty.
    pub note: String,
}

impl Draft for MakeOfferDraft {
    type Parsed = MakeOffer;

    fn parse(self) -> Result<MakeOffer, Vec<FieldError>> {
        let mut faults = Faults::new();
        let answer_by = faults.take("answer_by", optional_day(self.answer_by.as_deref()));
        let note = faults.take("note", text(&self.note, 0, 1000));
        let organisation = self.organisation;
        let whole = || Some(MakeOffer { organisation, answer_by: answer_by?, note: note? });
        faults.finish(whole())
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferSummary {
    pub id: OfferId,
    pub task: TaskLink,
    pub organisation: OrganisationLink,
    pub side: OfferSide,
    pub state: OfferState,
    /// The last day to answer, in the community's time zone.
    pub answer_by: NaiveDate,
    pub note: String,
    /// Why it was declined.
    pub reason: Option<String>,
    pub made_at: Timestamp,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// What the reader may do with it now.
    pub actions: Vec<OfferAction>,
    pub version: i64,
}
