use crate::testing::TestApp;
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn support_counts_once_per_person_and_can_be_taken_back() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let neighbour = app.citizen().await;

    neighbour.does(format!("{issue}/support")).await.expect(200);
    let twice = neighbour.does(format!("{issue}/support")).await.expect(200);
    assert_snapshot!(twice.json().to_string(), @r#"{"followers":0,"follows":false,"reported":false,"supporters":1,"supports":true}"#);
    neighbour.does(format!("{issue}/follow")).await.expect(200);
    let less = neighbour.delete(&format!("{issue}/support")).await.expect(200);
    assert_snapshot!(less.json().to_string(), @r#"{"followers":1,"follows":true,"reported":false,"supporters":0,"supports":false}"#);
    assert_snapshot!(reporter.does(format!("{issue}/support")).await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn the_reporter_is_asked_whether_it_is_really_solved_and_confirms() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    let asked: Vec<String> = app.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert!(asked.contains(&"Чи справді вирішено? № 1, Яма на дорозі".to_owned()), "{asked:?}");
    assert!(reporter.actions(&issue).await.contains(&"confirm".to_owned()));

    let confirmed = reporter.does(format!("{issue}/confirm")).await.expect(200);

    assert_eq!(
        (confirmed.text("/state"), confirmed.text("/claim/confirmed_by")),
        ("confirmed".into(), "reporter".into())
    );
    assert_eq!(confirmed.text("/claim/who/role"), "coordinator");
    app.stop().await;
}

#[actix_web::test]
async fn three_supporters_from_before_the_claim_confirm_it() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let mut supporters = Vec::new();
    for _ in 0..3 {
        let supporter = app.citizen().await;
        supporter.does(format!("{issue}/support")).await.expect(200);
        supporters.push(supporter);
    }
    app.wait(TimeDelta::hours(1));
    let coordinator = app.coordinator().await;
    coordinator.does(format!("{issue}/support")).await.expect(200);
    coordinator.post(&format!("{issue}/resolve"), json!({ "statement": "Засипано" })).await.expect(200);
    app.wait(TimeDelta::hours(1));
    let late = app.citizen().await;
    late.does(format!("{issue}/support")).await.expect(200);

    assert_snapshot!(late.does(format!("{issue}/confirm")).await.problem(), @"403 forbidden");
    assert_snapshot!(coordinator.does(format!("{issue}/confirm")).await.problem(), @"403 forbidden");
    supporters[0].does(format!("{issue}/confirm")).await.expect(200);
    let twice = supporters[0].does(format!("{issue}/confirm")).await.expect(200);
    assert_eq!((twice.text("/state"), twice.json()["claim"]["confirmations"].clone()), ("resolved".into(), json!(1)));
    supporters[1].does(format!("{issue}/confirm")).await.expect(200);
    let third = supporters[2].does(format!("{issue}/confirm")).await.expect(200);
    assert_eq!((third.text("/state"), third.text("/claim/confirmed_by")), ("confirmed".into(), "supporters".into()));
    app.stop().await;
}

#[actix_web::test]
async fn the_first_objection_opens_an_issue_again() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;

    assert_snapshot!(app.citizen().await.post(&format!("{issue}/object"), json!({ "words": "Ні" })).await.problem(), @"403 forbidden");
    assert_snapshot!(reporter.does(format!("{issue}/object")).await.problem(), @"422 invalid words=required");
    let open = reporter.post(&format!("{issue}/object"), json!({ "words": "Яма на місці" })).await.expect(200);

    assert_eq!(
        (open.text("/state"), open.text("/objection/words"), open.json()["claim"].clone()),
        ("open".into(), "Яма на місці".into(), json!(null))
    );
    app.stop().await;
}

#[actix_web::test]
async fn photos_of_an_objection_are_for_those_who_work_on_the_issue() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    let mut photo =
        reporter.upload("image/png", pictures::draw("roads", 1, 0, false).unwrap()).await.expect(201).json();
    photo.as_object_mut().unwrap().remove("kind");

    let object = json!({ "words": "Яма на місці", "photos": [photo] });
    let mine = reporter.post(&format!("{issue}/object"), object).await.expect(200);

    let seen = |answer: crate::testing::Answered| answer.json()["objection"]["photos"].as_array().unwrap().len();
    assert_eq!(mine.text("/objection/words"), "Яма на місці");
    let file = format!("/files/{}", mine.text("/objection/photos/0/id"));
    for (reader, photos, status) in
        [(app.moderator().await, 1, 200), (app.citizen().await, 0, 404), (app.anyone(), 0, 404)]
    {
        assert_eq!(seen(reader.get(&issue).await.expect(200)), photos);
        assert_eq!(reader.get(&file).await.status, status);
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_confirmed_issue_can_be_objected_to_for_28_days() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    reporter.does(format!("{issue}/confirm")).await.expect(200);
    app.wait(TimeDelta::days(28) + TimeDelta::seconds(1));
    assert_snapshot!(reporter.post(&format!("{issue}/object"), json!({ "words": "Знову яма" })).await.problem(), @"409 conflict");
    assert!(!reporter.actions(&issue).await.contains(&"object".to_owned()));
    app.stop().await;
}
