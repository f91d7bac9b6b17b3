use crate::{
    change::Follower,
    events::NewEvent,
    testing::{COMMUNITY, TestApp},
};
use shared::change::{EventKind, Thing};
use uuid::Uuid;

#[actix_web::test]
async fn a_change_arrives_at_an_open_stream() {
    let app = TestApp::start().await;
    let follower = Follower::start(app.state.clone()).await.unwrap();
    let (issue, _) = app.open_issue().await;
    let mut stream = app.anyone().listen("/stream").await;
    assert_eq!(stream.status, 200);
    assert_eq!(stream.headers.get("content-type").unwrap(), "text/event-stream");
    let end = app.anyone().now().await;
    assert_eq!(stream.next().await.unwrap(), format!("retry: 2000\nid: {end}"));

    app.citizen().await.does(format!("{issue}/support")).await.expect(200);

    let change = stream.change().await;
    assert_eq!((change["what"].as_str(), change["number"].as_i64()), (Some("issue_supported"), Some(end + 1)));
    follower.stop();
    app.stop().await;
}

#[actix_web::test]
async fn a_stream_goes_on_after_the_last_number_one_has() {
    let app = TestApp::start().await;
    let follower = Follower::start(app.state.clone()).await.unwrap();
    let (issue, _) = app.open_issue().await;
    let all = app.anyone().changes(0).await;

    let mut stream = app.anyone().with("Last-Event-ID", all[0]["number"].clone()).listen("/stream?since=0").await;

    assert_eq!(stream.next().await.unwrap(), format!("retry: 2000\nid: {}", all[0]["number"]));
    assert_eq!(stream.change().await, all[1]);
    app.citizen().await.does(format!("{issue}/support")).await.expect(200);
    assert_eq!(stream.change().await["what"], "issue_supported");
    assert_eq!(app.anyone().with("Last-Event-ID", "x").get("/stream").await.problem(), "400 malformed");
    follower.stop();
    app.stop().await;
}

#[actix_web::test]
async fn a_stream_tells_each_reader_what_they_may_see_by_cookie_too() {
    let app = TestApp::start().await;
    let follower = Follower::start(app.state.clone()).await.unwrap();
    let (issue, _) = app.open_issue().await;
    let reporter = app.citizen().await;
    let mut own = reporter.by_cookie().listen(&format!("/stream?community={COMMUNITY}")).await;
    let mut stranger = app.citizen().await.listen("/stream").await;
    own.next().await.unwrap();
    stranger.next().await.unwrap();
    let elsewhere = reporter.by_cookie().with("Sec-Fetch-Site", "cross-site").get("/stream").await;
    assert_eq!(elsewhere.status, 403, "pages of others hear nothing");

    reporter.reports_in("health").await;
    app.citizen().await.does(format!("{issue}/support")).await.expect(200);

    assert_eq!(own.change().await["what"], "issue_reported");
    assert_eq!(own.change().await["what"], "issue_supported");
    assert_eq!(stranger.change().await["what"], "issue_supported", "nothing of the private one");
    follower.stop();
    app.stop().await;
}

#[actix_web::test]
async fn a_stream_ends_with_its_session() {
    let app = TestApp::start().await;
    let follower = Follower::start(app.state.clone()).await.unwrap();
    let (issue, _) = app.open_issue().await;
    let citizen = app.citizen().await;
    let mut stream = citizen.by_cookie().listen("/stream").await;
    let mut other = app.citizen().await.listen("/stream").await;
    stream.next().await.unwrap();
    other.next().await.unwrap();

    citizen.delete(&format!("/me/sessions/{}", citizen.session())).await.expect(204);

    assert_eq!(stream.next().await, None);
    app.citizen().await.does(format!("{issue}/support")).await.expect(200);
    assert_eq!(other.change().await["what"], "issue_supported", "others go on");
    follower.stop();
    app.stop().await;
}

#[actix_web::test]
async fn streams_end_when_the_process_stops() {
    let app = TestApp::start().await;
    let mut stream = app.anyone().listen("/stream").await;
    stream.next().await.unwrap();

    app.state.live.stop();

    assert_eq!(stream.next().await, None);
    let mut late = app.anyone().listen("/stream").await;
    late.next().await.unwrap();
    assert_eq!(late.next().await, None);
    app.stop().await;
}

#[actix_web::test]
async fn what_another_process_commits_is_heard_and_ends_sessions_here() {
    let app = TestApp::start().await;
    let follower = Follower::start(app.state.clone()).await.unwrap();
    let community = app.community().await;
    let citizen = app.citizen().await;
    citizen.get("/me").await.expect(200);
    let mut stream = app.anyone().listen("/stream").await;
    let mut own = citizen.listen("/stream").await;
    stream.next().await.unwrap();
    own.next().await.unwrap();

    let other = app.replica().await;
    let mut tx = other.write_as_system().await.unwrap();
    crate::db::Sql::with("UPDATE session SET ended_at = 1 WHERE id = $1", [citizen.session().into()])
        .run(&*tx)
        .await
        .unwrap();
    tx.record(NewEvent::new(EventKind::SessionEnded, Thing::Session, citizen.session().0).account(citizen.id()));
    tx.record(NewEvent::new(EventKind::CommunityChanged, Thing::Community, Uuid::from_u128(1)).community(community));
    tx.commit().await.unwrap();

    assert_eq!(stream.change().await["what"], "community_changed");
    assert_eq!(own.next().await, None);
    assert_eq!(citizen.get("/me").await.problem(), "401 unauthenticated");
    other.db.clone().close().await;
    follower.stop();
    app.stop().await;
}

#[actix_web::test]
async fn while_other_processes_are_not_heard_nobody_is_remembered() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    citizen.get("/me").await.expect(200);

    app.state.sessions.set_deaf(true);
    app.execute("UPDATE session SET ended_at = 1").await;

    assert_eq!(citizen.get("/me").await.problem(), "401 unauthenticated");
    app.stop().await;
}
