//! The server of Spilno: a JSON API over SQLite or PostgreSQL, with the web app inside.

pub mod account;
mod alphabet;
pub mod auth;
pub mod backup;
pub mod change;
pub mod cli;
pub mod clock;
pub mod commitment;
mod community;
pub mod config;
pub mod dashboard;
pub mod db;
pub mod demo;
pub mod events;
pub mod file;
pub mod health;
pub mod http;
pub mod inbox;
mod indicator;
mod invitation;
pub mod issue;
pub mod jobs;
pub mod local;
pub mod mail;
pub mod offer;
mod organisation;
pub mod search;
pub mod seed;
pub mod state;
pub mod task;
pub mod wording;

#[cfg(test)]
mod testing;
