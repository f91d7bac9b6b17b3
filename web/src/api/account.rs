//! Accounts and sessions.

use super::{ApiError, Versioned, client};
use crate::session;
use shared::{
    account::{
        ChangeEmailDraft, ChangePasswordDraft, Me, ResetPasswordDraft, Session, SessionSummary, SignInDraft,
        SignInLinkDraft, SignUpDraft, TokenDraft, UpdateMeDraft,
    },
    demo::Demo,
    ids::SessionId,
    issue::ArrivedAtIssue,
    page::Page,
};

/// `GET /demo`: as whom one may sign in, where there is a demo at all.
pub async fn find_demo() -> Result<Demo, ApiError> {
    client::get("/demo").await
}

/// `POST /accounts`: asks for an account; a link comes by mail, whoever asks.
pub async fn create_account(draft: SignUpDraft) -> Result<(), ApiError> {
    client::post_quietly("/accounts", &draft).await
}

/// `POST /accounts/confirm`
pub async fn confirm_account(draft: TokenDraft) -> Result<Session, ApiError> {
    client::post("/accounts/confirm", &draft).await
}

/// `POST /accounts/reset` with an address: asks for a link.
pub async fn ask_reset(draft: ResetPasswordDraft) -> Result<(), ApiError> {
    client::post_quietly("/accounts/reset", &draft).await
}

/// `POST /accounts/reset` with the link's token: sets a password and signs in.
pub async fn reset_password(draft: ResetPasswordDraft) -> Result<Session, ApiError> {
    client::post("/accounts/reset", &draft).await
}

/// `POST /invitations/accept`
pub async fn accept_invitation(draft: TokenDraft) -> Result<Session, ApiError> {
    client::post("/invitations/accept", &draft).await
}

/// `POST /reports/confirm`
pub async fn confirm_report(draft: TokenDraft) -> Result<ArrivedAtIssue, ApiError> {
    client::post("/reports/confirm", &draft).await
}

/// `POST /issues/join`
pub async fn join_issue(draft: TokenDraft) -> Result<ArrivedAtIssue, ApiError> {
    client::post("/issues/join", &draft).await
}

/// `POST /sessions`
pub async fn create_session(draft: SignInDraft) -> Result<Session, ApiError> {
    client::post("/sessions", &draft).await
}

/// `POST /sessions/link` with an address: asks for a link.
pub async fn ask_sign_in_link(draft: SignInLinkDraft) -> Result<(), ApiError> {
    client::post_quietly("/sessions/link", &draft).await
}

/// `POST /sessions/link` with the link's token: signs in.
pub async fn use_sign_in_link(draft: SignInLinkDraft) -> Result<Session, ApiError> {
    client::post("/sessions/link", &draft).await
}

/// `DELETE /sessions/current`
pub async fn end_session() -> Result<(), ApiError> {
    client::delete("/sessions/current").await
}

/// `GET /me`
pub async fn find_me() -> Result<Versioned<Me>, ApiError> {
    client::get_versioned("/me").await
}

/// Reads one's own account again, after one's roles have changed.
pub async fn reload_me() {
    if let Ok(me) = find_me().await {
        session::show(me.value);
    }
}

/// `PATCH /me`
pub async fn update_me(etag: &str, draft: &UpdateMeDraft) -> Result<Versioned<Me>, ApiError> {
    client::patch("/me", etag, draft).await
}

/// `POST /me/email`: a link goes to the new address.
pub async fn change_email(draft: ChangeEmailDraft) -> Result<(), ApiError> {
    client::post_quietly("/me/email", &draft).await
}

/// `POST /me/password`
pub async fn change_password(draft: ChangePasswordDraft) -> Result<(), ApiError> {
    client::post_quietly("/me/password", &draft).await
}

/// `GET /me/sessions`
pub async fn list_my_sessions() -> Result<Page<SessionSummary>, ApiError> {
    client::get("/me/sessions").await
}

/// `DELETE /me/sessions/{id}`
pub async fn end_my_session(id: SessionId) -> Result<(), ApiError> {
    client::delete(&format!("/me/sessions/{id}")).await
}
