//! Ids: one type for each kind of thing, so that an id of one kind never passes for another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        #[cfg(feature = "db")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who can sign in.
    AccountId,
    /// One signed-in browser or program of an account.
    SessionId,
    /// A territorial community, the tenant.
    CommunityId,
    /// An actor of one sector.
    OrganisationId,
    /// An invitation of a person into an organisation.
    InvitationId,
    /// A kind of issue within one community.
    CategoryId,
    /// Something that should be better.
    IssueId,
    /// What somebody wrote below an issue.
    CommentId,
    /// A report of unfit content.
    FlagId,
    /// Work with one result.
    TaskId,
    /// One organisation is to take one task.
    OfferId,
    /// What an organisation or a person puts in.
    CommitmentId,
    /// A measured quantity.
    IndicatorId,
    /// One value of an indicator for a period.
    MeasurementId,
    /// A photo or a document.
    FileId,
    /// A unit of work for later.
    JobId,
}
