use crate::testing::TestApp;
use insta::assert_snapshot;
use serde_json::json;
use shared::{text::Lang, transition::Refusal, words::Word};

#[actix_web::test]
async fn a_report_is_triaged_once_by_a_moderator_of_its_community() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports().await;

    assert_snapshot!(app.anyone().does(format!("{issue}/accept")).await.problem(), @"401 unauthenticated");
    assert_snapshot!(reporter.does(format!("{issue}/accept")).await.problem(), @"403 forbidden");
    assert_eq!(app.moderator().await.does(format!("{issue}/accept")).await.expect(200).text("/state"), "open");
    let again = app.moderator().await.does(format!("{issue}/accept")).await;
    assert_eq!((again.problem(), again.text("/state")), ("409 conflict".into(), "open".into()));
    app.stop().await;
}

#[actix_web::test]
async fn another_category_has_another_day_to_answer_by() {
    let app = TestApp::start().await;
    app.community().await;
    let issue = app.citizen().await.reports().await;
    let coordinator = app.coordinator().await;
    app.execute("UPDATE category SET answer_days = 2 WHERE slug = 'roads'").await;
    app.execute("UPDATE category SET answer_days = 9 WHERE slug = 'safety'").await;

    let changed = coordinator.with("If-Match", "*").patch(&issue, json!({ "category": "safety" })).await.expect(200);

    let day =
        |answer: &crate::testing::Answered, of: &str| -> shared::time::Timestamp { answer.text(of).parse().unwrap() };
    assert_eq!(day(&changed, "/answer_by").since(day(&changed, "/reported_at")), chrono::TimeDelta::days(9));
    coordinator.does(format!("{issue}/accept")).await.expect(200);
    let again = coordinator.delete(&format!("{issue}/accept")).await.expect(200);
    assert_eq!(again.text("/answer_by"), changed.text("/answer_by"));
    app.stop().await;
}

#[actix_web::test]
async fn a_decline_is_public_with_its_reason_and_its_reporter_is_told() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports().await;
    let moderator = app.moderator().await;

    assert_snapshot!(moderator.does(format!("{issue}/decline")).await.problem(), @"400 malformed");
    assert_snapshot!(moderator.post(&format!("{issue}/decline"), json!({ "words": "" })).await.problem(), @"422 invalid reason=required words=required");
    moderator
        .post(&format!("{issue}/decline"), json!({ "reason": "out_of_reach", "words": "Дорога державна" }))
        .await
        .expect(200);

    let public = app.anyone().get(&issue).await.expect(200);
    assert_eq!(
        (public.text("/state"), public.text("/declined/reason"), public.text("/declined/words")),
        ("declined".into(), "out_of_reach".into(), "Дорога державна".into())
    );
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    assert_snapshot!(mails[0].subject, @"Звернення відхилено: № 1, Яма на дорозі");
    assert!(mails[0].text.contains("Дорога державна"));
    app.stop().await;
}

#[actix_web::test]
async fn the_version_one_read_can_be_asked_for() {
    let app = TestApp::start().await;
    app.community().await;
    let issue = app.citizen().await.reports().await;
    let moderator = app.moderator().await;

    assert_snapshot!(moderator.with("If-Match", "\"v7.0.x\"").does(format!("{issue}/accept")).await.problem(), @"412 changed");
    moderator.with("If-Match", "\"v1.0.x\"").does(format!("{issue}/accept")).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_refusal_says_why_in_the_readers_language_and_in_which_state_it_is() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;

    let refused = coordinator.does(format!("{issue}/accept")).await.expect(409);
    assert_eq!(refused.text("/state"), "open");
    assert_eq!(refused.text("/detail"), Refusal::Already.text(Lang::Uk));
    let another = app.coordinator().await;
    app.execute("UPDATE account SET language = 'en'").await;
    let refused = another.does(format!("{issue}/accept")).await.expect(409);
    assert_eq!(
        (refused.text("/state"), refused.text("/detail")),
        ("open".into(), Refusal::Already.text(Lang::En).into())
    );
    app.stop().await;
}
