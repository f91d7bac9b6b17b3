use crate::testing::{COMMUNITY, Client, TestApp};
use chrono::TimeDelta;
use serde_json::json;

/// An organisation of the community, and its owner.
async fn organisation(app: &TestApp) -> (String, Client<'_>) {
    let owner = app.citizen().await;
    let made = owner
        .post(
            "/organisations",
            json!({ "name": { "uk": "Світло" }, "sector": "ngo", "areas": [app.community().await] }),
        )
        .await
        .expect(201);
    (format!("/organisations/{}", made.text("/slug")), owner)
}

/// The token in the link of the only mail that has come.
async fn token(app: &TestApp) -> String {
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails[0].link.split_once("/m#invitation.").unwrap().1.to_owned()
}

#[actix_web::test]
async fn whoever_follows_the_link_gets_an_account_signs_in_and_is_a_member() {
    let app = TestApp::start().await;
    let (address, owner) = organisation(&app).await;
    let invited = owner
        .post(&format!("{address}/invitations"), json!({ "email": "Iryna@Example.org", "role": "editor" }))
        .await
        .expect(201);
    assert_eq!(invited.text("/email"), "iryna@example.org");
    let token = token(&app).await;

    let session = app.anyone().post("/invitations/accept", json!({ "token": token })).await.expect(200);

    assert_eq!(session.text("/account/email"), "iryna@example.org");
    assert_eq!(session.text("/account/organisations/0/role"), "editor");
    let iryna = app.anyone().with("Authorization", format!("Bearer {}", session.text("/access_token")));
    let members = iryna.get(&format!("{address}/members")).await.expect(200).json();
    assert_eq!(members["items"].as_array().unwrap().len(), 2);
    assert_eq!(app.anyone().post("/invitations/accept", json!({ "token": token })).await.problem(), "410 link_expired");
    assert_eq!(owner.get(&format!("{address}/invitations")).await.expect(200).json()["items"], json!([]));
    app.stop().await;
}

#[actix_web::test]
async fn an_invitation_is_accepted_by_the_account_of_its_address_alone() {
    let app = TestApp::start().await;
    let (address, owner) = organisation(&app).await;
    let (invited, other) = (app.citizen().await, app.citizen().await);
    let email = format!("{}@example.org", invited.id());
    owner.post(&format!("{address}/invitations"), json!({ "email": email, "role": "member" })).await.expect(201);
    let token = token(&app).await;
    assert_eq!(invited.get(&format!("{address}/members")).await.problem(), "403 forbidden");

    assert_eq!(other.post("/invitations/accept", json!({ "token": token })).await.problem(), "403 forbidden");
    invited.post("/invitations/accept", json!({ "token": token })).await.expect(200);

    // The very next request of a session that was open before.
    invited.get(&format!("{address}/members")).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn an_invitation_ends_when_it_is_withdrawn_replaced_or_old() {
    let app = TestApp::start().await;
    let (address, owner) = organisation(&app).await;
    let invitations = format!("{address}/invitations");
    let invite = || owner.post(&invitations, json!({ "email": "iryna@example.org", "role": "member" }));
    let accept = |token: String| {
        let anyone = app.anyone();
        async move { anyone.post("/invitations/accept", json!({ "token": token })).await.problem() }
    };

    let withdrawn = invite().await.expect(201).text("/id");
    let first = token(&app).await;
    owner.delete(&format!("{invitations}/{withdrawn}")).await.expect(204);
    assert_eq!(owner.delete(&format!("{invitations}/{withdrawn}")).await.problem(), "404 not_found");
    assert_eq!(accept(first).await, "410 link_expired");
    invite().await.expect(201);
    let replaced = token(&app).await;
    invite().await.expect(201);
    assert_eq!(accept(replaced).await, "410 link_expired");
    assert_eq!(owner.get(&invitations).await.expect(200).json()["items"].as_array().unwrap().len(), 1);
    let old = token(&app).await;
    app.wait(TimeDelta::days(7));
    assert_eq!(accept(old).await, "410 link_expired");
    assert_eq!(accept("made-up".to_owned()).await, "410 link_expired");
    app.stop().await;
}

#[actix_web::test]
async fn only_owners_invite_and_see_who_is_invited() {
    let app = TestApp::start().await;
    let (address, owner) = organisation(&app).await;
    let invitations = format!("{address}/invitations");
    let id = owner
        .post(&invitations, json!({ "email": "iryna@example.org", "role": "member" }))
        .await
        .expect(201)
        .text("/id");
    let mine = app.organisation("Інша", "business").await;

    for stranger in [app.citizen().await, app.coordinator().await, app.of(mine, "owner").await] {
        assert_eq!(
            stranger.post(&invitations, json!({ "email": "a@example.org", "role": "owner" })).await.problem(),
            "403 forbidden"
        );
        assert_eq!(stranger.get(&invitations).await.problem(), "403 forbidden");
        assert_eq!(stranger.delete(&format!("{invitations}/{id}")).await.problem(), "403 forbidden");
    }
    assert_eq!(
        owner.post(&invitations, json!({ "email": "nobody", "role": null })).await.problem(),
        "422 invalid email=not_an_email role=required"
    );
    app.mails().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_role_in_a_community_is_taken_up_by_its_link_with_the_name_that_was_given() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let invite = json!({ "email": "iryna@example.org", "name": "Ірина Бондар", "role": "moderator" });
    coordinator.post(&format!("/communities/{COMMUNITY}/members"), invite).await.expect(201);

    let session = app.anyone().post("/invitations/accept", json!({ "token": token(&app).await })).await.expect(200);

    assert_eq!(session.text("/account/name"), "Ірина Бондар");
    assert_eq!(session.text("/account/communities/0/role"), "moderator");
    app.stop().await;
}
