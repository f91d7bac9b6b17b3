use crate::testing::{COMMUNITY, TestApp};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn what_is_hidden_leaves_pages_lists_counts_and_search_at_once_and_comes_back() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let moderator = app.moderator().await;
    app.mails().await;
    let list = format!("/communities/{COMMUNITY}/issues?counts=state");
    let search = format!("/communities/{COMMUNITY}/issues?words=%D1%8F%D0%BC%D0%B0");

    assert_snapshot!(reporter.post(&format!("{issue}/hide"), json!({ "reason": "insult", "words": "Образа" })).await.problem(), @"403 forbidden");
    moderator
        .post(&format!("{issue}/hide"), json!({ "reason": "sensitive", "words": "Видно блокпост" }))
        .await
        .expect(204);

    assert_eq!(app.anyone().get(&issue).await.status, 404);
    let seen = app.anyone().get(&list).await.json();
    assert_eq!((seen["items"].as_array().unwrap().len(), seen["counts"]["open"].clone()), (0, json!(0)));
    assert_eq!(moderator.get(&search).await.json()["items"].as_array().unwrap().len(), 0);
    let own = reporter.get(&issue).await.expect(200);
    assert_eq!(
        (own.text("/hidden/reason"), own.text("/hidden/words"), own.text("/title")),
        ("sensitive".into(), "Видно блокпост".into(), "Яма на дорозі".into())
    );
    let told = app.mails().await;
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("Видно блокпост"));
    assert_snapshot!(moderator.post(&format!("{issue}/hide"), json!({ "reason": "sensitive", "words": "Ще раз" })).await.problem(), @"409 conflict");
    assert_snapshot!(app.coordinator().await.post(&format!("{issue}/resolve"), json!({ "statement": "Так" })).await.problem(), @"409 conflict");

    moderator.delete(&format!("{issue}/hide")).await.expect(204);
    app.anyone().get(&issue).await.expect(200);
    assert_eq!(app.anyone().get(&search).await.json()["items"].as_array().unwrap().len(), 1);
    app.stop().await;
}

#[actix_web::test]
async fn a_hiding_is_appealed_once_to_the_main_coordinator() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    app.moderator()
        .await
        .post(&format!("{issue}/hide"), json!({ "reason": "spam", "words": "Реклама" }))
        .await
        .expect(204);
    let main = app.main().await;
    app.mails().await;

    assert!(reporter.actions(&issue).await.contains(&"appeal".to_owned()));
    reporter.post(&format!("{issue}/appeal"), json!({ "reason": "Це не реклама" })).await.expect(200);
    assert_snapshot!(reporter.post(&format!("{issue}/appeal"), json!({ "reason": "Ще раз" })).await.problem(), @"409 conflict");
    let subjects: Vec<String> = app.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Оскаржено рішення: № 1, Яма на дорозі"]);
    assert_snapshot!(app.facilitator().await.post(&format!("{issue}/decide_appeal"), json!({ "upheld": true, "reason": "Так" })).await.problem(), @"404 not_found");
    assert!(main.actions(&issue).await.contains(&"decide_appeal".to_owned()));
    main.post(&format!("{issue}/decide_appeal"), json!({ "upheld": true, "reason": "Не реклама" })).await.expect(200);
    app.anyone().get(&issue).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_decline_is_appealed_once_and_upheld_the_issue_is_open() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, moderator, main) = (app.citizen().await, app.moderator().await, app.main().await);
    let mut states = Vec::new();
    for upheld in [true, false] {
        let issue = reporter.reports().await;
        moderator
            .post(&format!("{issue}/decline"), json!({ "reason": "unclear", "words": "Незрозуміло" }))
            .await
            .expect(200);
        assert_eq!(
            app.citizen().await.post(&format!("{issue}/appeal"), json!({ "reason": "Чому?" })).await.problem(),
            "403 forbidden"
        );
        reporter.post(&format!("{issue}/appeal"), json!({ "reason": "Усе ясно" })).await.expect(200);
        assert_eq!(
            moderator
                .post(&format!("{issue}/decide_appeal"), json!({ "upheld": true, "reason": "Так" }))
                .await
                .problem(),
            "403 forbidden"
        );
        let decided = main
            .post(&format!("{issue}/decide_appeal"), json!({ "upheld": upheld, "reason": "Розглянуто" }))
            .await
            .expect(200);
        assert_eq!(
            reporter.post(&format!("{issue}/appeal"), json!({ "reason": "Ще" })).await.problem(),
            "409 conflict"
        );
        states.push(decided.text("/state"));
    }
    assert_eq!(states, ["open", "declined"]);
    app.stop().await;
}

#[actix_web::test]
async fn anyone_flags_what_they_see_and_moderators_find_it_in_their_inbox() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let comment = app
        .citizen()
        .await
        .post(&format!("{issue}/comments"), json!({ "text": "Дурня" }))
        .await
        .expect(201)
        .text("/id");
    let private = app.citizen().await.reports_in("health").await;

    app.anyone()
        .post("/flags", json!({ "thing": "comment", "id": comment, "reason": "insult", "words": "Грубо" }))
        .await
        .expect(204);
    let hidden_from_me = json!({ "thing": "issue", "id": private.trim_start_matches("/issues/"), "reason": "spam" });
    assert_snapshot!(app.anyone().post("/flags", hidden_from_me).await.problem(), @"404 not_found");
    let moderator = app.moderator().await;
    let waiting = app.waits_for(&moderator, "flag").await;
    assert_eq!((waiting.len(), waiting[0]["subject"]["flag"]["words"].clone()), (1, json!("Грубо")));

    moderator
        .post(&format!("/comments/{comment}/hide"), json!({ "reason": "insult", "words": "Образа" }))
        .await
        .expect(204);
    assert!(app.waits_for(&moderator, "flag").await.is_empty());
    let left = app.anyone().get(&format!("{issue}/comments")).await.json()["items"][0].clone();
    assert_eq!((left["hidden"].clone(), left["html"].clone()), (json!(true), json!("")));
    assert_eq!(app.anyone().get(&issue).await.json()["comments"], json!(0));
    app.stop().await;
}

#[actix_web::test]
async fn an_account_and_a_client_that_is_not_signed_in_flag_sixty_times_an_hour() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let flag = json!({ "thing": "issue", "id": issue.trim_start_matches("/issues/"), "reason": "spam" });
    let (citizen, stranger) = (app.citizen().await, app.anyone());

    for who in [&citizen, &stranger] {
        for _ in 0..60 {
            who.post("/flags", flag.clone()).await.expect(204);
        }
        let refused = who.post("/flags", flag.clone()).await;
        assert_eq!(refused.problem(), "429 too_many");
        assert!(refused.header("retry-after").is_some());
    }
    app.wait(TimeDelta::hours(1));
    citizen.post("/flags", flag).await.expect(204);
    app.stop().await;
}

#[actix_web::test]
async fn flags_are_dismissed_without_hiding_and_only_moderators_know() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let flag = json!({ "thing": "issue", "id": issue.trim_start_matches("/issues/"), "reason": "spam" });
    for _ in 0..2 {
        app.anyone().post("/flags", flag.clone()).await.expect(204);
    }
    let (moderator, citizen) = (app.moderator().await, app.citizen().await);
    let waiting = app.waits_for(&moderator, "flag").await;
    let dismiss = format!("/flags/{}/dismiss", waiting[0]["subject"]["flag"]["id"].as_str().unwrap());

    assert_snapshot!(citizen.does(dismiss.clone()).await.problem(), @"403 forbidden");
    moderator.does(dismiss.clone()).await.expect(204);
    assert!(app.waits_for(&moderator, "flag").await.is_empty());
    assert_snapshot!(moderator.does(dismiss).await.problem(), @"409 conflict");
    app.anyone().get(&issue).await.expect(200);
    let told = |json: serde_json::Value| json.to_string().contains("flags_dismissed");
    assert!(told(moderator.get("/changes?limit=100").await.json()));
    for reader in [&app.anyone(), &citizen] {
        assert!(!told(reader.get("/changes?limit=100").await.json()));
        assert!(!told(reader.get(&format!("{issue}/history")).await.json()));
    }
    app.stop().await;
}
