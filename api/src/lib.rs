//! The server of Spilno: a JSON API over SQLite or PostgreSQL, with the web app inside.

pub mod cli;
pub mod config;
pub mod clock;
pub mod state;
pub mod db;
pub mod events;
pub mod auth;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod backup;
pub mod file;
pub mod account;
pub mod local;
pub mod wording;
pub mod search;
pub mod issue;
pub mod health;
mod alphabet;
mod community;
mod organisation;
mod indicator;
mod invitation;

#[cfg(test)]
mod testing;
