//! The kernel: how requests come in and answers go out.

pub mod answer;
pub mod assets;
pub mod context;
pub mod docs;
pub mod error;
pub mod extract;
pub mod headers;
pub mod html;
pub mod idempotency;
mod metrics;
mod observe;
pub mod openapi;
pub mod page;
pub mod pages;
pub mod routes;
pub mod server;
