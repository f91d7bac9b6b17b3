//! A fresh, migrated database for each test, copied from a template that is made once.

use crate::db::{self, Database};
use aws_lc_rs::digest;
use sea_orm::{ConnectionTrait, Database as SeaOrm};
use std::path::PathBuf;

/// A database that goes with the test; the folder also holds the test's files and mails.
pub(super) struct TestDatabase {
    pub(super) url: String,
    pub(super) folder: tempfile::TempDir,
    /// The PostgreSQL server and the database on it, to be dropped with the test.
    pub(super) drop: Option<(String, String)>,
}

impl TestDatabase {
    pub(super) async fn make() -> TestDatabase {
        let folder = tempfile::tempdir().unwrap();
        #[expect(clippy::disallowed_methods, reason = "how the test runner names the database server")]
        match std::env::var("SPILNO_TEST_DATABASE_URL") {
            Ok(server) => {
                let name = format!("test_{}", uuid::Uuid::new_v4().simple());
                let admin = SeaOrm::connect(&server).await.unwrap();
                let template = postgres_template(&server, &admin).await;
                admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
                admin.close().await.unwrap();
                TestDatabase { url: on_server(&server, &name), folder, drop: Some((server, name)) }
            }
            Err(_) => {
                let file = folder.path().join("spilno.sqlite");
                std::fs::copy(sqlite_template().await, &file).unwrap();
                TestDatabase { url: format!("sqlite:{}", file.display()), folder, drop: None }
            }
        }
    }
}

/// The template's name changes with the migrations.
fn fingerprint() -> String {
    let changes: String = migrations::sources().collect();
    let hash = digest::digest(&digest::SHA256, changes.as_bytes());
    hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

async fn sqlite_template() -> PathBuf {
    let file = std::env::temp_dir().join(format!("spilno-template-{}.sqlite", fingerprint()));
    if !file.exists() {
        // Several tests may make it at once; the last rename wins, and all are equal.
        let making = tempfile::tempdir().unwrap();
        let database = migrated(&format!("sqlite:{}", making.path().join("making.sqlite").display())).await;
        let beside = file.with_extension(uuid::Uuid::new_v4().simple().to_string());
        database.read().execute_unprepared(&format!("VACUUM INTO '{}'", beside.display())).await.unwrap();
        std::fs::rename(beside, &file).unwrap();
        database.close().await;
    }
    file
}

async fn postgres_template(server: &str, admin: &sea_orm::DatabaseConnection) -> String {
    let name = format!("spilno_template_{}", fingerprint());
    let exists = |rows: Vec<sea_orm::QueryResult>| !rows.is_empty();
    let ask = sea_orm::Statement::from_string(
        sea_orm::DbBackend::Postgres,
        format!("SELECT 1 AS one FROM pg_database WHERE datname = '{name}'"),
    );
    if exists(admin.query_all_raw(ask.clone()).await.unwrap()) {
        return name;
    }
    let making = format!("making_{}", uuid::Uuid::new_v4().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {making}")).await.unwrap();
    migrated(&on_server(server, &making)).await.close().await;
    // Whoever renames first has made the template; the others' work is thrown away.
    if admin.execute_unprepared(&format!("ALTER DATABASE {making} RENAME TO {name}")).await.is_err() {
        admin.execute_unprepared(&format!("DROP DATABASE {making}")).await.unwrap();
    }
    name
}

async fn migrated(url: &str) -> Database {
    let database = db::connect(url).await.unwrap();
    db::migrate(&database).await.unwrap();
    database
}

fn on_server(server: &str, name: &str) -> String {
    let mut url: url::Url = server.parse().unwrap();
    url.set_path(name);
    url.to_string()
}
