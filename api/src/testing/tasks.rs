//! Tasks and offers, made through the API as people make them.

use crate::testing::{Answered, Client, TestApp};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use shared::{ids::OrganisationId, inbox::InboxReason, words::Word};

/// A task that an organisation has accepted, and who has to do with it.
pub(crate) struct Taken<'a> {
    /// Paths.
    pub(crate) issue: String,
    pub(crate) task: String,
    pub(crate) reporter: Client<'a>,
    pub(crate) coordinator: Client<'a>,
    /// Acting for the holder.
    pub(crate) editor: Client<'a>,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

impl TestApp {
    /// An open issue, a task of which the organisation has accepted.
    pub(crate) async fn taken_task(&self, organisation: OrganisationId) -> Taken<'_> {
        let (issue, reporter) = self.open_issue().await;
        let (coordinator, editor) = (self.coordinator().await, self.editor(organisation).await);
        let task = coordinator.splits(&issue, "Засипати яму").await;
        let offer = coordinator.offers(&task, organisation).await;
        editor.does(format!("{offer}/accept")).await.expect(200);
        Taken { issue, task, reporter, coordinator, editor }
    }

    /// An editor of the organisation, acting for it.
    pub(crate) async fn editor(&self, organisation: OrganisationId) -> Client<'_> {
        self.of(organisation, "editor").await.acting_for(organisation)
    }

    /// How the tests' community regards the organisation from now on.
    pub(crate) async fn regard(&self, organisation: OrganisationId, verification: &str) {
        self.change(
            "UPDATE organisation_area SET verification = $1 WHERE organisation_id = $2",
            vec![verification.into(), organisation.0.into()],
        )
        .await;
    }

    /// What tasks and offers wait in somebody's inbox for a reason; the count of it is the same.
    pub(crate) async fn tasks_waiting(&self, who: &Client<'_>, reason: &str) -> Vec<Value> {
        let (caller, reason, now) = (who.caller().await, InboxReason::of(reason).unwrap(), self.state.clock.now());
        let db = self.state.db.read();
        let (items, count) = if reason == InboxReason::AnswerOffer {
            let items = crate::offer::waiting(db, &caller, now, reason, 50, None).await.unwrap();
            (items, crate::offer::count_sql(&caller, now, reason))
        } else {
            let items = crate::task::waiting(db, &caller, now, reason, 50, None).await.unwrap();
            (items, crate::task::count_sql(&caller, reason))
        };
        let count = match count {
            Some(count) => count.one::<Count>(db).await.unwrap().unwrap().count,
            None => 0,
        };
        assert_eq!(i64::try_from(items.len()).unwrap(), count);
        items.iter().map(|item| serde_json::to_value(item).unwrap()).collect()
    }

    /// The subjects of the mails of one kind that were not handed out before, with whose they are.
    pub(crate) async fn told(&self, kind: &str) -> Vec<String> {
        self.mails().await.into_iter().filter(|mail| mail.subject.starts_with(kind)).map(|mail| mail.to).collect()
    }
}

impl Client<'_> {
    /// Makes a task of the issue; its path.
    pub(crate) async fn splits(&self, issue: &str, title: &str) -> String {
        let answer = self.post(&format!("{issue}/tasks"), json!({ "title": title })).await.expect(201);
        format!("/tasks/{}", answer.text("/id"))
    }

    /// Offers the task to the organisation; the path of the offer.
    pub(crate) async fn offers(&self, task: &str, organisation: OrganisationId) -> String {
        let answer = self.post(&format!("{task}/offers"), json!({ "organisation": organisation })).await.expect(201);
        format!("/offers/{}", answer.text("/id"))
    }

    /// Asks for the task on behalf of the organisation one acts for; the path of the offer.
    pub(crate) async fn asks(&self, task: &str) -> String {
        format!("/offers/{}", self.does(format!("{task}/offers")).await.expect(201).text("/id"))
    }

    /// POST with a reason.
    pub(crate) async fn because(&self, path: String, reason: &str) -> Answered {
        self.post(&path, json!({ "reason": reason })).await
    }

    /// Says that the task is done.
    pub(crate) async fn finishes(&self, task: &str) -> Answered {
        self.post(&format!("{task}/done"), json!({ "note": "Засипано й утрамбовано" })).await
    }

    /// The address mails go to.
    pub(crate) fn email(&self) -> String {
        format!("{}@example.org", self.id())
    }
}
