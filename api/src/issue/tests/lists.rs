use super::pothole;
use crate::testing::{COMMUNITY, Client, TestApp};
use insta::assert_snapshot;
use serde_json::{Value, json};

impl Client<'_> {
    /// The numbers of the issues that a list gives.
    async fn lists(&self, query: &str) -> Vec<i64> {
        numbers(&self.get(&format!("/communities/{COMMUNITY}/issues?{query}")).await.expect(200).json())
    }
}

fn numbers(list: &Value) -> Vec<i64> {
    list["items"].as_array().unwrap().iter().map(|item| item["number"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn every_sort_pages_through_all_issues_once() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, moderator) = (app.citizen().await, app.moderator().await);
    let mut issues = Vec::new();
    for _ in 0..5 {
        issues.push(reporter.reports().await);
        app.wait(chrono::TimeDelta::minutes(1));
    }
    for issue in &issues {
        moderator.does(format!("{issue}/accept")).await.expect(200);
        app.wait(chrono::TimeDelta::minutes(1));
    }
    for (supported, times) in [(1, 2), (3, 1)] {
        for _ in 0..times {
            app.citizen().await.does(format!("{}/support", issues[supported])).await.expect(200);
        }
    }
    moderator
        .post(&format!("{}/decline", reporter.reports().await), json!({ "reason": "spam", "words": "Реклама" }))
        .await
        .expect(200);

    for (sort, expected) in [
        ("newest", vec![6, 5, 4, 3, 2, 1]),
        ("most_supported", vec![2, 4, 6, 5, 3, 1]),
        ("longest_waiting", vec![1, 2, 3, 4, 5]),
        ("recently_changed", vec![6, 5, 4, 3, 2, 1]),
    ] {
        let mut seen = Vec::new();
        let mut path = format!("/communities/{COMMUNITY}/issues?sort={sort}&limit=2");
        loop {
            let page = app.anyone().get(&path).await.expect(200);
            seen.extend(numbers(&page.json()));
            let Some(next) = page.json()["next"].as_str().map(str::to_owned) else { break };
            assert!(page.header("link").unwrap().contains("rel=\"next\""));
            path = format!("/communities/{COMMUNITY}/issues?sort={sort}&limit=2&after={next}");
        }
        assert_eq!(seen, expected, "{sort}");
    }
    let next = app.anyone().get(&format!("/communities/{COMMUNITY}/issues?limit=1")).await.text("/next");
    assert_snapshot!(app.anyone().get(&format!("/communities/{COMMUNITY}/issues?sort=most_supported&after={next}")).await.problem(), @"410 cursor_expired");
    app.stop().await;
}

#[actix_web::test]
async fn filters_narrow_a_list_and_a_misspelt_one_is_an_error() {
    let app = TestApp::start().await;
    app.community().await;
    let (reporter, moderator) = (app.citizen().await, app.moderator().await);
    let road = reporter.reports().await;
    app.wait(chrono::TimeDelta::days(2));
    let mut lamp = pothole("safety");
    lamp["title"] = "Не світять ліхтарі".into();
    lamp["description"] = "".into();
    lamp["affected"] = json!(["displaced"]);
    let lamp = format!(
        "/issues/{}",
        reporter.post(&format!("/communities/{COMMUNITY}/issues"), lamp).await.expect(201).text("/id")
    );
    for issue in [&road, &lamp] {
        moderator.does(format!("{issue}/accept")).await.expect(200);
    }
    moderator.post(&format!("{road}/resolve"), json!({ "statement": "Зроблено" })).await.expect(403);
    app.coordinator().await.post(&format!("{road}/resolve"), json!({ "statement": "Зроблено" })).await.expect(200);
    let anyone = app.anyone();

    assert_eq!(anyone.lists("state=open").await, [2]);
    assert_eq!(anyone.lists("state=open,resolved").await, [2, 1]);
    assert_eq!(anyone.lists("category=roads").await, [1]);
    assert_eq!(anyone.lists("category=roads,safety").await, [2, 1]);
    assert_eq!(anyone.lists("from=2026-11-25").await, [2]);
    assert_eq!(anyone.lists("to=2026-11-24").await, [1]);
    assert_eq!(anyone.lists("affected=rural").await, [1]);
    assert_eq!(anyone.lists("sector=ngo").await, [0i64; 0]);
    assert_eq!(anyone.lists("organisation=zelene-misto").await, [0i64; 0]);
    assert_snapshot!(anyone.get(&format!("/communities/{COMMUNITY}/issues?affected=displaced")).await.problem(), @"403 forbidden");
    assert_eq!(moderator.lists("affected=displaced").await, [2]);
    assert_snapshot!(anyone.get(&format!("/communities/{COMMUNITY}/issues?stat=open")).await.problem(), @"400 malformed");
    let counts = anyone.get(&format!("/communities/{COMMUNITY}/issues?counts=state&state=open")).await.json();
    assert_snapshot!(counts["counts"].to_string(), @r#"{"confirmed":0,"declined":0,"duplicate":0,"in_progress":0,"open":1,"reported":0,"resolved":1}"#);
    app.stop().await;
}

#[actix_web::test]
async fn words_find_issues_in_any_of_their_forms() {
    let app = TestApp::start().await;
    let (_, _) = app.open_issue().await;
    let other = shared::ids::CommunityId(uuid::Uuid::from_u128(2));
    app.add_community(other, "verbova", "UA01020010000048858").await;
    let path = |community: &str, words: &str| {
        format!(
            "/communities/{community}/issues?words={}",
            url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>()
        )
    };

    for words in ["ями", "ЯМОЮ дорогою", "школа", "глибокі ями дороги", "?!"] {
        assert_eq!(numbers(&app.anyone().get(&path(COMMUNITY, words)).await.expect(200).json()), [1], "{words}");
    }
    assert_eq!(numbers(&app.anyone().get(&path(COMMUNITY, "ліхтар")).await.expect(200).json()), [0i64; 0]);
    assert_eq!(numbers(&app.anyone().get(&path("verbova", "яма")).await.expect(200).json()), [0i64; 0]);
    app.stop().await;
}
