mod around;
mod changing;
mod lists;
mod often;
mod private;
mod story;
mod time;
mod unseen;

use crate::testing::{Answered, Client};

impl Client<'_> {
    /// What the caller may do with a task or an offer.
    pub(super) async fn may(&self, path: &str) -> Vec<String> {
        let json = self.get(path).await.expect(200).json();
        json["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap().to_owned()).collect()
    }
}

/// The state a thing was answered in.
pub(super) fn state(answer: &Answered) -> String {
    answer.text("/state")
}
