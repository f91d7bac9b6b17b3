//! Organisations of all sectors, their members, and how communities verify them.

use crate::account::Email;
use crate::body::{patch, query};
use crate::draft::{Draft, Faults, Patch, optional_line, text};
use crate::fields::{at_most, required, web_address};
use crate::ids::{AccountId, CommunityId, InvitationId, OrganisationId};
use crate::names::{CommunityLink, Names, Slug};
use crate::page::Several;
use crate::problem::{Fault, FieldError};
use crate::time::Timestamp;
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// Which part of society an organisation belongs to.
    Sector in "sector" {
        /// A council, a utility, a public service; set by the main coordinator alone.
        Authority = "authority";
        Ngo = "ngo";
        Business = "business";
        Education = "education";
        Media = "media";
        Donor = "donor";
        /// An unregistered group of citizens.
        Citizens = "citizens";
    }

    /// What a person is in an organisation.
    MemberRole in "member_role" {
        Member = "member";
        Editor = "editor";
        Owner = "owner";
    }

    /// How a community regards an organisation.
    Verification in "verification" {
        /// Unlisted there, gets no offers, marked unverified.
        Unverified = "unverified";
        Verified = "verified";
        Suspended = "suspended";
    }
}

/// `POST /organisations`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterOrganisationDraft {
    pub name: Names,
    #[cfg_attr(feature = "openapi", schema(value_type = Sector))]
    pub sector: Option<Sector>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
    /// Whether the contact may be shown to everybody.
    #[serde(default)]
    pub contact_public: bool,
    /// The communities it serves.
    #[serde(default)]
    pub areas: Vec<CommunityId>,
}

/// An organisation that registers; that `authority` is given by the main coordinator alone is
/// checked where the caller is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterOrganisation {
    pub name: Names,
    pub sector: Sector,
    /// Plain text, possibly empty.
    pub description: String,
    pub website: Option<String>,
    /// How to reach it: an address, a telephone number.
    pub contact: Option<String>,
    pub contact_public: bool,
    pub areas: Vec<CommunityId>,
}

const MOST_AREAS: usize = 200;

impl Draft for RegisterOrganisationDraft {
    type Parsed = RegisterOrganisation;

    fn parse(self) -> Result<RegisterOrganisation, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.take("name", name(&self.name));
        let sector = faults.take("sector", required(self.sector));
        let description = faults.take("description", text(&self.description, 0, 2000));
        let website = faults.take("website", website(self.website.as_deref().unwrap_or_default()));
        let contact = faults.take("contact", optional_line(self.contact.as_deref().unwrap_or_default(), 200));
        let areas = faults.take("areas", at_most(self.areas, MOST_AREAS));
        let contact_public = self.contact_public;
        let whole = || {
            Some(RegisterOrganisation {
                name: name?,
                sector: sector?,
                description: description?,
                website: website?,
                contact: contact?,
                contact_public,
                areas: areas?,
            })
        };
        faults.finish(whole())
    }
}

/// Without web addresses: names stand in mails to people who know nothing of the organisation.
fn name(names: &Names) -> Result<Names, FieldError> {
    let names = names.parse(120)?;
    if [Some(&names.uk), names.en.as_ref()].into_iter().flatten().any(|name| name.contains("://")) {
        return Err(FieldError::new("", Fault::BadCharacters));
    }
    Ok(names)
}

fn website(raw: &str) -> Result<Option<String>, FieldError> {
    if raw.trim().is_empty() { Ok(None) } else { web_address(raw).map(Some) }
}

patch! {
    /// `PATCH /organisations/{slug}`
    UpdateOrganisationDraft {
        name: Names,
        /// The main coordinator alone may set it.
        sector: Sector,
        description: String,
        website: String | nullable,
        contact: String | nullable,
        contact_public: bool,
        areas: Vec<CommunityId>,
    }
}

/// What changes of an organisation; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateOrganisation {
    pub name: Option<Names>,
    pub sector: Option<Sector>,
    pub description: Option<String>,
    pub website: Patch<String>,
    pub contact: Patch<String>,
    pub contact_public: Option<bool>,
    pub areas: Option<Vec<CommunityId>>,
}

impl Draft for UpdateOrganisationDraft {
    type Parsed = UpdateOrganisation;

    fn parse(self) -> Result<UpdateOrganisation, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.patch("name", self.name, |names| name(&names));
        let sector = faults.patch("sector", self.sector, Ok);
        let description = faults.patch("description", self.description, |words| text(&words, 0, 2000));
        let website = faults.optional_patch("website", self.website, |address| website(&address));
        let contact = faults.optional_patch("contact", self.contact, |words| optional_line(&words, 200));
        let contact_public = faults.patch("contact_public", self.contact_public, Ok);
        let areas = faults.patch("areas", self.areas, |areas| at_most(areas, MOST_AREAS));
        let whole = || {
            Some(UpdateOrganisation {
                name: name?,
                sector: sector?,
                description: description?,
                website: website?,
                contact: contact?,
                contact_public: contact_public?,
                areas: areas?,
            })
        };
        faults.finish(whole())
    }
}

query! {
    /// `GET /organisations` and `GET /communities/{slug}/organisations`
    ListOrganisations {
        sector: Several<Sector>,
        /// In a community only; others than verified are for its coordinators.
        verification: Several<Verification>,
        /// The beginning of a word of the name.
        words: Option<String>,
    }
}

/// An organisation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationSummary {
    pub id: OrganisationId,
    pub slug: Slug,
    pub name: Names,
    pub sector: Sector,
    /// In the community listed; null outside of one.
    pub verification: Option<Verification>,
    /// Tasks it holds that are not done.
    pub tasks_active: i64,
    /// Tasks it has done.
    pub tasks_done: i64,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationDetail {
    pub id: OrganisationId,
    pub slug: Slug,
    pub name: Names,
    pub sector: Sector,
    pub description: String,
    pub website: Option<String>,
    /// Null where it may not be shown to the reader.
    pub contact: Option<String>,
    pub contact_public: bool,
    pub areas: Vec<Area>,
    pub tasks_active: i64,
    pub tasks_done: i64,
    /// One's own role in it.
    pub my_role: Option<MemberRole>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// A community an organisation serves, and how that one regards it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Area {
    pub community: CommunityLink,
    pub verification: Verification,
}

/// `PATCH /communities/{slug}/organisations/{organisation}`: how the community regards it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyOrganisation {
    pub verification: Verification,
}

impl Draft for VerifyOrganisation {
    type Parsed = VerifyOrganisation;

    fn parse(self) -> Result<VerifyOrganisation, Vec<FieldError>> {
        Ok(self)
    }
}

/// A person in an organisation, as its members see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    pub account: AccountId,
    pub name: String,
    pub role: MemberRole,
    pub since: Timestamp,
}

query! {
    /// `GET /organisations/{slug}/members`
    ListMembers {}
}

/// `PATCH /organisations/{slug}/members/{account}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMember {
    pub role: MemberRole,
}

impl Draft for UpdateMember {
    type Parsed = UpdateMember;

    fn parse(self) -> Result<UpdateMember, Vec<FieldError>> {
        Ok(self)
    }
}

/// `POST /organisations/{slug}/invitations`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteDraft {
    pub email: String,
    #[cfg_attr(feature = "openapi", schema(value_type = MemberRole))]
    pub role: Option<MemberRole>,
}

/// A person to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub email: Email,
    pub role: MemberRole,
}

impl Draft for InviteDraft {
    type Parsed = Invite;

    fn parse(self) -> Result<Invite, Vec<FieldError>> {
        let mut faults = Faults::new();
        let email = faults.take("email", Email::parse(&self.email));
        let role = faults.take("role", required(self.role));
        let whole = || Some(Invite { email: email?, role: role? });
        faults.finish(whole())
    }
}

/// An invitation that was not answered yet, as the organisation's owners see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    pub id: InvitationId,
    pub email: Email,
    pub role: MemberRole,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}
