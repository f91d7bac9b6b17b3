//! Issues as they are read.

use super::{AffectedGroup, ConfirmedBy, DeclineReason, IssueAction, IssueState, Naming};
use crate::change::EventKind;
use crate::commitment::CommitmentSummary;
use crate::ids::{FileId, IssueId};
use crate::names::{
    ActingRole, CategoryLink, CommunityLink, IndicatorLink, IssueLink, OrganisationLink, TaskLink, Who,
};
use crate::organisation::Sector;
use crate::place::ShownPlace;
use crate::task::TaskSummary;
use crate::text::{Key, Lang};
use crate::time::Timestamp;
use crate::upload::FileLink;
use crate::words::Word;
use serde::{Deserialize, Serialize};

/// An issue in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueSummary {
    pub id: IssueId,
    /// Its short number in its community.
    pub number: i64,
    pub title: String,
    pub state: IssueState,
    pub category: CategoryLink,
    pub place: ShownPlace,
    /// The first photo, where it may be seen.
    pub photo: Option<FileId>,
    /// The sectors with a task of it accepted or further.
    pub sectors: Vec<Sector>,
    pub supporters: i64,
    pub comments: i64,
    pub private: bool,
    pub hidden: bool,
    pub reported_at: Timestamp,
    pub changed_at: Timestamp,
    /// By when a report is to be triaged; null once it is.
    pub answer_by: Option<Timestamp>,
}

/// An issue with its whole story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueDetail {
    pub id: IssueId,
    pub number: i64,
    pub community: CommunityLink,
    pub title: String,
    /// Plain text, possibly empty.
    pub description: String,
    pub state: IssueState,
    pub category: CategoryLink,
    pub place: ShownPlace,
    pub photos: Vec<FileLink>,
    /// Without the groups that the reader sees only in sums.
    pub affected: Vec<AffectedGroup>,
    pub reporter: Who,
    /// Of the reporter and those who may know the name; else null.
    pub naming: Option<Naming>,
    pub private: bool,
    pub blurred: bool,
    pub hidden: Option<Hiding>,
    pub supporters: i64,
    pub followers: i64,
    pub comments: i64,
    pub declined: Option<Declined>,
    pub claim: Option<Claim>,
    /// The latest objection and what became of it.
    pub objection: Option<Objection>,
    pub duplicate_of: Option<IssueLink>,
    pub duplicates: Vec<IssueLink>,
    pub tasks: Vec<TaskSummary>,
    pub commitments: Vec<CommitmentSummary>,
    /// The indicator it is meant to move.
    pub indicator: Option<IndicatorLink>,
    pub reported_at: Timestamp,
    pub changed_at: Timestamp,
    pub answer_by: Option<Timestamp>,
    /// What the reader is to it.
    pub mine: SupportState,
    /// What the reader may do with it now.
    pub actions: Vec<IssueAction>,
    pub version: i64,
}

/// What a reader is to an issue; also what support and follow answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportState {
    pub reported: bool,
    pub supports: bool,
    pub follows: bool,
    pub supporters: i64,
    pub followers: i64,
}

/// That an issue was declined, why, and the appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Declined {
    pub at: Timestamp,
    pub reason: DeclineReason,
    /// Null where it was hidden.
    pub words: Option<String>,
    pub appeal: Option<Appeal>,
}

/// An appeal and its decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appeal {
    pub at: Timestamp,
    pub words: Option<String>,
    pub decision: Option<DecisionMade>,
}

/// What was decided about an appeal or an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionMade {
    pub at: Timestamp,
    pub who: Who,
    /// Whether the one who appealed or objected is right.
    pub upheld: bool,
    pub reason: Option<String>,
}

/// The claim that an issue is solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    pub at: Timestamp,
    pub who: Who,
    /// Null where it was hidden.
    pub statement: Option<String>,
    pub photos: Vec<FileLink>,
    /// How many supporters said yes so far.
    pub confirmations: i64,
    pub confirmed_by: Option<ConfirmedBy>,
    pub confirmed_at: Option<Timestamp>,
    /// When silence confirms it, or when it can no longer be objected to.
    pub objections_until: Timestamp,
}

/// That somebody says it is not solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Objection {
    pub at: Timestamp,
    pub words: Option<String>,
    pub photos: Vec<FileLink>,
    /// By when somebody has to decide; null where the objection re-opened at once.
    pub decide_by: Option<Timestamp>,
    pub decision: Option<DecisionMade>,
}

/// That something was hidden and why, for those who may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hiding {
    pub at: Timestamp,
    pub reason: super::FlagReason,
    pub words: Option<String>,
    pub appeal: Option<Appeal>,
}

/// One thing that happened to an issue or to what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    pub at: Timestamp,
    pub who: Who,
    pub what: EventKind,
    /// The state of the thing after it.
    pub state: Option<String>,
    pub task: Option<TaskLink>,
    /// Whom it concerned: the organisation an offer was made to, for one.
    pub organisation: Option<OrganisationLink>,
    /// The reason or statement given; null where there was none, or it was hidden.
    pub words: Option<String>,
}

impl HistoryEntry {
    /// What happened, as it has to be said of those who did it: an offer of an organisation's own asks for
    /// the task, and what comes about because nobody answered was confirmed by nobody.
    pub fn text(&self, lang: Lang) -> &'static str {
        let by_time = self.who == Who::Role { role: ActingRole::System };
        let key = match self.what {
            EventKind::OfferMade if self.is_own() => Key::IssueStoryAsked,
            EventKind::OfferSuperseded => Key::IssueStoryClosed,
            EventKind::TaskVerified if by_time => Key::IssueStoryUnverified,
            EventKind::CommitmentConfirmed if by_time => Key::IssueStoryUnconfirmed,
            EventKind::IssueConfirmed if by_time => Key::IssueStoryUnopposed,
            what => return what.text(lang),
        };
        key.get(lang)
    }

    /// Whether the organisation it concerned did it itself.
    pub fn is_own(&self) -> bool {
        matches!(&self.who, Who::Organisation { organisation } if Some(organisation) == self.organisation.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::Sector;
    use serde_json::json;

    fn entry(what: EventKind, who: &Who, organisation: Option<&OrganisationLink>) -> HistoryEntry {
        let at = Timestamp(0);
        HistoryEntry {
            at,
            who: who.clone(),
            what,
            state: None,
            task: None,
            organisation: organisation.cloned(),
            words: None,
        }
    }

    #[test]
    fn an_offer_of_an_organisation_s_own_asks_for_the_task() {
        let organisation: OrganisationLink = serde_json::from_value(json!({
            "id": "0190d5a0-0000-7000-8000-000000000001", "slug": "bud",
            "name": { "uk": "БудСервіс", "en": null }, "sector": Sector::Business,
        }))
        .unwrap();
        let itself = Who::Organisation { organisation: organisation.clone() };
        let coordinator = Who::Role { role: ActingRole::Coordinator };
        let said = |who: &Who| entry(EventKind::OfferMade, who, Some(&organisation)).text(Lang::Uk);

        assert_eq!(said(&itself), "Організація просить завдання");
        assert_eq!(said(&coordinator), "Завдання запропоновано");
    }

    #[test]
    fn what_nobody_confirmed_is_not_called_confirmed() {
        let system = Who::Role { role: ActingRole::System };
        let moderator = Who::Role { role: ActingRole::Moderator };
        let said = |what, who: &Who| entry(what, who, None).text(Lang::En);

        assert_eq!(said(EventKind::TaskVerified, &system), "Nobody verified the task for 14 days");
        assert_eq!(said(EventKind::TaskVerified, &moderator), "Task verified");
        assert_eq!(said(EventKind::CommitmentConfirmed, &system), "Nobody confirmed the delivery for 14 days");
    }
}
