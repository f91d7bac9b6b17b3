//! The inbox: what needs me, and nothing else.

use crate::body::query;
use crate::commitment::CommitmentSummary;
use crate::issue::IssueSummary;
use crate::names::{CommunityLink, OrganisationLink};
use crate::offer::OfferSummary;
use crate::page::{Cursor, Several};
use crate::task::TaskSummary;
use crate::time::Timestamp;
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// Why something is in the inbox, the most pressing first.
    InboxReason in "inbox_reason" {
        /// An objection is to be decided.
        Objection = "objection";
        /// An appeal is to be decided.
        Appeal = "appeal";
        /// A report was not triaged within its days.
        Unanswered = "unanswered";
        /// Is it really fixed?
        ConfirmIssue = "confirm_issue";
        /// An offer waits for our answer.
        AnswerOffer = "answer_offer";
        /// Work that is done waits to be verified.
        VerifyTask = "verify_task";
        /// A task of mine or of my organisation.
        MyTask = "my_task";
        /// A report waits for triage.
        Triage = "triage";
        /// A commitment waits for our answer.
        AnswerCommitment = "answer_commitment";
        /// A delivery waits to be confirmed.
        ConfirmDelivery = "confirm_delivery";
        /// Something was flagged.
        Flag = "flag";
        /// An organisation waits to be verified.
        VerifyOrganisation = "verify_organisation";
    }
}

query! {
    /// `GET /inbox`, the most pressing first.
    ListInbox {
        reason: Several<InboxReason>,
    }
}

/// A page of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxPage {
    pub items: Vec<InboxItem>,
    pub next: Option<Cursor>,
    /// How many there are for each reason; reasons without any are left out.
    pub counts: Vec<InboxCount>,
}

/// How many things there are for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCount {
    pub reason: InboxReason,
    pub count: i64,
}

/// One thing that needs me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxItem {
    pub reason: InboxReason,
    pub community: Option<CommunityLink>,
    /// My organisation that it concerns; null when it concerns me or my role.
    pub acting_for: Option<OrganisationLink>,
    pub since: Timestamp,
    /// By when; null where there is no term.
    pub due: Option<Timestamp>,
    pub subject: InboxSubject,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "SubjectTold")]
pub enum InboxSubject {
    Issue { issue: Box<IssueSummary> },
    Task { task: Box<TaskSummary> },
    Offer { offer: Box<OfferSummary> },
    Commitment { commitment: Box<CommitmentSummary> },
    Flag { flag: crate::issue::Flag, issue: Box<IssueSummary> },
    Organisation { organisation: OrganisationLink },
}

/// What the kinds of [`InboxSubject`] tell, side by side: see [`Who`](crate::names::Who).
#[derive(Deserialize)]
struct SubjectTold {
    kind: String,
    issue: Option<Box<IssueSummary>>,
    task: Option<Box<TaskSummary>>,
    offer: Option<Box<OfferSummary>>,
    commitment: Option<Box<CommitmentSummary>>,
    flag: Option<crate::issue::Flag>,
    organisation: Option<OrganisationLink>,
}

impl TryFrom<SubjectTold> for InboxSubject {
    type Error = &'static str;

    fn try_from(told: SubjectTold) -> Result<Self, Self::Error> {
        let SubjectTold { kind, issue, task, offer, commitment, flag, organisation } = told;
        let subject = match kind.as_str() {
            "issue" => issue.map(|issue| InboxSubject::Issue { issue }),
            "task" => task.map(|task| InboxSubject::Task { task }),
            "offer" => offer.map(|offer| InboxSubject::Offer { offer }),
            "commitment" => commitment.map(|commitment| InboxSubject::Commitment { commitment }),
            "flag" => flag.zip(issue).map(|(flag, issue)| InboxSubject::Flag { flag, issue }),
            "organisation" => organisation.map(|organisation| InboxSubject::Organisation { organisation }),
            _ => None,
        };
        subject.ok_or("a subject of no known kind")
    }
}
