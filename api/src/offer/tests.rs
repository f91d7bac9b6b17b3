use crate::testing::{Client, TestApp};
use futures_util::future::join;
use insta::assert_snapshot;
use serde_json::json;

#[actix_web::test]
async fn offers_go_to_organisations_that_the_community_has_verified() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let business = app.organisation("БудСервіс", "business").await;
    let editor = app.editor(business).await;
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let offers = format!("{task}/offers");
    let to_business = json!({ "organisation": business });

    app.regard(business, "unverified").await;
    assert_snapshot!(coordinator.post(&offers, to_business.clone()).await.problem(), @"409 conflict");
    app.regard(business, "suspended").await;
    assert_snapshot!(editor.post(&offers, json!({})).await.problem(), @"409 conflict");
    let nobody = json!({ "organisation": coordinator.id() });
    assert_snapshot!(coordinator.post(&offers, nobody).await.problem(), @"422 invalid organisation=unknown");
    app.regard(business, "verified").await;
    let past = json!({ "organisation": business, "answer_by": "2026-11-22" });
    assert_snapshot!(coordinator.post(&offers, past).await.problem(), @"422 invalid answer_by=in_the_past");
    let today = json!({ "organisation": business, "answer_by": "2026-11-23", "note": "Дуже потрібно" });
    let offer = coordinator.post(&offers, today).await.expect(201);
    assert_eq!(offer.header("location").unwrap(), format!("/api/v1/offers/{}", offer.text("/id")));
    assert_eq!(editor.get(&format!("/offers/{}", offer.text("/id"))).await.text("/note"), "Дуже потрібно");
    // One open offer of a task for each organisation, whoever makes it.
    assert_snapshot!(coordinator.post(&offers, to_business.clone()).await.problem(), @"409 conflict");
    assert_snapshot!(editor.post(&offers, json!({})).await.problem(), @"409 conflict");
    assert!(!editor.may_ask(&task).await);

    app.regard(business, "suspended").await;
    assert_snapshot!(editor.does(format!("/offers/{}/accept", offer.text("/id"))).await.problem(), @"409 conflict");
    let (moderator, member) = (app.moderator().await, app.of(business, "member").await.acting_for(business));
    assert_snapshot!(moderator.post(&offers, to_business).await.problem(), @"403 forbidden");
    assert_snapshot!(member.post(&offers, json!({})).await.problem(), @"403 forbidden");
    app.stop().await;
}

impl Client<'_> {
    async fn may_ask(&self, task: &str) -> bool {
        self.get(task).await.expect(200).json()["actions"].as_array().unwrap().contains(&json!("ask"))
    }
}

#[actix_web::test]
async fn the_other_side_answers_and_who_made_it_withdraws() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let (business, ngo) =
        (app.organisation("БудСервіс", "business").await, app.organisation("Світло двору", "ngo").await);
    let (editor, helper) = (app.editor(business).await, app.editor(ngo).await);
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let (offered, asked) = (coordinator.offers(&task, business).await, helper.asks(&task).await);
    app.mails().await;

    assert_snapshot!(coordinator.does(format!("{offered}/accept")).await.problem(), @"409 conflict");
    assert_snapshot!(editor.does(format!("{offered}/withdraw")).await.problem(), @"409 conflict");
    assert_snapshot!(helper.does(format!("{offered}/accept")).await.problem(), @"403 forbidden");
    let unchosen = app.of(business, "owner").await;
    assert_snapshot!(unchosen.does(format!("{offered}/accept")).await.problem(), @"422 acting_for_required");
    let member = app.of(business, "member").await.acting_for(business);
    assert_snapshot!(member.does(format!("{offered}/accept")).await.problem(), @"403 forbidden");

    let withdrawn = coordinator.does(format!("{offered}/withdraw")).await.expect(200);
    assert_eq!(withdrawn.text("/state"), "withdrawn");
    assert_eq!(app.told("Пропозицію відкликано").await.len(), 2);
    assert_snapshot!(editor.does(format!("{offered}/accept")).await.problem(), @"409 conflict");
    let declined = coordinator.because(format!("{asked}/decline"), "Потрібен каток").await.expect(200);
    assert_eq!(declined.text("/state"), "declined");
    assert_eq!(app.told("Прохання про завдання відхилено").await, [helper.email()]);
    assert_eq!(app.anyone().get(&task).await.text("/state"), "draft");
    // What is declined may be declined as an issue too; while somebody is asked, it may not.
    helper.asks(&task).await;
    let decline = json!({ "reason": "out_of_reach", "words": "Не наше" });
    assert_snapshot!(coordinator.post(&format!("{issue}/decline"), decline).await.problem(), @"409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn of_two_who_accept_at_once_one_gets_the_task() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let (business, ngo) =
        (app.organisation("БудСервіс", "business").await, app.organisation("Світло двору", "ngo").await);
    let (editor, helper) = (app.editor(business).await, app.editor(ngo).await);
    let task = coordinator.splits(&issue, "Засипати яму").await;
    let (first, second) = (coordinator.offers(&task, business).await, coordinator.offers(&task, ngo).await);

    let (one, other) = join(editor.does(format!("{first}/accept")), helper.does(format!("{second}/accept"))).await;
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [200, 409]);
    let loser = if one.status == 409 { &first } else { &second };
    assert_eq!(app.anyone().get(loser).await.text("/state"), "superseded");
    assert_eq!(app.count("SELECT count(*) AS count FROM offer WHERE state = 'accepted'").await, 1);
    app.stop().await;
}

#[actix_web::test]
async fn who_may_act_for_both_sides_offers_and_accepts_in_one_call() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let both = app.coordinator().await;
    let (business, ngo) =
        (app.organisation("БудСервіс", "business").await, app.organisation("Світло двору", "ngo").await);
    app.joins(&both, business, "editor").await;
    let task = both.splits(&issue, "Засипати яму").await;
    let offers = format!("{task}/offers");

    let not_ours = json!({ "organisation": ngo, "accept_at_once": true });
    assert_snapshot!(both.post(&offers, not_ours).await.problem(), @"403 forbidden");
    let alone = app.editor(ngo).await;
    assert_snapshot!(alone.post(&offers, json!({ "accept_at_once": true })).await.problem(), @"403 forbidden");
    let ours = json!({ "organisation": business, "accept_at_once": true });
    assert_eq!(both.post(&offers, ours).await.expect(201).text("/state"), "accepted");
    assert_eq!(app.anyone().get(&task).await.text("/state"), "accepted");
    let events = "SELECT count(*) AS count FROM event WHERE kind IN ('offer_made', 'offer_accepted')";
    assert_eq!(app.count(events).await, 2);
    app.stop().await;
}
