//! What tests of the API stand on: a server in the process, a database of its own, a clock that
//! stands, and callers as values.
//!
//! The database is SQLite, or, with `SPILNO_TEST_DATABASE_URL`, a database on that PostgreSQL.

mod app;
mod client;
mod database;
mod equal_ids;
mod hot_paths;
mod people;
mod smtp;
mod tasks;
mod who_may_call;

pub(crate) use app::{Mailed, TestApp};
pub(crate) use client::{Answered, Client, Listening};
pub(crate) use people::COMMUNITY;
pub(crate) use smtp::Smtp;
pub(crate) use tasks::Taken;
