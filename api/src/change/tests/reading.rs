use crate::{
    events::{self, NewEvent},
    testing::{COMMUNITY, TestApp},
};
use futures_util::future::{join, join_all};
use insta::assert_snapshot;
use serde_json::json;
use shared::change::{EventKind, Thing};
use uuid::Uuid;

#[actix_web::test]
async fn a_slow_committer_never_makes_a_reader_miss_one() {
    let app = TestApp::start().await;
    let community = app.community().await;
    let other = app.replica().await;
    let reader = app.anyone();
    let began = reader.now().await;
    // Each has its number for a while before it commits, and some give up after all.
    let writers = (0..32u128).map(|n| {
        let other = &other;
        async move {
            let tx = other.db.begin().await.unwrap();
            let event =
                NewEvent::new(EventKind::CommunityChanged, Thing::Community, Uuid::from_u128(n)).community(community);
            events::append(&tx, other.clock.now(), &[event]).await.unwrap();
            for _ in 0..n % 7 {
                tokio::task::yield_now().await;
            }
            if n % 5 == 0 { tx.rollback().await.unwrap() } else { tx.commit().await.unwrap() }
        }
    });
    let expected = (0..32).filter(|n| n % 5 != 0).count();

    let read = async {
        let (mut since, mut seen) = (began, Vec::new());
        while seen.len() < expected {
            let page = reader.get(&format!("/changes?limit=3&since={since}")).await.expect(200).json();
            seen.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|change| (change["number"].as_i64().unwrap(), change["id"].as_str().unwrap().to_owned())),
            );
            since = page["next"].as_i64().unwrap();
        }
        seen
    };
    let (seen, _) = join(read, join_all(writers)).await;

    let again = reader.changes(began).await;
    assert_eq!(again.len(), expected);
    assert!(seen.is_sorted_by(|a, b| a.0 < b.0), "in commit order: {seen:?}");
    let again: Vec<_> = again
        .iter()
        .map(|change| (change["number"].as_i64().unwrap(), change["id"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(seen, again, "each once, none missed");
    other.db.clone().close().await;
    app.stop().await;
}

#[actix_web::test]
async fn what_happens_in_public_is_told_to_everybody_and_never_by_whom() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let organisation = app.organisation("Світло двору", "ngo").await;
    let editor = app.of(organisation, "editor").await.acting_for(organisation);
    editor.post(&format!("{issue}/comments"), json!({ "text": "Допоможемо" })).await.expect(201);
    app.citizen().await.does(format!("{issue}/support")).await.expect(200);

    let changes = app.anyone().changes(0).await;

    let told: Vec<String> = changes
        .iter()
        .map(|change| {
            let who = [&change["who"]["kind"], &change["who"]["role"], &change["who"]["organisation"]["name"]["uk"]];
            let who: Vec<&str> = who.into_iter().filter_map(|word| word.as_str()).collect();
            format!(
                "{} {} {}",
                change["what"].as_str().unwrap(),
                change["state"].as_str().unwrap_or("-"),
                who.join(" ")
            )
        })
        .collect();
    assert_snapshot!(told.join("\n"), @r"
    issue_reported reported resident
    issue_accepted open role coordinator
    comment_written - organisation Світло двору
    issue_supported - resident
    ");
    let text = serde_json::to_string(&changes).unwrap();
    for account in [reporter.id(), editor.id()] {
        assert!(!text.contains(&account.to_string()));
    }
    assert!(changes.iter().all(|change| change["issue"].as_str().unwrap() == issue.trim_start_matches("/issues/")));
    app.stop().await;
}

#[actix_web::test]
async fn a_private_issue_is_told_only_to_those_who_may_see_it() {
    let app = TestApp::start().await;
    app.community().await;
    let began = app.anyone().now().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports_in("health").await;
    app.coordinator().await.does(format!("{issue}/accept")).await.expect(200);
    reporter.post(&format!("{issue}/comments"), json!({ "text": "Чекаю" })).await.expect(201);

    let all = ["issue_reported", "issue_accepted", "comment_written"];
    assert_eq!(reporter.hears_since(began).await, all);
    assert_eq!(app.moderator().await.hears_since(began).await, all);
    for stranger in [app.anyone(), app.citizen().await, app.facilitator().await, app.main().await] {
        assert!(stranger.hears_since(began).await.is_empty());
    }
    let organisation = app.organisation("Лікарня", "authority").await;
    let editor = app.of(organisation, "editor").await;
    assert!(editor.hears_since(began).await.is_empty());
    let id: Uuid = issue.trim_start_matches("/issues/").parse().unwrap();
    app.insert(
        "issue_organisation",
        &[
            ("issue_id", id.into()),
            ("organisation_id", organisation.0.into()),
            ("community_id", app.community().await.0.into()),
            ("sector", "authority".into()),
            ("taken", false.into()),
        ],
    )
    .await;
    assert_eq!(editor.hears_since(began).await, all, "it works on it now");
    app.stop().await;
}

#[actix_web::test]
async fn a_report_that_waits_for_triage_was_never_there() {
    let app = TestApp::start().await;
    app.community().await;
    let began = app.anyone().now().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports().await;
    app.moderator()
        .await
        .post(&format!("{issue}/hide"), json!({ "reason": "insult", "words": "Образа" }))
        .await
        .expect(204);

    assert!(app.anyone().hears_since(began).await.is_empty());
    assert_eq!(reporter.hears_since(began).await, ["issue_reported", "issue_hidden"]);
    app.stop().await;
}

#[actix_web::test]
async fn what_was_hidden_or_made_private_is_gone_and_nothing_more_is_told_of_it() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let began = app.anyone().now().await;
    let moderator = app.moderator().await;
    moderator.post(&format!("{issue}/hide"), json!({ "reason": "insult", "words": "Образа" })).await.expect(204);
    let gone = app.anyone().changes(0).await;

    assert_eq!(gone.len(), 1);
    let mut only = gone[0].clone();
    assert_eq!(format!("/issues/{}", only["id"].as_str().unwrap()), issue);
    for varies in ["number", "at", "id"] {
        only[varies] = json!(null);
    }
    assert_snapshot!(only.to_string(), @r#"{"at":null,"community":null,"id":null,"issue":null,"number":null,"state":null,"thing":"issue","what":"gone","who":null}"#);
    assert_eq!(reporter.hears_since(began).await, ["issue_hidden"], "its reporter may know");

    moderator.delete(&format!("{issue}/hide")).await.expect(204);
    assert_eq!(app.anyone().hears_since(began).await, ["issue_hidden", "issue_shown"], "seen again, so told as it was");
    let version = moderator.get(&issue).await.header("etag").unwrap().to_owned();
    moderator.with("If-Match", version).patch(&issue, json!({ "private": true })).await.expect(200);
    reporter.post(&format!("{issue}/comments"), json!({ "text": "Чому?" })).await.expect(201);
    assert_eq!(app.anyone().hears_since(began).await, ["gone", "gone"]);
    app.stop().await;
}

#[actix_web::test]
async fn a_hidden_comment_is_gone_but_not_for_its_author() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let began = app.anyone().now().await;
    let author = app.citizen().await;
    let comment =
        author.post(&format!("{issue}/comments"), json!({ "text": "Хтось винен" })).await.expect(201).text("/id");
    assert_eq!(app.anyone().hears_since(began).await, ["comment_written"]);

    app.moderator()
        .await
        .post(&format!("/comments/{comment}/hide"), json!({ "reason": "insult", "words": "Образа" }))
        .await
        .expect(204);

    assert_eq!(app.anyone().hears_since(began).await, ["gone"]);
    assert_eq!(author.hears_since(began).await, ["comment_written", "comment_hidden"]);
    app.stop().await;
}

#[actix_web::test]
async fn an_account_hears_of_itself_alone_and_nobody_of_invitations() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Світло двору", "ngo").await;
    let owner = app.of(organisation, "owner").await;
    let began = app.anyone().now().await;
    owner.patch("/me", json!({ "language": "en" })).await;
    let slug = organisation.to_string();
    owner
        .post(&format!("/organisations/{slug}/invitations"), json!({ "email": "petro@example.org", "role": "member" }))
        .await
        .expect(201);

    assert!(app.anyone().hears_since(began).await.is_empty());
    assert!(app.main().await.hears_since(began).await.is_empty());
    assert!(owner.hears_since(began).await.iter().all(|what| what == "account_changed"));
    app.stop().await;
}

#[actix_web::test]
async fn changes_of_one_community_can_be_asked_for() {
    let app = TestApp::start().await;
    app.open_issue().await;
    app.add_community(shared::ids::CommunityId(Uuid::from_u128(2)), "verbova", "UA01020030000000001").await;

    let here = app.anyone().get(&format!("/changes?community={COMMUNITY}")).await.expect(200).json();
    assert_eq!(here["items"].as_array().unwrap().len(), 2);
    let there = app.anyone().get("/changes?community=verbova&since=1").await.expect(200);
    assert_snapshot!(there.json().to_string(), @r#"{"items":[],"more":false,"next":1}"#);
    assert_eq!(app.anyone().get("/changes?community=nowhere").await.problem(), "404 not_found");
    assert_eq!(app.anyone().get("/changes?sincee=1").await.problem(), "400 malformed");
    app.stop().await;
}
