use crate::testing::{Client, TestApp};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};

impl Client<'_> {
    /// The reasons of what is in the inbox, page by page of that size.
    async fn inbox(&self, limit: u8) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/inbox?limit={limit}{after}")).await.expect(200).json();
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return items,
            }
        }
    }

    /// How much there is for each reason, as the navigation asks for it.
    async fn inbox_counts(&self) -> String {
        let page = self.get("/inbox?limit=1").await.expect(200).json();
        let counts = page["counts"].as_array().unwrap().iter();
        counts
            .map(|count| format!("{} {}", count["reason"].as_str().unwrap(), count["count"]))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn reasons(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["reason"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_coordinator_finds_what_the_community_waits_for_in_its_order() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let (issue, reporter) = app.open_issue().await;
    for _ in 0..3 {
        app.wait(TimeDelta::minutes(1));
        reporter.reports().await;
    }
    for hours in [1, 2] {
        let commitment = json!({ "kind": "hours", "amount": hours });
        app.citizen().await.post(&format!("{issue}/commitments"), commitment).await.expect(201);
    }
    let organisation = app.organisation("Світло двору", "ngo").await;
    app.regard(organisation, "unverified").await;

    let all = coordinator.inbox(100).await;

    assert_snapshot!(reasons(&all).join(", "), @"triage, triage, triage, answer_commitment, answer_commitment, verify_organisation");
    assert_snapshot!(coordinator.inbox_counts().await, @"triage 3, answer_commitment 2, verify_organisation 1");
    for limit in [1, 2, 4] {
        assert_eq!(coordinator.inbox(limit).await, all, "the same in pages of {limit}");
    }
    let triage: Vec<&str> = all[..3].iter().map(|item| item["since"].as_str().unwrap()).collect();
    assert!(triage.is_sorted(), "the longest first: {triage:?}");
    assert_eq!(all[5]["subject"]["organisation"]["name"]["uk"], "Світло двору");
    assert_eq!(reporter.inbox_counts().await, "");
    app.stop().await;
}

#[actix_web::test]
async fn one_reason_can_be_asked_for_and_the_counts_are_of_all() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let (issue, reporter) = app.open_issue().await;
    reporter.reports().await;
    app.citizen()
        .await
        .post(&format!("{issue}/commitments"), json!({ "kind": "hours", "amount": 1 }))
        .await
        .expect(201);

    let page = coordinator.get("/inbox?reason=answer_commitment,flag").await.expect(200).json();

    assert_eq!(reasons(page["items"].as_array().unwrap()), ["answer_commitment"]);
    assert_eq!(page["counts"].as_array().unwrap().len(), 2);
    assert_eq!(coordinator.get("/inbox?reason=nothing").await.problem(), "400 malformed");
    assert_eq!(coordinator.get("/inbox?after=x").await.problem(), "410 cursor_expired");
    assert_eq!(app.anyone().get("/inbox").await.problem(), "401 unauthenticated");
    app.stop().await;
}

#[actix_web::test]
async fn an_editor_finds_offers_to_answer_and_tasks_by_the_day_they_are_due() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Світло двору", "ngo").await;
    let other = app.organisation("Будсервіс", "business").await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let editor = app.of(organisation, "editor").await;
    for due in [None, Some("2027-02-01"), Some("2027-01-15")] {
        let title = due.unwrap_or("без строку");
        let task = coordinator.post(&format!("{issue}/tasks"), json!({ "title": title, "due": due })).await.expect(201);
        let offer = coordinator.offers(&format!("/tasks/{}", task.text("/id")), organisation).await;
        editor.acting_for(organisation).does(format!("{offer}/accept")).await.expect(200);
    }
    let task = coordinator.splits(&issue, "Пофарбувати").await;
    coordinator.offers(&task, organisation).await;
    coordinator.offers(&task, other).await;

    let all = editor.inbox(100).await;

    let shown: Vec<String> = all
        .iter()
        .map(|item| {
            let subject = &item["subject"];
            let title = subject["task"]["title"].as_str().or(subject["offer"]["task"]["title"].as_str()).unwrap();
            format!(
                "{}: {title}, {}",
                item["reason"].as_str().unwrap(),
                item["acting_for"]["name"]["uk"].as_str().unwrap()
            )
        })
        .collect();
    assert_snapshot!(shown.join("\n"), @r"
    answer_offer: Пофарбувати, Світло двору
    my_task: 2027-01-15, Світло двору
    my_task: 2027-02-01, Світло двору
    my_task: без строку, Світло двору
    ");
    assert_eq!(editor.inbox(1).await, all, "one by one");
    assert_snapshot!(editor.inbox_counts().await, @"answer_offer 1, my_task 3");
    app.stop().await;
}

#[actix_web::test]
async fn a_resident_is_asked_whether_it_is_really_solved() {
    let app = TestApp::start().await;
    let (_, reporter) = app.resolved_issue().await;

    let all = reporter.inbox(50).await;

    assert_eq!(reasons(&all), ["confirm_issue"]);
    assert_eq!(all[0]["subject"]["issue"]["title"], "Яма на дорозі");
    app.stop().await;
}
