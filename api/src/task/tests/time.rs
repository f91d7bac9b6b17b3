use super::state;
use crate::{offer, task, testing::TestApp};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_nobody_verifies_for_14_days_stands_and_says_so() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let taken = app.taken_task(business).await;
    taken.editor.does(format!("{}/start", taken.task)).await.expect(200);
    taken.editor.finishes(&taken.task).await.expect(200);

    app.wait(TimeDelta::days(14) - TimeDelta::seconds(1));
    task::sweep(&app.state).await.unwrap();
    assert_eq!(state(&app.anyone().get(&taken.task).await), "done");
    app.wait(TimeDelta::seconds(1));
    for _ in 0..2 {
        task::sweep(&app.state).await.unwrap();
    }
    let stands = app.anyone().get(&taken.task).await.expect(200);
    assert_eq!((state(&stands), stands.text("/verified_by")), ("verified".into(), "nobody".into()));
    assert_eq!(app.told("Завдання закрито без перевірки").await, [taken.editor.email()]);
    app.stop().await;
}

#[actix_web::test]
async fn an_offer_is_reminded_of_twice_and_then_expires() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let (coordinator, facilitator) = (app.coordinator().await, app.facilitator().await);
    let business = app.organisation("БудСервіс", "business").await;
    let editor = app.editor(business).await;
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let offer = coordinator.offers(&task, business).await;
    app.mails().await;

    // The morning of 4 December, three days before the last.
    app.wait(TimeDelta::days(10) + TimeDelta::hours(21));
    assert_eq!(app.told("Чекаємо на вашу відповідь").await, [editor.email()]);
    offer::sweep(&app.state).await.unwrap();
    assert!(app.mails().await.is_empty());
    app.wait(TimeDelta::days(3));
    assert_eq!(app.told("Останній день для відповіді").await, [editor.email()]);
    app.wait(TimeDelta::hours(15));
    assert!(app.mails().await.is_empty());
    assert_eq!(state(&app.anyone().get(&offer).await), "open");

    // Half an hour into 8 December.
    app.wait(TimeDelta::hours(1));
    for _ in 0..2 {
        offer::sweep(&app.state).await.unwrap();
    }
    assert_eq!(state(&app.anyone().get(&offer).await), "expired");
    assert_eq!(state(&app.anyone().get(&task).await), "draft");
    let told = app.told("Строк відповіді минув").await;
    for who in [&coordinator, &facilitator, &editor] {
        assert_eq!(told.iter().filter(|to| **to == who.email()).count(), 1, "{told:?}");
    }
    assert_eq!(editor.does(format!("{offer}/accept")).await.problem(), "409 conflict");
    assert_eq!(coordinator.may(&offer).await, ["renew"]);
    coordinator.post(&format!("{task}/offers"), json!({ "organisation": business })).await.expect(201);
    assert_eq!(coordinator.may(&offer).await, Vec::<String>::new());
    app.stop().await;
}
