//! Organisations, their members and invitations, and how communities regard them.

use super::{ApiError, Versioned, client};
use shared::{
    ids::{AccountId, InvitationId, OrganisationId},
    names::Slug,
    organisation::{
        Area, Invitation, InviteDraft, ListMembers, ListOrganisations, Member, MemberRole, OrganisationDetail,
        OrganisationSummary, RegisterOrganisationDraft, UpdateMember, UpdateOrganisationDraft, Verification,
    },
    page::Page,
};

/// `GET /communities/{slug}/organisations`
pub async fn list_organisations(
    community: &Slug,
    filter: &ListOrganisations,
) -> Result<Page<OrganisationSummary>, ApiError> {
    client::get(&format!("/communities/{community}/organisations{}", client::query(filter))).await
}

/// `GET /organisations/{slug}`
pub async fn find_organisation(slug: &Slug) -> Result<Versioned<OrganisationDetail>, ApiError> {
    client::get_versioned(&format!("/organisations/{slug}")).await
}

/// `POST /organisations`
pub async fn create_organisation(draft: RegisterOrganisationDraft) -> Result<OrganisationDetail, ApiError> {
    client::post("/organisations", &draft).await
}

/// `PATCH /organisations/{slug}`
pub async fn update_organisation(
    slug: &Slug,
    etag: &str,
    draft: &UpdateOrganisationDraft,
) -> Result<Versioned<OrganisationDetail>, ApiError> {
    client::patch(&format!("/organisations/{slug}"), etag, draft).await
}

/// `POST /communities/{slug}/organisations/{organisation}/{verify,suspend,unverify}`
pub async fn regard(
    community: &Slug,
    organisation: OrganisationId,
    verification: Verification,
) -> Result<Area, ApiError> {
    let verb = match verification {
        Verification::Verified => "verify",
        Verification::Suspended => "suspend",
        Verification::Unverified => "unverify",
    };
    let path = format!("/communities/{community}/organisations/{organisation}/{verb}");
    client::post(&path, &serde_json::json!({})).await
}

/// `GET /organisations/{slug}/members`
pub async fn list_members(slug: &Slug, filter: &ListMembers) -> Result<Page<Member>, ApiError> {
    client::get(&format!("/organisations/{slug}/members{}", client::query(filter))).await
}

/// `PATCH /organisations/{slug}/members/{account}`, of whichever version: there is one field.
pub async fn update_member(slug: &Slug, account: AccountId, role: MemberRole) -> Result<Versioned<Member>, ApiError> {
    client::patch(&format!("/organisations/{slug}/members/{account}"), "*", &UpdateMember { role }).await
}

/// `DELETE /organisations/{slug}/members/{account}`
pub async fn remove_member(slug: &Slug, account: AccountId) -> Result<(), ApiError> {
    client::delete(&format!("/organisations/{slug}/members/{account}")).await
}

/// `GET /organisations/{slug}/invitations`
pub async fn list_invitations(slug: &Slug) -> Result<Page<Invitation>, ApiError> {
    client::get(&format!("/organisations/{slug}/invitations")).await
}

/// `POST /organisations/{slug}/invitations`
pub async fn create_invitation(slug: &Slug, draft: &InviteDraft) -> Result<Invitation, ApiError> {
    client::post(&format!("/organisations/{slug}/invitations"), draft).await
}

/// `DELETE /organisations/{slug}/invitations/{id}`
pub async fn withdraw_invitation(slug: &Slug, id: InvitationId) -> Result<(), ApiError> {
    client::delete(&format!("/organisations/{slug}/invitations/{id}")).await
}
