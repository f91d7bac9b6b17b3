use crate::testing::TestApp;
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn a_comment_is_rendered_and_its_author_is_a_resident() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    app.mails().await;
    let neighbour = app.citizen().await;

    let written = neighbour
        .post(&format!("{issue}/comments"), json!({ "text": "**Так**, і <script>alert(1)</script>" }))
        .await
        .expect(201);
    assert_eq!(
        (written.text("/html"), written.text("/text")),
        ("<p><strong>Так</strong>, і </p>".into(), "**Так**, і <script>alert(1)</script>".into())
    );
    let public = app.anyone().get(&format!("{issue}/comments")).await.expect(200).json();
    assert_snapshot!(public["items"][0]["who"].to_string(), @r#"{"kind":"resident","name":null}"#);
    assert_eq!(public["items"][0]["text"], json!(null));
    assert_eq!(app.anyone().get(&issue).await.json()["comments"], json!(1));
    let mails = app.mails().await;
    assert_eq!((mails.len(), mails[0].to.clone()), (1, format!("{}@example.org", reporter.id())));
    app.stop().await;
}

#[actix_web::test]
async fn those_who_speak_for_somebody_are_shown_as_that() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let ngo = app.organisation("Зелене місто", "ngo").await;
    let path = format!("{issue}/comments");

    app.of(ngo, "member").await.acting_for(ngo).post(&path, json!({ "text": "Допоможемо" })).await.expect(201);
    app.wait(TimeDelta::seconds(1));
    app.coordinator().await.post(&path, json!({ "text": "Дякуємо" })).await.expect(201);

    let items = app.anyone().get(&path).await.json()["items"].clone();
    assert_eq!(items[0]["who"]["organisation"]["name"]["uk"], json!("Зелене місто"));
    assert_eq!(items[1]["who"]["role"], json!("coordinator"));
    app.stop().await;
}

#[actix_web::test]
async fn one_changes_and_deletes_only_ones_own_comment_and_a_trace_stays() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let (author, other) = (app.citizen().await, app.citizen().await);
    let comment = format!(
        "/comments/{}",
        author.post(&format!("{issue}/comments"), json!({ "text": "Раз" })).await.expect(201).text("/id")
    );

    assert_snapshot!(other.patch(&comment, json!({ "text": "Два" })).await.problem(), @"403 forbidden");
    assert_snapshot!(author.with("If-Match", "\"v9.0\"").patch(&comment, json!({ "text": "Два" })).await.problem(), @"412 changed");
    let edited = author.patch(&comment, json!({ "text": "Два" })).await.expect(200);
    app.wait(TimeDelta::seconds(1));
    assert_eq!((edited.text("/html"), edited.json()["edited_at"].is_string()), ("<p>Два</p>".into(), true));
    author.delete(&comment).await.expect(204);
    let left = app.anyone().get(&format!("{issue}/comments")).await.json()["items"][0].clone();
    assert_eq!((left["deleted"].clone(), left["html"].clone()), (json!(true), json!("")));
    assert_eq!(app.anyone().get(&issue).await.json()["comments"], json!(0));
    assert_snapshot!(author.delete(&comment).await.problem(), @"404 not_found");

    let past = format!("{comment}/past");
    assert_snapshot!(author.get(&past).await.problem(), @"403 forbidden");
    let said = app.moderator().await.get(&past).await.expect(200).json();
    assert_eq!((&said["items"][0]["html"], &said["items"][1]["html"]), (&json!("<p>Два</p>"), &json!("<p>Раз</p>")));

    let bodies = "SELECT count(*) AS count FROM wording JOIN comment_past ON comment_past.wording_id = wording.id WHERE body IS NOT NULL";
    assert_eq!(app.count(bodies).await, 2);
    app.wait(TimeDelta::days(91));
    app.run_due().await;
    assert_eq!(app.count("SELECT count(*) AS count FROM wording WHERE body = 'Раз' OR body = 'Два'").await, 0);
    app.stop().await;
}

#[actix_web::test]
async fn comments_before_triage_become_public_with_it() {
    let app = TestApp::start().await;
    let ngo = app.organisation("Зелене місто", "ngo").await;
    let issue = app.of(ngo, "member").await.acting_for(ngo).reports().await;
    let neighbour = app.citizen().await;
    neighbour.post(&format!("{issue}/comments"), json!({ "text": "Бачила" })).await.expect(201);
    let seen_by = async |reader: crate::testing::Client<'_>| {
        reader.get(&format!("{issue}/comments")).await.json()["items"].as_array().unwrap().len()
    };

    assert_eq!(
        (seen_by(app.anyone()).await, seen_by(neighbour.clone()).await, seen_by(app.moderator().await).await),
        (0, 1, 1)
    );
    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);
    assert_eq!(seen_by(app.anyone()).await, 1);
    app.stop().await;
}

#[actix_web::test]
async fn the_history_tells_who_as_a_role_and_never_as_a_person() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    reporter.post(&format!("{issue}/object"), json!({ "words": "Яма на місці" })).await.expect(200);

    let page = app.anyone().get(&format!("{issue}/history?limit=3")).await.expect(200).json();
    let rest =
        app.anyone().get(&format!("{issue}/history?after={}", page["next"].as_str().unwrap())).await.expect(200).json();
    let lines: Vec<String> = [page, rest]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap().clone())
        .map(|entry| {
            format!("{} {} {} {}", entry["what"].as_str().unwrap(), entry["state"], entry["who"], entry["words"])
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @r#"
    issue_reported "reported" {"kind":"resident","name":null} null
    issue_accepted "open" {"kind":"role","role":"coordinator"} null
    issue_resolved "resolved" {"kind":"role","role":"coordinator"} "Яму засипано"
    issue_reopened "open" {"kind":"resident","name":null} "Яма на місці"
    "#);
    app.stop().await;
}

#[actix_web::test]
async fn an_account_comments_thirty_times_in_ten_minutes() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let (path, words) = (format!("{issue}/comments"), json!({ "text": "Так" }));
    let (neighbour, coordinator) = (app.citizen().await, app.coordinator().await);

    for _ in 0..30 {
        neighbour.post(&path, words.clone()).await.expect(201);
    }
    let refused = neighbour.post(&path, words.clone()).await;
    assert_eq!(refused.problem(), "429 too_many");
    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=600).contains(&seconds), "{seconds}");
    for _ in 0..31 {
        coordinator.post(&path, words.clone()).await.expect(201);
    }
    app.wait(TimeDelta::seconds(seconds));
    neighbour.post(&path, words).await.expect(201);
    app.stop().await;
}
