//! The contract between the server and its clients: ids, bodies, permissions, rules and texts.
//!
//! Everything here is pure: no clock, no database, no network. The server decides with these
//! rules and the browser draws with the same ones.

pub mod account;
mod body;
pub mod category;
pub mod change;
pub mod commitment;
pub mod community;
pub mod dashboard;
pub mod demo;
pub mod draft;
pub mod fields;
pub mod goal;
pub mod ids;
pub mod inbox;
pub mod indicator;
pub mod issue;
pub mod mailed_link;
pub mod names;
pub mod offer;
pub mod organisation;
pub mod page;
pub mod permission;
pub mod place;
pub mod problem;
pub mod reason;
pub mod routes;
pub mod task;
#[cfg(feature = "db")]
pub mod territory;
pub mod text;
pub mod time;
pub mod transition;
pub mod upload;
pub mod words;

#[cfg(test)]
mod histories;
