//! `spilno backup` and `spilno restore`: database and files in one archive, the same for SQLite and
//! PostgreSQL, so that a backup of one can be restored into the other.
//!
//! The archive is a tar: `tables/<table>.jsonl` (a row a line, values in the manifest's order of
//! columns, bytes and ids as hex digits), `files/<name>`, `manifest.json`, and a seal over all of
//! it, by which any flipped byte is found. The secret is not in it: keep that elsewhere.

mod archive;
mod columns;
mod dump;
mod load;
mod seal;

#[cfg(test)]
mod tests;

pub use dump::backup;
pub use load::restore;

use columns::Column;
use serde::{Deserialize, Serialize};
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// The archive's shape; a program refuses one it does not know.
const FORMAT: u32 = 1;

/// What an archive holds.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    made_at: Timestamp,
    /// The changes of the database's tables that had run, oldest first.
    migrations: Vec<String>,
    tables: BTreeMap<String, Table>,
    files: u64,
}

/// One table: its columns in the order of the values, and how many rows there are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    columns: Vec<Column>,
    rows: u64,
}
