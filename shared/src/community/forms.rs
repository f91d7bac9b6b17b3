//! Admitting and changing communities, and giving roles in them.

use super::{CommunityKind, CommunityRole, Katottg};
use crate::account::{Email, TimeZone, account_name};
use crate::body::patch;
use crate::draft::{Draft, Faults, Patch};
use crate::fields::{between, required};
use crate::names::{Names, Slug};
use crate::place::{Coordinates, PlacePrecision};
use crate::problem::FieldError;
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// `POST /communities`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCommunityDraft {
    pub name: Names,
    /// Made of the Ukrainian name when absent.
    #[serde(default)]
    pub slug: Option<String>,
    /// The codifier's code of the hromada.
    pub katottg: String,
    #[cfg_attr(feature = "openapi", schema(value_type = CommunityKind))]
    pub kind: Option<CommunityKind>,
    /// Residents; null where unknown.
    #[serde(default)]
    pub population: Option<i64>,
    #[serde(default)]
    pub centre: Option<Coordinates>,
    #[serde(default)]
    pub time_zone: Option<String>,
    /// The languages its residents are served in; Ukrainian when empty.
    #[serde(default)]
    pub languages: Vec<Lang>,
}

/// A community to be admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCommunity {
    pub name: Names,
    pub slug: Slug,
    pub katottg: Katottg,
    pub kind: CommunityKind,
    pub population: Option<i64>,
    pub centre: Option<Coordinates>,
    pub time_zone: TimeZone,
    pub languages: Vec<Lang>,
}

/// The most residents a community may claim.
const MOST_RESIDENTS: i64 = 50_000_000;

impl Draft for CreateCommunityDraft {
    type Parsed = CreateCommunity;

    fn parse(self) -> Result<CreateCommunity, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.take("name", self.name.parse(120));
        let slug = match &self.slug {
            Some(slug) => faults.take("slug", Slug::parse(slug)),
            // It is made of the name; where that is missing, nothing else is asked for.
            None if name.is_none() => None,
            None => faults.take("slug", required(Slug::of(&self.name.uk))),
        };
        let katottg = faults.take("katottg", Katottg::parse(&self.katottg));
        let kind = faults.take("kind", required(self.kind));
        let population = faults.take("population", self.population.map(|n| between(n, 0, MOST_RESIDENTS)).transpose());
        let centre = self.centre.map_or(Some(None), |point| faults.take_draft("centre", point).map(Some));
        let time_zone =
            faults.take("time_zone", self.time_zone.as_deref().map_or(Ok(TimeZone::default()), TimeZone::parse));
        let languages = languages(self.languages);
        let whole = || {
            Some(CreateCommunity {
                name: name?,
                slug: slug?,
                katottg: katottg?,
                kind: kind?,
                population: population?,
                centre: centre?,
                time_zone: time_zone?,
                languages,
            })
        };
        faults.finish(whole())
    }
}

/// Each once, in the order given; Ukrainian when none is.
fn languages(given: Vec<Lang>) -> Vec<Lang> {
    let mut languages: Vec<Lang> = Vec::new();
    for language in given {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    if languages.is_empty() { vec![Lang::Uk] } else { languages }
}

patch! {
    /// `PATCH /communities/{slug}`
    UpdateCommunityDraft {
        name: Names,
        kind: CommunityKind,
        population: i64 | nullable,
        centre: Coordinates | nullable,
        time_zone: String,
        languages: Vec<Lang>,
        /// The main coordinator alone may set it.
        reports_public_at_once: bool,
        public_precision: PlacePrecision,
    }
}

/// What changes of a community; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateCommunity {
    pub name: Option<Names>,
    pub kind: Option<CommunityKind>,
    pub population: Patch<i64>,
    pub centre: Patch<Coordinates>,
    pub time_zone: Option<TimeZone>,
    pub languages: Option<Vec<Lang>>,
    pub reports_public_at_once: Option<bool>,
    pub public_precision: Option<PlacePrecision>,
}

impl Draft for UpdateCommunityDraft {
    type Parsed = UpdateCommunity;

    fn parse(self) -> Result<UpdateCommunity, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.patch("name", self.name, |name| name.parse(120));
        let kind = faults.patch("kind", self.kind, Ok);
        let population =
            faults.optional_patch("population", self.population, |n| between(n, 0, MOST_RESIDENTS).map(Some));
        let centre = match self.centre {
            Patch::Value(point) => faults.take_draft("centre", point).map(Patch::Value),
            other => Some(other),
        };
        let time_zone = faults.patch("time_zone", self.time_zone, |zone| TimeZone::parse(&zone));
        let languages = faults.patch("languages", self.languages, |given| Ok(languages(given)));
        let at_once = faults.patch("reports_public_at_once", self.reports_public_at_once, Ok);
        let precision = faults.patch("public_precision", self.public_precision, Ok);
        let whole = || {
            Some(UpdateCommunity {
                name: name?,
                kind: kind?,
                population: population?,
                centre: centre?,
                time_zone: time_zone?,
                languages: languages?,
                reports_public_at_once: at_once?,
                public_precision: precision?,
            })
        };
        faults.finish(whole())
    }
}
/// `POST /communities/{slug}/members`: a role for the account of an address, or an invitation to it
/// where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddCommunityMemberDraft {
    pub email: String,
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = CommunityRole))]
    pub role: Option<CommunityRole>,
}

/// A person to be given a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCommunityMember {
    pub email: Email,
    pub name: String,
    pub role: CommunityRole,
}

impl Draft for AddCommunityMemberDraft {
    type Parsed = AddCommunityMember;

    fn parse(self) -> Result<AddCommunityMember, Vec<FieldError>> {
        let mut faults = Faults::new();
        let email = faults.take("email", Email::parse(&self.email));
        let name = faults.take("name", account_name(&self.name));
        let role = faults.take("role", required(self.role));
        let whole = || Some(AddCommunityMember { email: email?, name: name?, role: role? });
        faults.finish(whole())
    }
}
