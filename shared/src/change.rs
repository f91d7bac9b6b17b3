//! The public log of changes: what happened, never what was said.

use crate::ids::{CommunityId, IssueId};
use crate::names::{Slug, Who};
use crate::page::Limit;
use crate::time::Timestamp;
use crate::words::words;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

words! {
    /// What a change is about.
    Thing in "thing" {
        Account = "account";
        Community = "community";
        Organisation = "organisation";
        Category = "category";
        Issue = "issue";
        Comment = "comment";
        File = "file";
        Task = "task";
        Offer = "offer";
        Commitment = "commitment";
        Indicator = "indicator";
        Measurement = "measurement";
        Session = "session";
        Invitation = "invitation";
    }

    /// What happened. Stored for good, so a word is never renamed.
    EventKind in "event" {
        IssueReported = "issue_reported";
        IssueAccepted = "issue_accepted";
        /// Accepting was undone.
        IssueUnaccepted = "issue_unaccepted";
        IssueDeclined = "issue_declined";
        IssueAppealed = "issue_appealed";
        /// The appeal was right: the issue is open.
        IssueAppealUpheld = "issue_appeal_upheld";
        IssueAppealDismissed = "issue_appeal_dismissed";
        /// Its own fields were changed.
        IssueChanged = "issue_changed";
        IssueMadePrivate = "issue_made_private";
        IssueMadePublic = "issue_made_public";
        IssueHidden = "issue_hidden";
        IssueShown = "issue_shown";
        /// Of hiding.
        HidingAppealed = "hiding_appealed";
        HidingUpheld = "hiding_upheld";
        IssueMarkedDuplicate = "issue_marked_duplicate";
        IssueUnmarkedDuplicate = "issue_unmarked_duplicate";
        /// Its first task was accepted.
        IssueWorkBegan = "issue_work_began";
        /// No task of it is accepted any more.
        IssueWorkEnded = "issue_work_ended";
        IssueResolved = "issue_resolved";
        /// A supporter says that it is solved.
        IssueConfirmedOnce = "issue_confirmed_once";
        IssueConfirmed = "issue_confirmed";
        IssueObjected = "issue_objected";
        IssueReopened = "issue_reopened";
        IssueObjectionDismissed = "issue_objection_dismissed";
        /// The number of supporters changed.
        IssueSupported = "issue_supported";
        CommentWritten = "comment_written";
        CommentEdited = "comment_edited";
        CommentDeleted = "comment_deleted";
        CommentHidden = "comment_hidden";
        CommentShown = "comment_shown";
        FileHidden = "file_hidden";
        FileShown = "file_shown";
        TaskHidden = "task_hidden";
        TaskShown = "task_shown";
        CommitmentHidden = "commitment_hidden";
        CommitmentShown = "commitment_shown";
        /// Looked at and left as it is; told to moderators alone.
        FlagsDismissed = "flags_dismissed";
        TaskCreated = "task_created";
        TaskChanged = "task_changed";
        TaskAssigned = "task_assigned";
        TaskBlocked = "task_blocked";
        TaskUnblocked = "task_unblocked";
        TaskStarted = "task_started";
        TaskDone = "task_done";
        TaskVerified = "task_verified";
        TaskReturned = "task_returned";
        TaskReleased = "task_released";
        TaskRecalled = "task_recalled";
        TaskReopened = "task_reopened";
        TaskCancelled = "task_cancelled";
        OfferMade = "offer_made";
        OfferAccepted = "offer_accepted";
        OfferDeclined = "offer_declined";
        OfferWithdrawn = "offer_withdrawn";
        OfferExpired = "offer_expired";
        OfferSuperseded = "offer_superseded";
        CommitmentOffered = "commitment_offered";
        CommitmentAccepted = "commitment_accepted";
        CommitmentDeclined = "commitment_declined";
        CommitmentWithdrawn = "commitment_withdrawn";
        CommitmentDelivered = "commitment_delivered";
        /// By its receiver, or by nobody after 14 days.
        CommitmentConfirmed = "commitment_confirmed";
        IndicatorCreated = "indicator_created";
        IndicatorChanged = "indicator_changed";
        MeasurementAdded = "measurement_added";
        MeasurementCorrected = "measurement_corrected";
        CategoryCreated = "category_created";
        CategoryChanged = "category_changed";
        CategoryDeleted = "category_deleted";
        CommunityCreated = "community_created";
        CommunityChanged = "community_changed";
        CommunityRoleGiven = "community_role_given";
        CommunityRoleTaken = "community_role_taken";
        OrganisationRegistered = "organisation_registered";
        OrganisationChanged = "organisation_changed";
        OrganisationVerified = "organisation_verified";
        OrganisationUnverified = "organisation_unverified";
        OrganisationSuspended = "organisation_suspended";
        MemberJoined = "member_joined";
        MemberChanged = "member_changed";
        MemberLeft = "member_left";
        /// The events of invitations are told to nobody: they name who is not there yet.
        InvitationMade = "invitation_made";
        InvitationWithdrawn = "invitation_withdrawn";
        /// The events of an account are told to itself alone.
        AccountCreated = "account_created";
        AccountChanged = "account_changed";
        AccountDisabled = "account_disabled";
        SessionStarted = "session_started";
        SessionEnded = "session_ended";
        /// Not stored: stands for what the reader may no longer see.
        Gone = "gone";
    }
}

/// `GET /changes`, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ListChanges {
    /// The number of the last change one has; from the beginning when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Of one community only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<Slug>,
    /// The most changes of the page: 1 to 100, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub limit: Option<Limit>,
}

/// `GET /stream`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct WatchChanges {
    /// The number of the last change one has; from now on when absent. `Last-Event-ID` comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Of one community only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<Slug>,
}

/// Changes from the log, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    pub items: Vec<Change>,
    /// What `since` takes to go on, also when nothing has happened since.
    pub next: i64,
    /// Whether there is more already.
    pub more: bool,
}

/// One change, as everybody may know it who may see the thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// Its place in the log; later changes have greater numbers, with gaps.
    pub number: i64,
    pub at: Timestamp,
    pub what: EventKind,
    pub thing: Thing,
    pub id: Uuid,
    pub community: Option<CommunityId>,
    /// The issue it is, or belongs to.
    pub issue: Option<IssueId>,
    /// The state of the thing after it.
    pub state: Option<String>,
    /// Null for what is gone.
    pub who: Option<Who>,
}
