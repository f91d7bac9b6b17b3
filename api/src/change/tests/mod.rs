mod reading;
mod streaming;

use crate::testing::Client;
use serde_json::Value;

impl Client<'_> {
    /// Every change the caller may know of after a number, read page by page.
    async fn changes(&self, since: i64) -> Vec<Value> {
        let (mut since, mut changes) = (since, Vec::new());
        loop {
            let page = self.get(&format!("/changes?limit=7&since={since}")).await.expect(200).json();
            changes.extend(page["items"].as_array().unwrap().iter().cloned());
            since = page["next"].as_i64().unwrap();
            if page["more"] == false {
                return changes;
            }
        }
    }

    /// Where the log ends.
    async fn now(&self) -> i64 {
        let mut since = 0;
        loop {
            let page = self.get(&format!("/changes?limit=100&since={since}")).await.expect(200).json();
            since = page["next"].as_i64().unwrap();
            if page["more"] == false {
                return since;
            }
        }
    }

    /// What happened after a number, in words.
    async fn hears_since(&self, since: i64) -> Vec<String> {
        self.changes(since).await.iter().map(|change| change["what"].as_str().unwrap().to_owned()).collect()
    }
}
