use crate::testing::{Client, TestApp};
use serde_json::{Value, json};

fn water() -> Value {
    json!({
        "name": { "uk": "Проби води в нормі", "en": "Water samples within the norm" },
        "unit": { "uk": "%", "en": "%" },
        "kind": "impact",
        "direction": "up",
        "baseline": "88,0",
        "baseline_day": "2025-01-01",
        "target": "98",
        "target_day": "2027-12-31",
        "source": "Лабораторія водоканалу",
        "goal": { "framework": "sdg", "code": "6" },
    })
}

async fn indicator(coordinator: &Client<'_>) -> String {
    coordinator.post("/communities/kalynova/indicators", water()).await.expect(201).text("/id")
}

#[actix_web::test]
async fn a_coordinator_adds_an_indicator_and_everybody_reads_it() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;

    let id = indicator(&coordinator).await;

    let read = app.anyone().get(&format!("/indicators/{id}")).await.expect(200);
    assert_eq!(read.text("/baseline/value"), "88.0");
    assert_eq!(read.json()["may_edit"], false);
    assert_eq!(coordinator.get(&format!("/indicators/{id}")).await.json()["may_edit"], true);
    let again =
        app.anyone().with("If-None-Match", read.header("etag").unwrap()).get(&format!("/indicators/{id}")).await;
    assert_eq!(again.status, 304);
    app.stop().await;
}

#[actix_web::test]
async fn only_those_who_lead_the_community_write() {
    let app = TestApp::start().await;
    let id = indicator(&app.coordinator().await).await;
    let path = format!("/indicators/{id}/measurements");

    for (caller, expected) in
        [(app.anyone(), 401), (app.citizen().await, 403), (app.moderator().await, 403), (app.main().await, 201)]
    {
        assert_eq!(caller.post(&path, json!({ "from": "2026-01-01", "value": "91" })).await.status, expected);
    }
    app.stop().await;
}

#[actix_web::test]
async fn what_is_not_over_is_not_measured() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let path = format!("/indicators/{}/measurements", indicator(&coordinator).await);
    let today = app.state.clock.now().to_utc().date_naive();
    let tomorrow = today.succ_opt().unwrap().succ_opt().unwrap();

    let future = coordinator.post(&path, json!({ "from": tomorrow, "value": "91" })).await;
    assert_eq!(future.problem(), "422 invalid from=in_the_future");
    let ending = coordinator.post(&path, json!({ "from": today, "to": tomorrow, "value": "91" })).await;
    assert_eq!(ending.problem(), "422 invalid to=in_the_future");
    coordinator.post(&path, json!({ "from": today, "value": "91" })).await.expect(201);
    app.stop().await;
}

#[actix_web::test]
async fn every_faulty_field_is_told_at_once_and_nothing_changes() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let mut wrong = water();
    wrong["source"] = json!("");
    wrong["target"] = json!("80");
    wrong["goal"]["code"] = json!("18");

    let answer = coordinator.post("/communities/kalynova/indicators", wrong).await;

    insta::assert_snapshot!(answer.problem(), @"422 invalid source=required goal.code=unknown target=does_not_fit");
    assert_eq!(app.anyone().get("/communities/kalynova/indicators").await.json()["items"], json!([]));
    app.stop().await;
}

#[actix_web::test]
async fn the_latest_period_is_the_latest_value_whatever_the_order_of_writing() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}/measurements");

    for (day, value) in [("2026-06-30", "93.5"), ("2025-12-31", "90"), ("2026-03-31", "91.25")] {
        coordinator.post(&path, json!({ "from": day, "value": value })).await.expect(201);
    }

    let read = app.anyone().get(&format!("/indicators/{id}")).await;
    assert_eq!(read.text("/latest/value"), "93.5");
    assert_eq!(read.text("/distance/missing"), "4.5");
    assert_eq!(read.json()["distance"]["percent"], 55);
    let days: Vec<String> = app.anyone().get(&path).await.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["to"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(days, ["2025-12-31", "2026-03-31", "2026-06-30"]);
    app.stop().await;
}

#[actix_web::test]
async fn the_list_tells_the_course_of_the_last_values() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let (measured, other) = (indicator(&coordinator).await, indicator(&coordinator).await);
    let path = format!("/indicators/{measured}/measurements");
    for month in 1..=9 {
        for (day, value) in [("28", 50 + month), ("14", 40 + month), ("07", 30 + month)] {
            let body = json!({ "from": format!("2026-0{month}-{day}"), "value": value.to_string() });
            coordinator.post(&path, body).await.expect(201);
        }
    }
    coordinator
        .post(&format!("/indicators/{other}/measurements"), json!({ "from": "2026-01-01", "value": "7.50" }))
        .await
        .expect(201);

    let list = app.anyone().get("/communities/kalynova/indicators").await.expect(200).json();

    let recent = list["items"][0]["recent"].as_array().unwrap();
    assert_eq!(recent.len(), 24);
    assert_eq!(recent[0], json!({ "value": "32", "day": "2026-02-07" }));
    assert_eq!(recent[23], json!({ "value": "59", "day": "2026-09-28" }));
    assert_eq!(list["items"][1]["recent"], json!([{ "value": "7.50", "day": "2026-01-01" }]));
    app.stop().await;
}

#[actix_web::test]
async fn a_period_has_one_value_and_a_correction_keeps_the_old_one_visible() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}/measurements");
    let first =
        coordinator.post(&path, json!({ "from": "2026-01-01", "to": "2026-01-31", "value": "19" })).await.expect(201);
    let before = app.anyone().get(&format!("/indicators/{id}")).await;

    let second = coordinator.post(&path, json!({ "from": "2026-01-01", "to": "2026-01-31", "value": "91" })).await;
    assert_eq!(second.problem(), "422 invalid from=taken");
    let corrected = coordinator
        .post(
            &format!("/measurements/{}/correct", first.text("/id")),
            json!({ "value": "91", "reason": "Переставлені цифри" }),
        )
        .await
        .expect(200);

    assert_eq!(corrected.text("/value"), "91");
    assert_eq!(corrected.text("/corrections/0/value"), "19");
    let after = app
        .anyone()
        .with("If-None-Match", before.header("etag").unwrap())
        .get(&format!("/indicators/{id}"))
        .await
        .expect(200);
    assert_eq!(after.text("/latest/value"), "91");
    app.stop().await;
}

#[actix_web::test]
async fn an_indicator_lists_the_issues_meant_to_move_it_that_one_may_see() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}");
    let report = json!({
        "title": "Вода пахне хлором",
        "description": "Уже тиждень",
        "category": "roads",
        "place": { "address": "вул. Садова" },
        "affected": ["everyone"],
    });
    let issue = app.citizen().await.post("/communities/kalynova/issues", report).await.expect(201).text("/id");
    let issue = format!("/issues/{issue}");
    coordinator.post(&format!("{issue}/accept"), json!({})).await.expect(200);
    let change = async |body: Value| {
        let tag = coordinator.get(&issue).await.header("etag").unwrap().to_owned();
        coordinator.with("If-Match", &tag).patch(&issue, body).await.expect(200);
    };
    let before = app.anyone().get(&path).await;

    change(json!({ "indicator": id })).await;

    let after = app.anyone().with("If-None-Match", before.header("etag").unwrap()).get(&path).await.expect(200);
    assert_eq!(before.json()["issues"], json!([]));
    assert_eq!(after.text("/issues/0/title"), "Вода пахне хлором");
    assert_eq!(app.anyone().get(&issue).await.text("/indicator/id"), id);
    change(json!({ "private": true })).await;
    assert_eq!(app.anyone().get(&path).await.json()["issues"], json!([]));
    assert_eq!(coordinator.get(&path).await.text("/issues/0/title"), "Вода пахне хлором");
    app.stop().await;
}

#[actix_web::test]
async fn a_repeated_request_measures_once() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}/measurements");
    let keyed = coordinator.with("Idempotency-Key", "2c7a3d7e-8b5f-4a2c-9d0e-1f2a3b4c5d6e");
    let body = json!({ "from": "2026-02-01", "value": "5" });

    let first = keyed.post(&path, body.clone()).await.expect(201);
    let second = keyed.post(&path, body).await.expect(201);

    assert_eq!(first.json(), second.json());
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(keyed.post(&path, json!({ "from": "2026-02-02", "value": "5" })).await.problem(), "422 key_reused");
    assert_eq!(app.anyone().get(&path).await.json()["items"].as_array().unwrap().len(), 1);
    app.stop().await;
}

#[actix_web::test]
async fn a_change_needs_the_version_it_was_made_for() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}");
    let tag = coordinator.get(&path).await.header("etag").unwrap().to_owned();

    assert_eq!(coordinator.patch(&path, json!({ "retired": true })).await.problem(), "428 version_required");
    coordinator.with("If-Match", &tag).patch(&path, json!({ "goal": null })).await.expect(200);
    assert_eq!(
        coordinator.with("If-Match", &tag).patch(&path, json!({ "retired": true })).await.problem(),
        "412 changed"
    );
    assert_eq!(coordinator.get(&path).await.json()["goal"], Value::Null);
    app.stop().await;
}

#[actix_web::test]
async fn pages_go_on_where_the_last_one_ended() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let path = format!("/indicators/{id}/measurements");
    for day in 1..=5 {
        coordinator
            .post(&path, json!({ "from": format!("2026-01-0{day}"), "value": day.to_string() }))
            .await
            .expect(201);
    }

    let mut seen = Vec::new();
    let mut next = format!("{path}?limit=2");
    loop {
        let page = app.anyone().get(&next).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|m| m["value"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(cursor) => next = format!("{path}?limit=2&after={cursor}"),
            None => break,
        }
    }

    assert_eq!(seen, ["1", "2", "3", "4", "5"]);
    assert_eq!(app.anyone().get(&format!("{path}?after=rubbish")).await.problem(), "410 cursor_expired");
    assert_eq!(app.anyone().get(&format!("{path}?fbclid=1")).await.problem(), "400 malformed");
    app.stop().await;
}

#[actix_web::test]
async fn a_file_for_spreadsheets_runs_nothing() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let id = indicator(&coordinator).await;
    let note = "=HYPERLINK(\"http://example.org\")";
    coordinator
        .post(&format!("/indicators/{id}/measurements"), json!({ "from": "2026-01-01", "value": "-3.5", "note": note }))
        .await
        .expect(201);

    let csv =
        String::from_utf8(app.anyone().get(&format!("/indicators/{id}/measurements.csv")).await.expect(200).bytes)
            .unwrap();

    assert!(csv.starts_with("\u{feff}from,to,value,unit,note,source,version,added_at"), "{csv}");
    assert!(csv.contains(",-3.5,"), "{csv}");
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    app.stop().await;
}
