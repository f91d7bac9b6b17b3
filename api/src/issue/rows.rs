//! Parts of rows that several queries have in common.

use sea_orm::FromQueryResult;
use shared::{
    ids::{CategoryId, CommunityId, OrganisationId},
    names::{CategoryLink, CommunityLink, Names, OrganisationLink, Slug},
    organisation::Sector,
};

/// The columns of [`CategoryRow`], of `category`.
pub(crate) const CATEGORY: &str = "category.id AS category_id, category.slug AS category_slug, category.name_uk AS category_name_uk, \
    category.name_en AS category_name_en, category.icon AS category_icon";

/// A category, named.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct CategoryRow {
    category_id: CategoryId,
    category_slug: Slug,
    category_name_uk: String,
    category_name_en: Option<String>,
    category_icon: String,
}

impl CategoryRow {
    pub(crate) fn link(self) -> CategoryLink {
        let name = Names { uk: self.category_name_uk, en: self.category_name_en };
        CategoryLink { id: self.category_id, slug: self.category_slug, name, icon: self.category_icon }
    }
}

/// The columns of [`CommunityRow`], of `community`.
pub(crate) const COMMUNITY: &str = "community.id AS community_id, community.slug AS community_slug, community.name_uk AS community_name_uk, community.name_en AS community_name_en";

/// A community, named.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct CommunityRow {
    community_id: CommunityId,
    community_slug: Slug,
    community_name_uk: String,
    community_name_en: Option<String>,
}

impl CommunityRow {
    pub(crate) fn link(self) -> CommunityLink {
        let name = Names { uk: self.community_name_uk, en: self.community_name_en };
        CommunityLink { id: self.community_id, slug: self.community_slug, name }
    }
}

/// The columns of [`OrganisationRow`], of `organisation`.
pub(crate) const ORGANISATION: &str = "organisation.id AS organisation_id, organisation.slug AS organisation_slug, \
    organisation.name_uk AS organisation_name_uk, organisation.name_en AS organisation_name_en, organisation.sector AS organisation_sector";

/// An organisation, named.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OrganisationRow {
    pub(crate) organisation_id: OrganisationId,
    organisation_slug: Slug,
    organisation_name_uk: String,
    organisation_name_en: Option<String>,
    organisation_sector: Sector,
}

impl OrganisationRow {
    pub(crate) fn link(self) -> OrganisationLink {
        let name = Names { uk: self.organisation_name_uk, en: self.organisation_name_en };
        OrganisationLink {
            id: self.organisation_id,
            slug: self.organisation_slug,
            name,
            sector: self.organisation_sector,
        }
    }
}
