use super::*;
use crate::{commitment, db::sql, issue, offer, task, testing::TestApp};
use sea_orm::FromQueryResult;

#[derive(Debug, PartialEq, Eq, FromQueryResult)]
struct Counted {
    issues: i64,
    tasks: i64,
    comments: i64,
    events: i64,
    states: i64,
}

async fn counted(app: &TestApp) -> Counted {
    sql::one(
        app.state.db.read(),
        "SELECT (SELECT count(*) FROM issue) AS issues, (SELECT count(*) FROM task) AS tasks, (SELECT count(*) FROM comment) AS comments, \
         (SELECT count(*) FROM event WHERE issue_id IS NOT NULL) AS events, (SELECT count(DISTINCT state) FROM issue) AS states",
        [],
    )
    .await
    .unwrap()
    .unwrap()
}

#[actix_web::test]
async fn a_seeded_community_is_read_like_any_other() {
    let app = TestApp::start().await;

    let seeded = seed(&app.state, 700, |_| {}).await.unwrap();

    let there = counted(&app).await;
    assert_eq!((there.issues, there.tasks, there.comments), (700, seeded.tasks.into(), seeded.comments.into()));
    assert!(there.tasks > 350 && there.comments > 700 && there.events > 3_500 && there.states == 6, "{there:?}");
    let list = app.anyone().get("/communities/seed/issues?limit=50&state=confirmed").await.expect(200).json();
    let issue = &list["items"][0];
    assert_eq!(list["items"].as_array().map(Vec::len), Some(50));
    let path = format!("/issues/{}", issue["id"].as_str().unwrap());
    let story = app.anyone().get(&path).await.expect(200).json();
    assert_eq!(story["state"], "confirmed");
    let history = app.anyone().get(&format!("{path}/history")).await.expect(200).json();
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().filter_map(|entry| entry["what"].as_str()).collect();
    assert!(kinds.first() == Some(&"issue_reported") && kinds.last() == Some(&"issue_confirmed"), "{kinds:?}");
    app.stop().await;
}

#[actix_web::test]
async fn time_alone_has_nothing_left_to_do_in_what_was_seeded() {
    let app = TestApp::start().await;
    seed(&app.state, 700, |_| {}).await.unwrap();
    let before = counted(&app).await;

    let state = &app.state;
    issue::sweep(state).await.unwrap();
    task::sweep(state).await.unwrap();
    offer::sweep(state).await.unwrap();
    commitment::sweep(state).await.unwrap();

    assert_eq!(counted(&app).await, before);
    assert_eq!(app.mails().await.len(), 0);
    app.stop().await;
}

#[actix_web::test]
async fn two_seeds_are_two_communities() {
    let app = TestApp::start().await;

    let first = seed(&app.state, 60, |_| {}).await.unwrap();
    let second = seed(&app.state, 60, |_| {}).await.unwrap();

    assert_eq!((first.community.as_str(), second.community.as_str()), ("seed", "seed-2"));
    assert_eq!(counted(&app).await.issues, 120);
    app.stop().await;
}
