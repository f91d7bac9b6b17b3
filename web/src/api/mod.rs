//! The API as functions: the only code that knows its addresses.
//!
//! One file for each feature (`api/issues.rs`, `api/tasks.rs`, ...), one function for each operation,
//! named after it, taking and returning types of `shared`:
//!
//! ```ignore
//! /// `GET /communities/{slug}/issues`
//! pub async fn list_issues(slug: &str, filter: &ListIssues) -> Result<Page<IssueSummary>, ApiError> {
//!     client::get(&format!("/communities/{slug}/issues{}", client::query(filter))).await
//! }
//! ```
//!
//! Reads that are called in a `LocalResource` run again by themselves when the reader signs in or out,
//! acts for another organisation, or changes the language; they are given up when their page is left.

pub mod account;
pub mod changes;
pub mod client;
pub mod commitments;
pub mod communities;
pub mod dashboard;
mod error;
pub mod inbox;
pub mod indicators;
pub mod issues;
pub(crate) mod locks;
pub mod offers;
pub mod organisations;
mod refresh;
pub mod settings;
mod steps;
pub mod tasks;
pub mod triage;
pub mod uploads;

pub use client::Versioned;
pub use error::ApiError;
pub use refresh::refresh_session;
pub use steps::Step;
