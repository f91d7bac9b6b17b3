//! Categories of issues: each community has its own, beginning with a sensible set.

use crate::body::patch;
use crate::draft::{Draft, Faults, Patch, line};
use crate::fields::{between, required};
use crate::ids::{CategoryId, OrganisationId};
use crate::names::{Names, OrganisationLink, Slug};
use crate::problem::{Fault, FieldError};
use crate::text::Lang;
use crate::words::{Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// The categories every community begins with; the word is the category's slug.
    DefaultCategory in "category" {
        Roads = "roads";
        Lighting = "lighting";
        Water = "water";
        Waste = "waste";
        GreenSpaces = "green-spaces";
        Safety = "safety";
        Accessibility = "accessibility";
        Education = "education";
        Health = "health";
        Culture = "culture";
        SocialHelp = "social-help";
        Transport = "transport";
        Housing = "housing";
        Digital = "digital";
        Other = "other";
    }
}

impl DefaultCategory {
    /// Its names in both languages.
    pub fn names(self) -> Names {
        Names { uk: self.text(Lang::Uk).to_owned(), en: Some(self.text(Lang::En).to_owned()) }
    }

    /// The name of its Lucide icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Roads => "construction",
            Self::Lighting => "lamp",
            Self::Water => "droplets",
            Self::Waste => "trash-2",
            Self::GreenSpaces => "trees",
            Self::Safety => "shield-alert",
            Self::Accessibility => "accessibility",
            Self::Education => "graduation-cap",
            Self::Health => "heart-pulse",
            Self::Culture => "landmark",
            Self::SocialHelp => "hand-heart",
            Self::Transport => "bus",
            Self::Housing => "house",
            Self::Digital => "wifi",
            Self::Other => "circle-ellipsis",
        }
    }

    /// Within how many days a report is triaged.
    pub const fn answer_days(self) -> u8 {
        match self {
            Self::Safety | Self::Water => 3,
            Self::Lighting | Self::Waste | Self::Health | Self::SocialHelp | Self::Housing => 5,
            Self::Roads | Self::Accessibility | Self::Transport | Self::Education => 7,
            Self::GreenSpaces | Self::Culture | Self::Digital | Self::Other => 10,
        }
    }

    /// Whether issues of it are private at first.
    pub const fn private(self) -> bool {
        matches!(self, Self::SocialHelp | Self::Health)
    }

    /// Whether places of it are blurred at first.
    pub const fn blurred(self) -> bool {
        matches!(self, Self::Safety | Self::Water | Self::Housing)
    }
}

/// A category of a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    pub id: CategoryId,
    pub slug: Slug,
    pub name: Names,
    /// The name of a Lucide icon.
    pub icon: String,
    /// The organisation usually responsible.
    pub organisation: Option<OrganisationLink>,
    /// Within how many days a report is triaged.
    pub answer_days: u8,
    /// Whether issues of it are private at first.
    pub private: bool,
    /// Whether places of it are blurred at first.
    pub blurred: bool,
    /// Whether new reports may no longer choose it.
    pub retired: bool,
    pub version: i64,
}

/// `POST /communities/{slug}/categories`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCategoryDraft {
    pub name: Names,
    /// Made of the name when absent.
    #[serde(default)]
    pub slug: Option<String>,
    pub icon: String,
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub answer_days: Option<i64>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub blurred: bool,
}

/// A category to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCategory {
    pub name: Names,
    pub slug: Slug,
    pub icon: String,
    pub organisation: Option<OrganisationId>,
    /// 1 to 60.
    pub answer_days: u8,
    pub private: bool,
    pub blurred: bool,
}

impl Draft for CreateCategoryDraft {
    type Parsed = CreateCategory;

    fn parse(self) -> Result<CreateCategory, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.take("name", self.name.parse(60));
        let slug = match &self.slug {
            Some(slug) => faults.take("slug", Slug::parse(slug)),
            None => faults
                .take("slug", required(self.name.en.as_deref().and_then(Slug::of).or_else(|| Slug::of(&self.name.uk)))),
        };
        let icon = faults.take("icon", icon(&self.icon));
        let answer_days = faults.take("answer_days", required(self.answer_days).and_then(answer_days));
        let Self { organisation, private, blurred, .. } = self;
        let whole = || {
            Some(CreateCategory {
                name: name?,
                slug: slug?,
                icon: icon?,
                organisation,
                answer_days: answer_days?,
                private,
                blurred,
            })
        };
        faults.finish(whole())
    }
}

fn answer_days(days: i64) -> Result<u8, FieldError> {
    between(days, 1, 60)
        .and_then(|days| u8::try_from(days).map_err(|_| FieldError::new("", Fault::TooLarge).with("max", 60)))
}

fn icon(raw: &str) -> Result<String, FieldError> {
    let name = line(raw, 1, 40)?;
    if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        Ok(name)
    } else {
        Err(FieldError::new("", Fault::BadCharacters))
    }
}

patch! {
    /// `PATCH /categories/{id}`
    UpdateCategoryDraft {
        name: Names,
        icon: String,
        organisation: OrganisationId | nullable,
        answer_days: i64,
        private: bool,
        blurred: bool,
        retired: bool,
    }
}

/// What changes of a category; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateCategory {
    pub name: Option<Names>,
    pub icon: Option<String>,
    pub organisation: Patch<OrganisationId>,
    pub answer_days: Option<u8>,
    pub private: Option<bool>,
    pub blurred: Option<bool>,
    pub retired: Option<bool>,
}

impl Draft for UpdateCategoryDraft {
    type Parsed = UpdateCategory;

    fn parse(self) -> Result<UpdateCategory, Vec<FieldError>> {
        let mut faults = Faults::new();
        let name = faults.patch("name", self.name, |name| name.parse(60));
        let icon = faults.patch("icon", self.icon, |name| icon(&name));
        let answer_days = faults.patch("answer_days", self.answer_days, answer_days);
        let private = faults.patch("private", self.private, Ok);
        let blurred = faults.patch("blurred", self.blurred, Ok);
        let retired = faults.patch("retired", self.retired, Ok);
        let organisation = self.organisation;
        let whole = || {
            Some(UpdateCategory {
                name: name?,
                icon: icon?,
                organisation,
                answer_days: answer_days?,
                private: private?,
                blurred: blurred?,
                retired: retired?,
            })
        };
        faults.finish(whole())
    }
}
