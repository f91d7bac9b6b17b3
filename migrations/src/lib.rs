//! The database's history: one folder per change, plain SQL up and down, for both databases.
//!
//! The SQL is the part that SQLite and PostgreSQL share; `{uuid}` and `{bytes}` stand for the
//! types they name differently. Where the databases differ more, a change has a file for each.
//! A released change is never edited, and nothing here knows the entities.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{
    DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Every change, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        CHANGES.iter().map(|change| -> Box<dyn MigrationTrait> { Box::new(*change) }).collect()
    }
}

/// One change, up and down.
#[derive(Debug, Clone, Copy)]
struct Change {
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

/// The SQL of every change, for telling whether a database made earlier is still the same.
pub fn sources() -> impl Iterator<Item = &'static str> {
    CHANGES.iter().map(|change| change.up)
}

macro_rules! changes {
    ($($name:literal),+ $(,)?) => {
        const CHANGES: &[Change] = &[$(Change {
            name: $name,
            up: include_str!(concat!($name, "/up.sql")),
            down: include_str!(concat!($name, "/down.sql")),
        }),+];
    };
}

changes![
    "m001_base",
    "m002_accounts",
    "m003_communities",
    "m004_files",
    "m005_issues",
    "m006_indicators",
    "m007_tasks",
    "m008_rollups",
    "m009_once_public",
    "m010_hidden_work",
    "m011_waiting_main",
    "m012_due_months",
];

impl Change {
    async fn run(&self, manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
        let database = manager.get_connection();
        for statement in statements(sql, database.get_database_backend()) {
            database.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.run(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.run(manager, self.down).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The statements of a file, for one database. A line `-- only sqlite` or `-- only postgres`
/// before a statement keeps it from the other.
fn statements(sql: &str, backend: DbBackend) -> Vec<String> {
    let (name, uuid, bytes) = match backend {
        DbBackend::Postgres => ("postgres", "uuid", "bytea"),
        _ => ("sqlite", "blob", "blob"),
    };
    sql.split(";\n")
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|statement| {
            statement.lines().any(|line| !line.trim_start().starts_with("--") && !line.trim().is_empty())
        })
        .filter(|statement| {
            statement.lines().find_map(|line| line.trim().strip_prefix("-- only ")).is_none_or(|only| only == name)
        })
        .map(|statement| statement.replace("{uuid}", uuid).replace("{bytes}", bytes))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_can_be_for_one_database_only() {
        let sql = "CREATE TABLE a (id {uuid});\n\n-- only sqlite\nCREATE VIRTUAL TABLE b;\n-- only postgres\nCREATE INDEX c;\n";

        assert_eq!(statements(sql, DbBackend::Sqlite).len(), 2);
        assert_eq!(statements(sql, DbBackend::Postgres)[0], "CREATE TABLE a (id uuid)");
    }
}
