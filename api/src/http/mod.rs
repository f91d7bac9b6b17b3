//! The kernel: how requests come in and answers go out.

pub mod error;
pub mod context;
mod observe;
mod metrics;
pub mod extract;
pub mod answer;
pub mod idempotency;
pub mod page;
pub mod html;
pub mod openapi;
pub mod docs;
pub mod pages;
pub mod headers;
pub mod assets;
pub mod server;
