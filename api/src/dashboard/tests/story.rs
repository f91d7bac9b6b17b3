use super::{recounts_alike, rows};
use crate::{issue, testing::TestApp};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

const AFFECTED: &[&str] = &["children", "rural"];

#[actix_web::test]
async fn a_small_story_gives_the_figures_one_counts_by_hand() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    let mut issues = Vec::new();
    for _ in 0..5 {
        issues.push(reporter.tells("roads", AFFECTED).await);
    }
    let private = reporter.tells("health", &["everyone"]).await;
    assert_eq!(app.dashboard().await["issues"]["reported"], 0, "nothing is public before triage");

    app.wait(TimeDelta::hours(2));
    for issue in [&issues[0], &issues[1], &private] {
        coordinator.acts(format!("{issue}/accept")).await.expect(200);
    }
    app.wait(TimeDelta::hours(3));
    coordinator.acts(format!("{}/accept", issues[2])).await.expect(200);
    let words = json!({ "reason": "unclear", "words": "Де саме?" });
    coordinator.post(&format!("{}/decline", issues[3]), words).await.expect(200);
    app.wait(TimeDelta::days(4));
    for issue in [&issues[0], &issues[1], &private] {
        coordinator.post(&format!("{issue}/resolve"), json!({ "statement": "Засипано" })).await.expect(200);
    }
    for issue in [&issues[0], &private] {
        reporter.acts(format!("{issue}/confirm")).await.expect(200);
    }

    let november = app.dashboard().await;
    assert_eq!(november["day"], "2026-11-27");
    assert_eq!(
        november["issues"],
        json!({ "reported": 0, "open": 1, "in_progress": 0, "resolved": 1, "confirmed": 1, "declined": 1, "duplicate": 0 })
    );
    assert_eq!(
        november["this_month"],
        json!({
            "month": "2026-11-01", "reported": 4, "solved": 1, "confirmed_by_residents": 1,
            "to_answer": { "unit": "hours", "hours": 2 }, "to_solve": { "unit": "days", "days": 4 },
        })
    );
    assert_eq!(november["unanswered"], 0);
    let list = app.anyone().get("/communities?sort=most_active").await.expect(200).json();
    let listed = &list["items"][0];
    assert_eq!((&listed["issues_open"], &listed["issues_solved"]), (&json!(1), &json!(1)));

    // The other claim is confirmed by silence, which is no resident's word.
    app.wait(TimeDelta::days(15));
    issue::sweep(&app.state).await.unwrap();
    let december = app.dashboard().await;
    assert_eq!(december["last_month"], november["this_month"]);
    assert_eq!(
        december["this_month"],
        json!({
            "month": "2026-12-01", "reported": 0, "solved": 1, "confirmed_by_residents": 0,
            "to_answer": null, "to_solve": { "unit": "days", "days": 4 },
        })
    );
    assert_eq!(december["unanswered"], 1, "the fifth, which nobody triaged in its seven days");
    assert_eq!(december["waiting_by_category"], json!([]));

    // Reported on 23 November: on 23 December that was thirty days ago, and not yet more.
    app.wait(TimeDelta::days(11));
    assert_eq!(
        (app.dashboard().await["day"].clone(), app.dashboard().await["waiting_by_category"].clone()),
        (json!("2026-12-23"), json!([]))
    );
    app.wait(TimeDelta::days(1));
    let late = app.dashboard().await;
    assert_eq!(
        (&late["waiting_by_category"][0]["category"]["slug"], &late["waiting_by_category"][0]["count"]),
        (&json!("roads"), &json!(1))
    );
    recounts_alike(&app).await;
    app.mails().await;
    app.stop().await;
}

/// What is told of a group.
fn told(dashboard: &Value, group: &str) -> Value {
    let groups = dashboard["waiting_by_group"].as_array().unwrap();
    groups.iter().find(|one| one["group"] == group).unwrap()["count"].clone()
}

#[actix_web::test]
async fn protected_groups_are_told_in_sums_of_five_only_and_never_left_out() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    app.lasting_sessions().await;
    let mut last = String::new();
    for _ in 0..5 {
        last = reporter.tells("roads", AFFECTED).await;
        coordinator.acts(format!("{last}/accept")).await.expect(200);
    }
    app.wait(TimeDelta::days(31));

    let five = app.dashboard().await;
    assert_eq!(
        (told(&five, "children"), told(&five, "rural"), told(&five, "veterans")),
        (json!(5), json!(5), json!(null))
    );
    coordinator.with("If-Match", "*").patch(&last, json!({ "private": true })).await.expect(200);
    let four = app.dashboard().await;
    assert_eq!(
        (told(&four, "children"), told(&four, "rural"), told(&four, "older_people")),
        (json!(null), json!(4), json!(0))
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_month_is_the_communitys_own() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, coordinator) = (app.citizen().await, app.coordinator().await);
    // 23:30 in Kyiv on the last of November, and two hours later, 23:30 in UTC.
    for hours in [7 * 24 + 12, 2] {
        app.wait(TimeDelta::hours(hours));
        let issue = reporter.tells("roads", &["everyone"]).await;
        coordinator.acts(format!("{issue}/accept")).await.expect(200);
    }
    assert_eq!(app.state.clock.now().to_string(), "2026-11-30T23:30:00.000Z");

    let dashboard = app.dashboard().await;

    assert_eq!(dashboard["day"], "2026-12-01");
    for month in ["last_month", "this_month"] {
        assert_eq!(dashboard[month]["reported"], 1, "{month}");
        assert_eq!(dashboard[month]["to_answer"], json!({ "unit": "hours", "hours": 0 }));
    }
    recounts_alike(&app).await;
    app.stop().await;
}

#[actix_web::test]
async fn who_has_the_present_figures_is_told_so_and_a_change_is_seen() {
    let app = TestApp::start().await;
    app.community().await;
    let path = "/communities/kalynova/dashboard";
    let first = app.anyone().get(path).await.expect(200);
    let again = app.anyone().with("If-None-Match", first.header("etag").unwrap());
    again.get(path).await.expect(304);
    let issue = app.citizen().await.tells("roads", &["everyone"]).await;
    again.get(path).await.expect(304);
    app.coordinator().await.acts(format!("{issue}/accept")).await.expect(200);
    again.get(path).await.expect(200);
    assert_eq!(app.anyone().get("/communities/nowhere/dashboard").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn work_is_counted_by_sector_while_its_issue_is_public() {
    let app = TestApp::start().await;
    let community = app.community().await;
    let issue = app.citizen().await.tells("roads", &["everyone"]).await;
    let (ngo, business) =
        (app.organisation("Без бар'єрів", "ngo").await, app.organisation("БудСервіс", "business").await);
    let issue_id: Uuid = issue.trim_start_matches("/issues/").parse().unwrap();
    let words = app.state.clock.id();
    app.insert("wording", &[("id", words.into()), ("community_id", community.0.into()), ("body", "Так".into())]).await;
    for (state, holder, due) in [
        ("accepted", Some(ngo), Some("2026-11-22")),
        ("in_progress", Some(ngo), Some("2026-11-23")),
        ("done", Some(business), Some("2026-11-01")),
        ("verified", Some(business), None),
        ("offered", None, None),
    ] {
        let task = app.state.clock.id();
        app.insert(
            "task",
            &[
                ("id", task.into()),
                ("community_id", community.0.into()),
                ("issue_id", issue_id.into()),
                ("state", state.into()),
                ("title_id", words.into()),
                ("result_id", words.into()),
                ("holder_id", holder.map(|holder| holder.0).into()),
                ("due", due.map(|due| due.parse::<chrono::NaiveDate>().unwrap()).into()),
                ("open_offers", 0i64.into()),
                ("created_at", 0i64.into()),
                ("changed_at", 0i64.into()),
                ("version", 1i64.into()),
                ("touched", 0i64.into()),
            ],
        )
        .await;
        if state == "offered" {
            app.insert(
                "offer",
                &[
                    ("id", app.state.clock.id().into()),
                    ("community_id", community.0.into()),
                    ("issue_id", issue_id.into()),
                    ("task_id", task.into()),
                    ("organisation_id", business.0.into()),
                    ("side", "community".into()),
                    ("state", "open".into()),
                    ("answer_by", "2026-12-01".parse::<chrono::NaiveDate>().unwrap().into()),
                    ("answer_until", 0i64.into()),
                    ("note_id", words.into()),
                    ("made_at", 0i64.into()),
                    ("version", 1i64.into()),
                ],
            )
            .await;
        }
    }
    for (sector, kind, state, planned, delivered, unit) in [
        ("ngo", "hours", "accepted", 40i64, None, None),
        ("ngo", "hours", "delivered", 30, Some(25i64), None),
        ("ngo", "hours", "offered", 100, None, None),
        ("business", "material", "delivered", 3, Some(3), Some("т/рейс")),
        ("citizens", "people", "withdrawn", 9, None, None),
    ] {
        app.insert(
            "commitment",
            &[
                ("id", app.state.clock.id().into()),
                ("community_id", community.0.into()),
                ("issue_id", issue_id.into()),
                ("sector", sector.into()),
                ("kind", kind.into()),
                ("state", state.into()),
                ("planned", planned.into()),
                ("delivered", delivered.into()),
                ("unit", unit.map(str::to_owned).into()),
                ("at_once", false.into()),
                ("words_id", words.into()),
                ("offered_at", 0i64.into()),
                ("changed_at", 0i64.into()),
                ("version", 1i64.into()),
            ],
        )
        .await;
    }
    assert_eq!(app.dashboard().await["tasks"], json!([]), "the issue is not public yet");

    let coordinator = app.coordinator().await;
    coordinator.acts(format!("{issue}/accept")).await.expect(200);

    let dashboard = app.dashboard().await;
    assert_eq!(
        dashboard["tasks"],
        json!([
            { "sector": "ngo", "offered": 0, "accepted": 2, "done": 0, "overdue": 1 },
            { "sector": "business", "offered": 1, "accepted": 0, "done": 2, "overdue": 0 },
        ])
    );
    assert_eq!(
        dashboard["commitments"],
        json!([
            { "sector": "ngo", "kind": "hours", "currency": null, "unit": null, "promised": 40, "delivered": 25 },
            { "sector": "business", "kind": "material", "currency": null, "unit": "т/рейс", "promised": 0, "delivered": 3 },
        ])
    );
    recounts_alike(&app).await;
    coordinator.with("If-Match", "*").patch(&issue, json!({ "private": true })).await.expect(200);
    assert_eq!((rows(&app).await, app.dashboard().await["tasks"].clone()), (Vec::new(), json!([])));
    app.stop().await;
}
