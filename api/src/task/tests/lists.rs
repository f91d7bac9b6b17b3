use crate::testing::{COMMUNITY, Client, TestApp};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};

async fn titles(who: &Client<'_>, query: &str) -> Vec<String> {
    let list = who.get(&format!("/communities/{COMMUNITY}/tasks?{query}")).await.expect(200).json();
    names(&list)
}

fn names(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn tasks_are_listed_filtered_and_sorted() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let business = app.organisation("БудСервіс", "business").await;
    let editor = app.editor(business).await;
    for (title, sector, due) in [
        ("Перше", json!("ngo"), json!("2026-12-10")),
        ("Друге", json!(null), json!(null)),
        ("Третє", json!("education"), json!("2026-11-25")),
    ] {
        app.wait(TimeDelta::minutes(1));
        let task = json!({ "title": title, "sector": sector, "due": due });
        coordinator.post(&format!("{issue}/tasks"), task).await.expect(201);
    }
    app.wait(TimeDelta::minutes(1));
    let all = app.anyone().get(&format!("{issue}/tasks")).await.expect(200).json();
    assert_eq!(names(&all), ["Перше", "Друге", "Третє"]);
    let first = format!("/tasks/{}", all["items"][0]["id"].as_str().unwrap());
    editor.does(format!("{}/accept", coordinator.offers(&first, business).await)).await.expect(200);

    let anyone = app.anyone();
    assert_eq!(titles(&anyone, "").await, ["Перше", "Третє", "Друге"]);
    assert_eq!(titles(&anyone, "sort=newest").await, ["Третє", "Друге", "Перше"]);
    assert_eq!(titles(&anyone, "sort=due").await, ["Третє", "Перше", "Друге"]);
    assert_eq!(titles(&anyone, "state=accepted,done").await, ["Перше"]);
    // Of the holder, or where there is none, as wanted.
    assert_eq!(titles(&anyone, "sector=business,education&sort=newest").await, ["Третє", "Перше"]);
    assert_eq!(titles(&anyone, "sector=ngo").await, Vec::<String>::new());
    assert_eq!(titles(&anyone, &format!("organisation={business}")).await, ["Перше"]);
    app.wait(TimeDelta::days(3));
    assert_eq!(titles(&anyone, "overdue=true").await, ["Третє"]);
    assert_eq!(titles(&anyone, "overdue=false&sort=newest").await, ["Друге", "Перше"]);
    for sort in ["newest", "due", "recently_changed"] {
        let whole = titles(&anyone, &format!("sort={sort}")).await;
        let mut paged = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/communities/{COMMUNITY}/tasks?sort={sort}&limit=1{after}");
            let page = anyone.get(&path).await.expect(200).json();
            paged.extend(names(&page));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(paged, whole, "{sort}");
    }
    assert_snapshot!(anyone.get(&format!("/communities/{COMMUNITY}/tasks?colour=red")).await.problem(), @"400 malformed");
    app.stop().await;
}

#[actix_web::test]
async fn who_has_a_task_already_is_not_sent_it_again() {
    let app = TestApp::start().await;
    let taken = app.taken_task(app.organisation("БудСервіс", "business").await).await;
    let anyone = app.anyone();
    let tag = anyone.get(&taken.task).await.expect(200).header("etag").unwrap().to_owned();

    assert_eq!(anyone.with("If-None-Match", &tag).get(&taken.task).await.status, 304);
    taken.editor.does(format!("{}/start", taken.task)).await.expect(200);
    assert_eq!(anyone.with("If-None-Match", &tag).get(&taken.task).await.status, 200);
    app.stop().await;
}
