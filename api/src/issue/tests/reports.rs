use super::pothole;
use crate::testing::{COMMUNITY, TestApp};
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn an_account_reports_thirty_times_an_hour_unless_it_leads_the_community() {
    let app = TestApp::start().await;
    let (citizen, coordinator) = (app.citizen().await, app.coordinator().await);
    let reports = format!("/communities/{COMMUNITY}/issues");
    for _ in 0..30 {
        citizen.reports().await;
        coordinator.reports().await;
    }

    assert_eq!(citizen.post(&reports, pothole("roads")).await.problem(), "429 too_many");
    coordinator.reports().await;
    app.citizen().await.reports().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_report_gets_the_next_number_and_waits_for_triage() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;

    let first = reporter.post(&format!("/communities/{COMMUNITY}/issues"), pothole("roads")).await.expect(201);
    let second = reporter.post(&format!("/communities/{COMMUNITY}/issues"), pothole("roads")).await.expect(201);

    assert_eq!((first.json()["number"].clone(), second.json()["number"].clone()), (json!(1), json!(2)));
    assert_eq!(first.text("/state"), "reported");
    assert_eq!(first.text("/answer_by"), "2026-11-30T09:30:00.000Z");
    assert_eq!(first.header("location"), Some(format!("/api/v1/issues/{}", first.text("/id")).as_str()));
    assert_eq!(
        reporter.get(&format!("/communities/{COMMUNITY}/issues/1")).await.expect(200).json(),
        reporter.get(&format!("/issues/{}", first.text("/id"))).await.json()
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_report_says_every_faulty_field_at_once() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let path = format!("/communities/{COMMUNITY}/issues");

    assert_snapshot!(reporter.post(&path, json!({ "title": " ", "category": "roads", "place": {} })).await.problem(), @"422 invalid title=required place.address=required");
    assert_snapshot!(reporter.post(&path, pothole("volcanoes")).await.problem(), @"422 invalid category=unknown");
    assert_snapshot!(reporter.post("/communities/nowhere/issues", pothole("roads")).await.problem(), @"404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn before_triage_only_reporter_and_moderators_see_a_report() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports().await;

    assert_eq!(app.anyone().get(&issue).await.status, 404);
    assert_eq!(app.citizen().await.get(&issue).await.status, 404);
    assert_eq!(app.citizen().await.does(format!("{issue}/support")).await.status, 404);
    reporter.get(&issue).await.expect(200);
    app.moderator().await.get(&issue).await.expect(200);
    app.facilitator().await.get(&issue).await.expect(200);

    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);
    app.anyone().get(&issue).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn reports_of_verified_organisations_and_of_communities_that_say_so_are_public_at_once() {
    let app = TestApp::start().await;
    let ngo = app.organisation("Зелене місто", "ngo").await;
    let member = app.of(ngo, "member").await;

    let issue = member.acting_for(ngo).reports().await;
    let shown = app.anyone().get(&issue).await.expect(200);
    assert_eq!(shown.text("/reporter/organisation/name/uk"), "Зелене місто");

    app.execute("UPDATE community SET reports_public_at_once = true").await;
    app.anyone().get(&app.citizen().await.reports().await).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_private_issue_is_seen_by_its_reporter_and_moderators_only_and_counted_for_nobody_else() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports_in("health").await;
    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);

    for stranger in [app.anyone(), app.citizen().await, app.facilitator().await, app.main().await] {
        assert_eq!(stranger.get(&issue).await.status, 404);
        let list = stranger.get(&format!("/communities/{COMMUNITY}/issues?counts=state")).await.expect(200).json();
        assert_eq!((list["items"].as_array().unwrap().len(), list["counts"]["open"].clone()), (0, json!(0)));
    }
    reporter.get(&issue).await.expect(200);
    app.coordinator().await.get(&issue).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_blurred_place_is_a_cell_without_words_to_the_public() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let issue = reporter.reports_in("safety").await;
    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);

    let public = app.anyone().get(&issue).await.expect(200).json();
    assert_snapshot!(public["place"].to_string(), @r#"{"address":null,"coordinates":{"lat_e6":50445945,"lon_e6":30528169},"description":null,"house":null,"precision":"settlement"}"#);
    assert_eq!(
        app.anyone().get(&format!("/communities/{COMMUNITY}/issues")).await.json()["items"][0]["place"],
        public["place"]
    );
    for insider in [reporter, app.coordinator().await] {
        assert_eq!(insider.get(&issue).await.expect(200).text("/place/house"), "5");
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_name_is_known_to_whom_the_reporter_chose() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await;
    let coordinator = app.coordinator().await;
    let mut seen = Vec::new();
    for naming in ["public", "workers", "unnamed"] {
        let mut report = pothole("roads");
        report["naming"] = naming.into();
        let issue = reporter.post(&format!("/communities/{COMMUNITY}/issues"), report).await.expect(201).text("/id");
        coordinator.does(format!("/issues/{issue}/accept")).await.expect(200);
        for reader in [&app.anyone(), &coordinator, &reporter] {
            let name = reader.get(&format!("/issues/{issue}")).await.json()["reporter"]["name"].clone();
            seen.push(name.is_string());
        }
    }
    assert_eq!(seen, [true, true, true, false, true, true, false, false, true]);
    app.stop().await;
}

#[actix_web::test]
async fn groups_that_are_shown_in_sums_only_are_not_shown_of_one_issue() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;

    assert_eq!(app.anyone().get(&issue).await.json()["affected"], json!(["rural"]));
    assert_eq!(reporter.get(&issue).await.json()["affected"], json!(["children", "rural"]));
    assert_eq!(app.moderator().await.get(&issue).await.json()["affected"], json!(["children", "rural"]));
    app.stop().await;
}

#[actix_web::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let tag = app.anyone().get(&issue).await.expect(200).header("etag").unwrap().to_owned();

    assert_eq!(app.anyone().with("If-None-Match", &tag).get(&issue).await.status, 304);
    app.citizen().await.does(format!("{issue}/support")).await.expect(200);
    assert_eq!(app.anyone().with("If-None-Match", &tag).get(&issue).await.status, 200);
    let tag = app.anyone().get(&issue).await.header("etag").unwrap().to_owned();
    app.execute("UPDATE category SET name_uk = 'Шляхи', version = version + 1").await;
    assert_eq!(app.anyone().with("If-None-Match", &tag).get(&issue).await.text("/category/name/uk"), "Шляхи");
    app.stop().await;
}

#[actix_web::test]
async fn a_report_sent_twice_with_one_key_is_one_issue() {
    let app = TestApp::start().await;
    app.community().await;
    let reporter = app.citizen().await.with("Idempotency-Key", "d5b1b7f0-5d0c-4f4e-9a3b-1f7d4f5f9c11");
    let path = format!("/communities/{COMMUNITY}/issues");

    let first = reporter.post(&path, pothole("roads")).await.expect(201);
    let again = reporter.post(&path, pothole("roads")).await.expect(201);

    assert_eq!(first.text("/id"), again.text("/id"));
    assert_eq!(reporter.get(&path).await.json()["items"].as_array().unwrap().len(), 1);
    app.stop().await;
}
