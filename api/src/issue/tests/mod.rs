mod by_mail;
mod changing;
mod hiding;
mod lists;
mod reports;
mod solving;
mod speaking;
mod together;
mod triage;

use crate::{
    db::Sql,
    issue::waiting,
    testing::{COMMUNITY, Client, TestApp},
};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use shared::{inbox::InboxReason, words::Word};

/// A report of a pothole that is private or blurred only as its category says.
pub(crate) fn pothole(category: &str) -> Value {
    json!({
        "title": "Яма на дорозі",
        "description": "Глибока яма біля школи",
        "category": category,
        "place": { "coordinates": { "lat_e6": 50_450_100, "lon_e6": 30_523_400 }, "address": "вул. Садова", "house": "5", "description": "за мостом" },
        "affected": ["children", "rural"],
    })
}

impl Client<'_> {
    /// Reports a pothole on a road; the path of the issue.
    pub(crate) async fn reports(&self) -> String {
        self.reports_in("roads").await
    }

    pub(crate) async fn reports_in(&self, category: &str) -> String {
        let answer = self.post(&format!("/communities/{COMMUNITY}/issues"), pothole(category)).await.expect(201);
        format!("/issues/{}", answer.text("/id"))
    }

    /// What the caller may do with the issue.
    pub(crate) async fn actions(&self, issue: &str) -> Vec<String> {
        let json = self.get(issue).await.expect(200).json();
        json["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap().to_owned()).collect()
    }

    pub(crate) async fn state_of(&self, issue: &str) -> String {
        self.get(issue).await.expect(200).text("/state")
    }

    /// POST with an empty body.
    pub(crate) async fn does(&self, path: String) -> crate::testing::Answered {
        self.post(&path, json!({})).await
    }
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

impl TestApp {
    /// What a statement counts, as `count`.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        Sql::new(sql).one::<Count>(self.state.db.read()).await.unwrap().unwrap().count
    }

    /// What waits in somebody's inbox for a reason; the count of it is the same.
    pub(crate) async fn waits_for(&self, who: &Client<'_>, reason: &str) -> Vec<Value> {
        let (caller, reason, now) = (who.caller().await, InboxReason::of(reason).unwrap(), self.state.clock.now());
        let items = waiting::waiting(self.state.db.read(), &caller, now, reason, 50, None).await.unwrap();
        let count = match waiting::count_sql(&caller, now, reason) {
            Some(sql) => sql.one::<Count>(self.state.db.read()).await.unwrap().unwrap().count,
            None => 0,
        };
        assert_eq!(i64::try_from(items.len()).unwrap(), count);
        items.iter().map(|item| serde_json::to_value(item).unwrap()).collect()
    }

    /// An accepted issue; its path and its reporter.
    pub(crate) async fn open_issue(&self) -> (String, Client<'_>) {
        self.community().await;
        let reporter = self.citizen().await;
        let issue = reporter.reports().await;
        self.coordinator().await.does(format!("{issue}/accept")).await.expect(200);
        (issue, reporter)
    }

    /// An issue that its coordinator claims to be solved; its path and its reporter.
    pub(crate) async fn resolved_issue(&self) -> (String, Client<'_>) {
        let (issue, reporter) = self.open_issue().await;
        self.wait(chrono::TimeDelta::hours(1));
        self.coordinator()
            .await
            .post(&format!("{issue}/resolve"), json!({ "statement": "Яму засипано" }))
            .await
            .expect(200);
        (issue, reporter)
    }
}
