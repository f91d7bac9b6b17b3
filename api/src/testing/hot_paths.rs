//! What reading costs the database: how many statements, and by which way their rows are found.
//!
//! A list takes at most three statements, a single thing five, and none goes through a whole table. Two
//! lists take more: the log, which asks what each reader may know now, and the inbox, which asks every
//! feature that has something waiting.

use crate::{
    seed,
    testing::{Client, TestApp},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::mem;

/// Statements of a list.
const LIST: usize = 3;
/// Statements of a single thing.
const DETAIL: usize = 5;

/// Statements of a page of the log.
const LOG: usize = 7;
/// Statements of the inbox.
const INBOX: usize = 8;

#[actix_web::test]
async fn reading_takes_few_statements_and_no_way_through_whole_tables() {
    let (app, recorded) = TestApp::start_recording().await;
    seed::seed(&app.state, 600, |_| {}).await.unwrap();
    if app.state.db.backend() == DbBackend::Sqlite {
        // What was counted while there is one community says that going through all is as good.
        app.execute("DELETE FROM sqlite_stat1").await;
    }
    let (anyone, main) = (app.anyone(), app.main().await);
    let mut faults = Vec::new();

    for (path, most) in paths(&anyone).await {
        for (who, caller) in [("anyone", &anyone), ("main coordinator", &main)] {
            // The first time fills what is kept for the next.
            if caller.get(&path).await.status == 401 {
                continue;
            }
            mem::take(&mut *recorded.lock().unwrap());
            caller.get(&path).await.expect(200);
            let statements = mem::take(&mut *recorded.lock().unwrap());
            if statements.len() > most {
                faults.push(format!("{path} ({who}): {} statements, not {most}", statements.len()));
            }
            for statement in statements {
                for step in scans(&app, &statement).await {
                    faults.push(format!("{path} ({who}): {step}\n    {}", statement.sql));
                }
            }
        }
    }

    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    app.stop().await;
}

/// What is read most, with the statements it may take.
async fn paths(anyone: &Client<'_>) -> Vec<(String, usize)> {
    let community = "/communities/seed";
    let id = async |path: String| {
        let found = anyone.get(&path).await.expect(200).json();
        found["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{path} is empty")).to_owned()
    };
    let issue = format!("/issues/{}", id(format!("{community}/issues?state=in_progress")).await);
    let task = format!("/tasks/{}", id(format!("{community}/tasks?state=accepted")).await);
    let lists = [
        "/communities".to_owned(),
        format!("{community}/issues"),
        format!("{community}/issues?sort=most_supported&state=open,in_progress"),
        format!("{community}/issues?sort=longest_waiting&category=roads,water"),
        format!("{community}/issues?sort=recently_changed&sector=business"),
        format!("{community}/issues?words=%D0%BB%D1%96%D1%85%D1%82%D0%B0%D1%80"),
        format!("{community}/tasks"),
        format!("{community}/tasks?state=accepted&sector=ngo"),
        format!("{community}/organisations"),
        format!("{community}/categories"),
        format!("{community}/indicators"),
        format!("{issue}/comments"),
        format!("{issue}/history"),
        format!("{issue}/tasks"),
        format!("{issue}/commitments"),
        format!("{task}/offers"),
        format!("{task}/commitments"),
        "/organisations".to_owned(),
        "/me/sessions".to_owned(),
    ];
    let details = [community.to_owned(), format!("{community}/dashboard"), issue, task, "/me".to_owned()];
    let others = [("/changes", LOG), ("/changes?community=seed", LOG), ("/inbox", INBOX)];
    let others = others.map(|(path, most)| (path.to_owned(), most));
    lists.map(|path| (path, LIST)).into_iter().chain(details.map(|path| (path, DETAIL))).chain(others).collect()
}

/// The steps of a statement that go through a whole table although there is a better way, or none.
async fn scans(app: &TestApp, statement: &Statement) -> Vec<String> {
    let database = app.state.db.snapshot().await.unwrap();
    let sqlite = database.get_database_backend() == DbBackend::Sqlite;
    let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    // Small tables are read whole because they are small; asked not to, only what has no other way does.
    let without_sizes = if sqlite { "ANALYZE sqlite_schema" } else { "SET LOCAL enable_seqscan = off" };
    database.execute_unprepared(without_sizes).await.unwrap();
    let mut explained = statement.clone();
    explained.sql = format!("{explain} {}", statement.sql);
    let steps = database.query_all_raw(explained).await.unwrap();
    let column = if sqlite { "detail" } else { "QUERY PLAN" };
    let steps = steps.iter().map(|step| step.try_get::<String>("", column).unwrap());
    if sqlite {
        steps.filter(|step| is_scan(step)).collect()
    } else {
        steps.filter(|step| step.contains("Seq Scan on ")).collect()
    }
}

/// Whether a step of SQLite's plan goes through a table, not through an index of it, a result before, or nothing.
fn is_scan(step: &str) -> bool {
    step.strip_prefix("SCAN ").is_some_and(|what| {
        !what.contains(" USING ") && !what.contains(" VIRTUAL TABLE ") && what != "CONSTANT ROW" && what != "counted"
    })
}
