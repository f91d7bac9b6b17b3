//! Communities: the territorial communities that work here, and who leads them.

mod forms;

pub use forms::*;

use crate::account::{Email, TimeZone};
use crate::body::query;
use crate::ids::{AccountId, CommunityId, InvitationId};
use crate::names::{Names, Slug};
use crate::permission::Permission;
use crate::place::{Coordinates, PlacePrecision};
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use crate::time::Timestamp;
use crate::words::{Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// What kind of hromada it is, by its centre.
    CommunityKind in "community_kind" {
        /// Its centre is a city.
        Urban = "urban";
        /// Its centre is a settlement (селище).
        Settlement = "settlement";
        /// Its centre is a village.
        Rural = "rural";
    }

    /// Which level of the codifier a unit is of.
    UnitLevel in "unit_level" {
        /// An oblast, or the Autonomous Republic of Crimea.
        Region = "region";
        /// A raion.
        District = "district";
        Hromada = "hromada";
        /// A city with special status, which is region and hromada in one.
        City = "city";
    }

    /// What a person is in a community, beside being a resident.
    CommunityRole in "community_role" {
        /// Triages and hides.
        Moderator = "moderator";
        /// Also tasks, offers, verification, categories, indicators, organisations.
        Coordinator = "coordinator";
        /// Accompanies the community and decides objections.
        Facilitator = "facilitator";
    }

    /// How communities are sorted.
    CommunitySort in "community_sort" {
        Name = "name";
        /// By what was reported and solved in this month and the one before.
        MostActive = "most_active";
    }
}

impl CommunityRole {
    /// What one needs to give the role, or to take it.
    pub const fn given_with(self) -> Permission {
        match self {
            Self::Moderator => Permission::ManageCommunity,
            Self::Coordinator | Self::Facilitator => Permission::ManageCommunities,
        }
    }
}

/// A code of Ukraine's codifier of units (KATOTTG): `UA` and 17 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Katottg(String);

impl Katottg {
    /// The code's form; whether there is such a unit is known to the server.
    pub fn parse(raw: &str) -> Result<Katottg, FieldError> {
        let text = raw.trim().to_ascii_uppercase();
        let digits = text.strip_prefix("UA").unwrap_or_default();
        if text.is_empty() {
            Err(FieldError::new("", Fault::Required))
        } else if digits.len() == 17 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Katottg(text))
        } else {
            Err(FieldError::new("", Fault::Unknown))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A unit of the codifier above a community, or the community's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    pub code: Katottg,
    pub level: UnitLevel,
    /// As the codifier writes it, without the word of its level; in English as the state romanises it.
    pub name: Names,
}

impl Unit {
    /// Its name with the word of its level: `Хмельницька область`.
    pub fn full_name(&self, lang: Lang) -> String {
        let name = self.name.get(lang);
        // Crimea's name is whole, and a city's stands alone.
        let alone = match self.level {
            UnitLevel::City => true,
            UnitLevel::Region => name.contains(' '),
            UnitLevel::District | UnitLevel::Hromada => false,
        };
        if alone { name.to_owned() } else { format!("{name} {}", self.level.text(lang)) }
    }
}

query! {
    /// `GET /territory`: the units right below `parent`; the regions without it.
    ListTerritory {
        /// The code of a region or a district.
        parent: Option<Katottg>,
        /// The beginning of a word of the name. Without a parent, hromadas are looked for.
        words: Option<String>,
    }
}

/// A unit with those it lies in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundUnit {
    pub unit: Unit,
    /// From the region down.
    pub within: Vec<Unit>,
}

query! {
    /// `GET /communities`
    ListCommunities {
        /// The beginning of a word of the name.
        words: Option<String>,
        /// By name when absent.
        sort: Option<CommunitySort>,
    }
}

/// A community in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommunitySummary {
    pub id: CommunityId,
    pub slug: Slug,
    pub name: Names,
    pub kind: CommunityKind,
    /// The oblast, where the codifier knows it.
    pub region: Option<Unit>,
    pub centre: Option<Coordinates>,
    pub population: Option<i64>,
    /// Public issues that are open or in progress.
    pub issues_open: i64,
    /// Public issues confirmed as solved in this month and the one before.
    pub issues_solved: i64,
}

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommunityDetail {
    pub id: CommunityId,
    pub slug: Slug,
    pub name: Names,
    pub katottg: Katottg,
    /// From the oblast down to the hromada itself.
    pub units: Vec<Unit>,
    pub kind: CommunityKind,
    pub population: Option<i64>,
    pub centre: Option<Coordinates>,
    pub time_zone: TimeZone,
    pub languages: Vec<Lang>,
    /// Whether the text of a report is public before triage.
    pub reports_public_at_once: bool,
    /// The finest precision at which the public sees places.
    pub public_precision: PlacePrecision,
    /// Who holds a role in it; null but for the main coordinator.
    pub roles: Option<Vec<CommunityMember>>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// Somebody with a role in a community, or invited to it, as its coordinators see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommunityMember {
    /// Null while they are only invited.
    pub account: Option<AccountId>,
    /// The open invitation; null for who holds the role.
    pub invitation: Option<InvitationId>,
    pub name: String,
    pub email: Email,
    pub role: CommunityRole,
    pub since: Timestamp,
}
