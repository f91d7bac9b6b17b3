mod recounting;
mod story;

use crate::{
    db::Sql,
    testing::{Answered, COMMUNITY, Client, TestApp},
};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};

impl TestApp {
    /// Nobody has to sign in again, however long a story is.
    async fn lasting_sessions(&self) {
        self.execute("UPDATE session SET ends_at = ends_at + 31536000000").await;
    }

    async fn dashboard(&self) -> Value {
        self.anyone().get(&format!("/communities/{COMMUNITY}/dashboard")).await.expect(200).json()
    }
}

impl Client<'_> {
    /// Reports something; the path of the issue.
    async fn tells(&self, category: &str, affected: &[&str]) -> String {
        let report = json!({
            "title": "Яма", "description": "Глибока", "category": category,
            "place": { "address": "вул. Садова" }, "affected": affected,
        });
        let answer = self.post(&format!("/communities/{COMMUNITY}/issues"), report).await.expect(201);
        format!("/issues/{}", answer.text("/id"))
    }

    async fn acts(&self, path: String) -> Answered {
        self.post(&path, json!({})).await
    }
}

/// The rows as they are, on a line each; what counts nothing is left out.
async fn rows(app: &TestApp) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Row {
        figure: String,
        subject: String,
        day: chrono::NaiveDate,
        bucket: i32,
        count: i64,
    }
    let all = Sql::new("SELECT figure, subject, day, bucket, count FROM rollup WHERE count <> 0");
    let rows: Vec<Row> = all.all(app.state.db.read()).await.unwrap();
    let mut rows: Vec<String> = rows
        .into_iter()
        .map(|Row { figure, subject, day, bucket, count }| format!("{figure} {subject} {day} {bucket}: {count}"))
        .collect();
    rows.sort();
    rows
}

/// Fails unless a recount makes the rows that are there.
async fn recounts_alike(app: &TestApp) {
    let kept = rows(app).await;
    let tx = app.state.write_as_system().await.unwrap();
    crate::dashboard::recount_all(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept, rows(app).await, "kept beside recounted");
}
