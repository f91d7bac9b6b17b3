//! The contract between the server and its clients: ids, bodies, permissions, rules and texts.
//!
//! Everything here is pure: no clock, no database, no network. The server decides with these
//! rules and the browser draws with the same ones.

pub mod ids;
pub mod time;
pub mod problem;
pub mod draft;
pub mod page;
mod body;
pub mod words;
pub mod transition;
pub mod fields;
pub mod permission;
pub mod text;
pub mod names;
pub mod place;
pub mod routes;
pub mod reason;
pub mod account;
pub mod mailed_link;
pub mod community;
pub mod organisation;
pub mod category;
pub mod issue;
pub mod task;
pub mod offer;
pub mod commitment;
pub mod goal;
pub mod indicator;
pub mod dashboard;
pub mod inbox;
pub mod change;
pub mod upload;
#[cfg(feature = "db")]
pub mod territory;

#[cfg(test)]
mod histories;
