use crate::testing::{Answered, COMMUNITY, Client, TestApp};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::ids::OrganisationId;

async fn draft(app: &TestApp) -> Value {
    json!({
        "name": { "uk": "ГО «Світло плюс»", "en": "Svitlo Plus" },
        "sector": "ngo",
        "description": "Освітлюємо двори.",
        "website": "https://svitlo.example.org/",
        "contact": "+380 44 000 00 00",
        "areas": [app.community().await],
    })
}

/// What somebody who registers an organisation gets.
async fn registered(app: &TestApp, owner: &Client<'_>) -> (OrganisationId, Answered) {
    let made = owner.post("/organisations", draft(app).await).await.expect(201);
    (made.text("/id").parse().unwrap(), made)
}

fn names(answer: &Answered) -> Vec<String> {
    answer.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"]["uk"].as_str().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn anybody_signed_in_registers_an_organisation_and_owns_it() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;

    let (_, made) = registered(&app, &citizen).await;

    assert_eq!(made.header("location"), Some("/api/v1/organisations/ho-svitlo-plius"));
    assert_eq!(made.text("/my_role"), "owner");
    assert_eq!(made.text("/areas/0/verification"), "unverified");
    let found = citizen.get("/organisations/ho-svitlo-plius").await.expect(200);
    assert_eq!(found.text("/my_role"), "owner");
    let (_, second) = registered(&app, &citizen).await;
    assert_eq!(second.text("/slug"), "ho-svitlo-plius-2");
    assert_eq!(app.anyone().post("/organisations", json!({})).await.problem(), "401 unauthenticated");
    app.stop().await;
}

#[actix_web::test]
async fn every_fault_of_an_organisation_is_told_at_once() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;

    let faulty = json!({ "name": { "uk": "" }, "sector": null, "website": "javascript:alert(1)" });
    assert_eq!(
        citizen.post("/organisations", faulty).await.problem(),
        "422 invalid name=required sector=required website=not_an_address"
    );
    let mut nowhere = draft(&app).await;
    nowhere["areas"] = json!([app.community().await, uuid::Uuid::from_u128(9)]);
    assert_eq!(citizen.post("/organisations", nowhere).await.problem(), "422 invalid areas.1=unknown");
    assert_eq!(app.anyone().get("/organisations/ho-svitlo-plius").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn authority_is_a_sector_that_only_the_main_coordinator_gives() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let mut authority = draft(&app).await;
    authority["sector"] = json!("authority");

    assert_eq!(owner.post("/organisations", authority).await.problem(), "403 forbidden");
    let (_, made) = registered(&app, &owner).await;
    let address = format!("/organisations/{}", made.text("/slug"));
    assert_eq!(
        owner.with("If-Match", "*").patch(&address, json!({ "sector": "authority" })).await.problem(),
        "403 forbidden"
    );
    let main = app.main().await;
    assert_eq!(
        main.with("If-Match", "*").patch(&address, json!({ "description": "Інше" })).await.problem(),
        "403 forbidden"
    );
    let changed = main.with("If-Match", "*").patch(&address, json!({ "sector": "authority" })).await.expect(200);
    assert_eq!(changed.text("/sector"), "authority");
    app.stop().await;
}

#[actix_web::test]
async fn an_owner_changes_the_organisation_in_the_version_they_read() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    let address = format!("/organisations/{}", made.text("/slug"));
    let tag = owner.get(&address).await.expect(200).header("etag").unwrap().to_owned();

    assert_eq!(owner.patch(&address, json!({})).await.problem(), "428 version_required");
    let changed = owner
        .with("If-Match", &tag)
        .patch(&address, json!({ "website": null, "name": { "uk": "Світло" }, "areas": [] }))
        .await
        .expect(200);
    assert_eq!((&changed.json()["website"], &changed.json()["areas"]), (&Value::Null, &json!([])));
    assert_eq!(changed.text("/contact"), "+380 44 000 00 00");
    assert_eq!(owner.with("If-Match", &tag).patch(&address, json!({})).await.problem(), "412 changed");
    let editor = app.of(id, "editor").await;
    assert_eq!(editor.with("If-Match", "*").patch(&address, json!({})).await.problem(), "403 forbidden");
    let other = app.organisation("Інша", "business").await;
    let foreign = app.of(other, "owner").await;
    assert_eq!(foreign.with("If-Match", "*").patch(&address, json!({})).await.problem(), "403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn a_contact_is_shown_by_consent_or_to_coordinators_of_its_communities() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (_, made) = registered(&app, &owner).await;
    let address = format!("/organisations/{}", made.text("/slug"));

    for stranger in [app.anyone(), app.citizen().await, app.moderator().await, app.facilitator().await] {
        assert_eq!(stranger.get(&address).await.expect(200).json()["contact"], Value::Null);
    }
    assert_eq!(app.coordinator().await.get(&address).await.expect(200).text("/contact"), "+380 44 000 00 00");
    owner.with("If-Match", "*").patch(&address, json!({ "contact_public": true })).await.expect(200);
    assert_eq!(app.anyone().get(&address).await.expect(200).text("/contact"), "+380 44 000 00 00");
    app.stop().await;
}

#[actix_web::test]
async fn an_organisation_is_unlisted_until_a_coordinator_verifies_it() {
    let app = TestApp::start().await;
    let (owner, coordinator) = (app.citizen().await, app.coordinator().await);
    let (id, made) = registered(&app, &owner).await;
    let list = format!("/communities/{COMMUNITY}/organisations");
    let step = |verb: &str| format!("{list}/{id}/{verb}");
    for address in [list.as_str(), "/organisations"] {
        assert!(names(&app.anyone().get(address).await.expect(200)).is_empty());
    }
    assert_eq!(
        coordinator.get(&format!("{list}?verification=unverified")).await.expect(200).text("/items/0/slug"),
        made.text("/slug")
    );
    assert!(names(&owner.get(&format!("{list}?verification=unverified")).await.expect(200)).is_empty());

    assert_eq!(owner.post(&step("verify"), json!({})).await.problem(), "403 forbidden");
    let verified = coordinator.post(&step("verify"), json!({})).await.expect(200);
    assert_eq!(verified.text("/verification"), "verified");
    for address in [list.as_str(), "/organisations"] {
        assert_eq!(names(&app.anyone().get(address).await.expect(200)), ["ГО «Світло плюс»"]);
    }
    assert_eq!(coordinator.post(&step("verify"), json!({})).await.expect(409).text("/state"), "verified");
    coordinator.post(&step("suspend"), json!({})).await.expect(200);
    assert!(names(&app.anyone().get(&list).await.expect(200)).is_empty());
    coordinator.post(&step("unverify"), json!({})).await.expect(200);
    let absent = format!("{list}/{}/verify", uuid::Uuid::from_u128(9));
    assert_eq!(coordinator.post(&absent, json!({})).await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn who_takes_another_name_is_looked_at_anew_and_nobody_takes_that_of_a_verified_one() {
    let app = TestApp::start().await;
    let (owner, coordinator) = (app.citizen().await, app.coordinator().await);
    app.organisation("Калинова селищна рада", "authority").await;
    let (id, made) = registered(&app, &owner).await;
    let verify = format!("/communities/{COMMUNITY}/organisations/{id}/verify");
    coordinator.post(&verify, json!({})).await.expect(200);
    let address = format!("/organisations/{}", made.text("/slug"));
    let rename = async |name: &str| {
        let change = json!({ "name": { "uk": name } });
        owner.with("If-Match", "*").patch(&address, change).await
    };

    let described = owner.with("If-Match", "*").patch(&address, json!({ "description": "Світло всюди." })).await;
    assert_eq!(described.expect(200).text("/areas/0/verification"), "verified");
    assert_eq!(rename("калинова  «селищна» рада").await.problem(), "422 invalid name=taken");
    assert_eq!(rename("Виграш http://example.org").await.problem(), "422 invalid name=bad_characters");
    let renamed = rename("ГО «Світло для всіх»").await.expect(200);

    assert_eq!(renamed.text("/areas/0/verification"), "unverified");
    let mut namesake = draft(&app).await;
    namesake["name"] = json!({ "uk": "Калинова селищна рада" });
    assert_eq!(app.citizen().await.post("/organisations", namesake).await.problem(), "422 invalid name=taken");
    app.stop().await;
}

#[actix_web::test]
async fn an_account_registers_ten_organisations_a_day_and_invites_an_address_five_times_an_hour() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (_, made) = registered(&app, &owner).await;
    for _ in 0..9 {
        registered(&app, &owner).await;
    }
    let invitations = format!("/organisations/{}/invitations", made.text("/slug"));
    let invite = json!({ "email": "ihor@example.org", "role": "member" });

    assert_eq!(owner.post("/organisations", draft(&app).await).await.problem(), "429 too_many");
    for _ in 0..5 {
        owner.post(&invitations, invite.clone()).await.expect(201);
    }
    assert_eq!(owner.post(&invitations, invite.clone()).await.problem(), "429 too_many");
    app.wait(TimeDelta::hours(1));
    owner.post(&invitations, invite).await.expect(201);
    app.mails().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_suspended_organisation_cannot_shed_its_suspension_by_leaving() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    app.coordinator()
        .await
        .post(&format!("/communities/{COMMUNITY}/organisations/{id}/suspend"), json!({}))
        .await
        .expect(200);

    let left = owner
        .with("If-Match", "*")
        .patch(&format!("/organisations/{}", made.text("/slug")), json!({ "areas": [] }))
        .await
        .expect(200);

    assert_eq!(left.text("/areas/0/verification"), "suspended");
    app.stop().await;
}

#[actix_web::test]
async fn organisations_are_listed_by_the_alphabet_filtered_and_paged() {
    let app = TestApp::start().await;
    for (name, sector) in
        [("Їжак", "ngo"), ("Ґанок", "business"), ("Ігри", "business"), ("Гай", "education"), ("Зоря", "business")]
    {
        app.organisation(name, sector).await;
    }
    let list = format!("/communities/{COMMUNITY}/organisations");

    for address in [list.as_str(), "/organisations"] {
        let first = app.anyone().get(&format!("{address}?limit=3")).await.expect(200);
        assert_eq!(names(&first), ["Гай", "Ґанок", "Зоря"]);
        let next = first.text("/next");
        assert_eq!(
            first.header("link"),
            Some(format!("</api/v1{address}?limit=3&after={next}>; rel=\"next\"").as_str())
        );
        let second = app.anyone().get(&format!("{address}?limit=3&after={next}")).await.expect(200);
        assert_eq!(names(&second), ["Ігри", "Їжак"]);
        assert_eq!(second.json()["next"], Value::Null);
        assert_eq!(
            names(&app.anyone().get(&format!("{address}?sector=business,ngo&words=%D1%96%D0%B3")).await.expect(200)),
            ["Ігри"]
        );
    }
    assert_eq!(app.anyone().get(&format!("{list}?after=zzz")).await.problem(), "410 cursor_expired");
    assert_eq!(
        app.anyone().get("/organisations?verification=verified").await.problem(),
        "422 invalid verification=does_not_fit"
    );
    assert_eq!(app.anyone().get("/communities/absent/organisations").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn members_are_seen_by_members_page_by_page() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    let address = format!("/organisations/{}/members", made.text("/slug"));
    app.wait(TimeDelta::hours(1));
    let editor = app.of(id, "editor").await;
    app.wait(TimeDelta::hours(1));
    app.of(id, "member").await;

    let first = editor.get(&format!("{address}?limit=2")).await.expect(200);
    let second = editor.get(&format!("{address}?limit=2&after={}", first.text("/next"))).await.expect(200);

    let roles = |page: &Answered| {
        page.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["role"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(roles(&first), ["owner", "editor"]);
    assert_eq!(roles(&second), ["member"]);
    assert_eq!(app.citizen().await.get(&address).await.problem(), "403 forbidden");
    assert_eq!(editor.get("/organisations/absent/members").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn an_owner_changes_roles_and_what_one_may_do_changes_at_once() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    let address = format!("/organisations/{}", made.text("/slug"));
    let member = app.of(id, "member").await;
    let members = format!("{address}/members");

    assert_eq!(member.with("If-Match", "*").patch(&address, json!({})).await.problem(), "403 forbidden");
    owner.patch(&format!("{members}/{}", member.id()), json!({ "role": "owner" })).await.expect(200);
    member.with("If-Match", "*").patch(&address, json!({})).await.expect(200);
    owner.patch(&format!("{members}/{}", member.id()), json!({ "role": "editor" })).await.expect(200);
    assert_eq!(
        member.patch(&format!("{members}/{}", owner.id()), json!({ "role": "member" })).await.problem(),
        "403 forbidden"
    );
    assert_eq!(member.delete(&format!("{members}/{}", owner.id())).await.problem(), "403 forbidden");
    assert_eq!(
        owner.patch(&format!("{members}/{}", app.citizen().await.id()), json!({ "role": "owner" })).await.problem(),
        "404 not_found"
    );
    app.stop().await;
}

#[actix_web::test]
async fn the_last_owner_stays() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    let members = format!("/organisations/{}/members", made.text("/slug"));
    let oneself = format!("{members}/{}", owner.id());
    app.of(id, "editor").await;

    assert_eq!(owner.patch(&oneself, json!({ "role": "editor" })).await.expect(409).text("/state"), "last_owner");
    assert_eq!(owner.delete(&oneself).await.expect(409).text("/state"), "last_owner");
    owner.patch(&oneself, json!({ "role": "owner" })).await.expect(200);
    let second = app.of(id, "owner").await;
    owner.delete(&oneself).await.expect(204);
    assert_eq!(owner.get(&members).await.problem(), "403 forbidden");
    assert_eq!(second.delete(&format!("{members}/{}", second.id())).await.expect(409).text("/state"), "last_owner");
    app.stop().await;
}

#[actix_web::test]
async fn a_member_leaves_and_an_owner_removes() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    let members = format!("/organisations/{}/members", made.text("/slug"));
    let (leaves, removed) = (app.of(id, "member").await, app.of(id, "editor").await);

    leaves.delete(&format!("{members}/{}", leaves.id())).await.expect(204);
    owner.delete(&format!("{members}/{}", removed.id())).await.expect(204);

    assert_eq!(owner.delete(&format!("{members}/{}", removed.id())).await.problem(), "404 not_found");
    assert_eq!(removed.acting_for(id).get("/organisations").await.problem(), "403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn owners_are_told_in_their_language_how_a_community_regards_them() {
    let app = TestApp::start().await;
    let (owner, coordinator) = (app.citizen().await, app.coordinator().await);
    let (id, _) = registered(&app, &owner).await;
    let step = |verb: &str| format!("/communities/{COMMUNITY}/organisations/{id}/{verb}");

    coordinator.post(&step("verify"), json!({})).await.expect(200);
    coordinator.post(&step("unverify"), json!({})).await.expect(200);

    let mails = app.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to, format!("{}@example.org", owner.id()));
    assert_eq!(mails[0].subject, "ГО «Світло плюс»: організацію підтверджено");
    app.stop().await;
}
