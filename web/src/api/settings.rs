//! What coordinators set of their community: itself, its categories, who holds a role.

use super::{ApiError, Versioned, client};
use shared::{
    category::{Category, CreateCategoryDraft, UpdateCategoryDraft},
    community::{
        AddCommunityMemberDraft, CommunityDetail, CommunityMember, CreateCommunityDraft, FoundUnit, ListTerritory,
        UpdateCommunityDraft,
    },
    ids::{AccountId, InvitationId},
    names::Slug,
    page::Page,
};

/// `GET /communities/{slug}`, to be changed.
pub async fn find_community(slug: &Slug) -> Result<Versioned<CommunityDetail>, ApiError> {
    client::get_versioned(&format!("/communities/{slug}")).await
}

/// `POST /communities`
pub async fn create_community(draft: CreateCommunityDraft) -> Result<CommunityDetail, ApiError> {
    client::post("/communities", &draft).await
}

/// `PATCH /communities/{slug}`
pub async fn update_community(
    slug: &Slug,
    etag: &str,
    draft: &UpdateCommunityDraft,
) -> Result<Versioned<CommunityDetail>, ApiError> {
    client::patch(&format!("/communities/{slug}"), etag, draft).await
}

/// `GET /territory`
pub async fn list_territory(filter: &ListTerritory) -> Result<Page<FoundUnit>, ApiError> {
    client::get(&format!("/territory{}", client::query(filter))).await
}

/// `GET /communities/{slug}/categories`, retired ones among them.
pub async fn list_categories(slug: &Slug) -> Result<Page<Category>, ApiError> {
    client::get(&format!("/communities/{slug}/categories")).await
}

/// `POST /communities/{slug}/categories`
pub async fn create_category(slug: &Slug, draft: &CreateCategoryDraft) -> Result<Category, ApiError> {
    client::post(&format!("/communities/{slug}/categories"), draft).await
}

/// `PATCH /categories/{id}`
pub async fn update_category(category: &Category, draft: &UpdateCategoryDraft) -> Result<Category, ApiError> {
    let path = format!("/categories/{}", category.id);
    client::patch(&path, &client::listed(category.version), draft).await.map(|saved| saved.value)
}

/// `DELETE /categories/{id}`
pub async fn delete_category(category: &Category) -> Result<(), ApiError> {
    client::delete_version(&format!("/categories/{}", category.id), &client::listed(category.version)).await
}

/// `GET /communities/{slug}/members`
pub async fn list_members(slug: &Slug) -> Result<Page<CommunityMember>, ApiError> {
    client::get(&format!("/communities/{slug}/members")).await
}

/// `POST /communities/{slug}/members`
pub async fn add_member(slug: &Slug, draft: &AddCommunityMemberDraft) -> Result<CommunityMember, ApiError> {
    client::post(&format!("/communities/{slug}/members"), draft).await
}

/// `DELETE /communities/{slug}/members/{account}`
pub async fn remove_member(slug: &Slug, account: AccountId) -> Result<(), ApiError> {
    client::delete(&format!("/communities/{slug}/members/{account}")).await
}

/// `DELETE /communities/{slug}/invitations/{id}`
pub async fn withdraw_invitation(slug: &Slug, id: InvitationId) -> Result<(), ApiError> {
    client::delete(&format!("/communities/{slug}/invitations/{id}")).await
}
