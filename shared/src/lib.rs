//! The contract between the server and its clients: ids, bodies, permissions, rules and texts.
//!
//! Everything here is pure: no clock, no database, no network. The server decides with these
//! rules and the browser draws with the same ones.

pub mod ids;
pub mod time;
pub mod problem;
pub mod draft;
pub mod page;
pub mod permission;
pub mod text;
