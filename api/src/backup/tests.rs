use crate::{
    backup::{self, archive, seal},
    config::Config,
    db::{self, Database},
    file::Storage,
    testing::TestApp,
};
use sea_orm::{ConnectionTrait, Statement};
use std::{
    cell::Cell,
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// A server with something of every kind of column in it, and a file.
async fn filled() -> TestApp {
    let app = TestApp::start().await;
    app.coordinator().await;
    let organisation = app.organisation("Спілка «Водій» \"и\"\\\n𝄞", "business").await;
    app.of(organisation, "owner").await;
    let now = app.state.clock.now().0;
    app.insert(
        "mailed_link",
        &[
            ("hash", vec![0u8, 255, 16].into()),
            ("purpose", "reset".into()),
            ("email", "a@example.org".into()),
            ("expires_at", now.into()),
            ("created_at", now.into()),
        ],
    )
    .await;
    // More rows than go into one statement.
    let many = "INSERT INTO attempt (bucket, slot, count) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT 'many', i, 1 FROM n";
    let tx = app.state.write_as_system().await.unwrap();
    tx.execute_unprepared(many).await.unwrap();
    tx.commit().await.unwrap();
    app.state.files.write("ab/c.full", vec![7; 1000]).await.unwrap();
    app
}

/// An empty SQLite database and store of files in a folder.
async fn elsewhere(folder: &Path) -> (Database, Storage) {
    let mut config: Config = serde_json::from_str("{}").unwrap();
    config.data_dir = folder.to_owned();
    (db::connect(&config.database_url()).await.unwrap(), Storage::open(&config).unwrap())
}

async fn take(app: &TestApp, folder: &Path) -> PathBuf {
    backup::backup(&app.state.db, &app.state.files, app.state.clock.now(), folder).await.unwrap()
}

/// What the tables and files of an archive say, in no order of rows.
fn content(archive: &Path) -> BTreeMap<String, Vec<String>> {
    let archive = File::open(archive).unwrap();
    let entries = archive::entries(&archive).unwrap();
    let content = |entry: &archive::Found| String::from_utf8_lossy(&entry.read(&archive).unwrap()).into_owned();
    let rows = |text: String| {
        // The databases space their JSON differently.
        let mut rows: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str(line).map_or(line.to_owned(), |row: serde_json::Value| row.to_string()))
            .collect();
        rows.sort();
        rows
    };
    entries
        .iter()
        .filter(|entry| entry.name.contains('/'))
        .map(|entry| (entry.name.clone(), rows(content(entry))))
        .collect()
}

#[actix_web::test]
async fn what_was_backed_up_is_restored_into_a_database_of_either_kind() {
    let app = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let first = take(&app, folder.path()).await;
    assert!(first.ends_with("spilno-2026-11-23T09-30-00Z.tar"));

    let (database, files) = elsewhere(&folder.path().join("sqlite")).await;
    backup::restore(&database, &files, &first).await.unwrap();
    let second =
        backup::backup(&database, &files, app.state.clock.now(), &folder.path().join("second.tar")).await.unwrap();
    assert_eq!(content(&first), content(&second));
    assert_eq!(content(&first)["tables/organisation.jsonl"].len(), 1);
    assert!(content(&first).contains_key("files/ab/c.full"));

    // Back into a database of the kind that this test runs on, which goes on working.
    let back = TestApp::start().await;
    backup::restore(&back.state.db, &back.state.files, &second).await.unwrap();
    assert_eq!(content(&take(&back, &folder.path().join("third.tar")).await), content(&first));
    back.coordinator().await;
    database.close().await;
    back.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_database_with_something_in_it_is_left_alone() {
    let app = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let archive = take(&app, folder.path()).await;

    let refused = backup::restore(&app.state.db, &app.state.files, &archive).await.unwrap_err();

    assert!(refused.to_string().starts_with("the database is not empty"), "{refused:#}");
    assert!(
        backup::backup(&app.state.db, &app.state.files, app.state.clock.now(), &archive).await.is_err(),
        "nor is an archive written over"
    );
    app.stop().await;
}

#[actix_web::test]
async fn one_flipped_byte_is_found() {
    let app = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let archive = take(&app, folder.path()).await;
    let good = fs::read(&archive).unwrap();
    let damaged = folder.path().join("damaged.tar");
    let is_found = |bytes: &[u8]| {
        fs::write(&damaged, bytes).unwrap();
        seal::check(&File::open(&damaged).unwrap()).is_err()
    };

    assert!(!is_found(&good));
    let tail = good.len() - 2048;
    for at in (0..tail).step_by(9973).chain((tail..good.len()).step_by(61)) {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        assert!(is_found(&bytes), "byte {at} of {}", good.len());
    }
    assert!(is_found(&good[..good.len() - 1]) && is_found(&good[..tail]) && is_found(&[]));
    assert!(is_found(&[good.as_slice(), &[0]].concat()));
    app.stop().await;
}

#[actix_web::test]
async fn a_backup_while_others_write_is_of_one_moment() {
    let app = filled().await;
    let folder = tempfile::tempdir().unwrap();
    app.run_due().await;
    // Each write puts one row into each of two tables.
    let write = async |n: i64| {
        let tx = app.state.write_as_system().await.unwrap();
        for sql in [
            "INSERT INTO attempt (bucket, slot, count) VALUES ('b', $1, 1)",
            "INSERT INTO schedule_slot (schedule, slot) VALUES ('s', $1)",
        ] {
            tx.execute_raw(Statement::from_sql_and_values(app.state.db.backend(), sql, [n.into()])).await.unwrap();
        }
        tx.commit().await.unwrap();
    };
    // Backups go on until somebody has written meanwhile, and writers until the backups are done.
    let (done, written) = (Cell::new(false), Cell::new(0));
    let backing_up = async {
        let mut archives = Vec::new();
        while written.get() < 3 {
            archives.push(take(&app, &folder.path().join(format!("{}.tar", archives.len()))).await);
        }
        done.set(true);
        archives
    };
    let writing = async {
        while !done.get() {
            write(written.get() + 1).await;
            written.set(written.get() + 1);
        }
    };
    let (archives, ()) = futures_util::join!(backing_up, writing);

    for archive in archives {
        let content = content(&archive);
        let count = |table: &str, row: &str| {
            content[&format!("tables/{table}.jsonl")].iter().filter(|line| line.starts_with(row)).count()
        };
        assert_eq!(count("attempt", "[\"b\""), count("schedule_slot", "[\"s\""));
    }
    app.stop().await;
}
