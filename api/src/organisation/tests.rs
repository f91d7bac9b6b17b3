use crate::testing::{Answered, COMMUNITY, Client, TestApp};
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
    answer.json()["items"].as_array().unwrap().iter().map(|item| item["name"]["uk"].as_str().unwrap().to_owned()).collect()
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
    assert_eq!(citizen.post("/organisations", faulty).await.problem(), "422 invalid name=required sector=required website=bad_characters");
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
    assert_eq!(owner.with("If-Match", "*").patch(&address, json!({ "sector": "authority" })).await.problem(), "403 forbidden");
    let main = app.main().await;
    assert_eq!(main.with("If-Match", "*").patch(&address, json!({ "description": "Інше" })).await.problem(), "403 forbidden");
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
    let changed = owner.with("If-Match", &tag).patch(&address, json!({ "website": null, "name": { "uk": "Світло" }, "areas": [] })).await.expect(200);
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
    assert_eq!(coordinator.get(&format!("{list}?verification=unverified")).await.expect(200).text("/items/0/slug"), made.text("/slug"));
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
async fn a_suspended_organisation_cannot_shed_its_suspension_by_leaving() {
    let app = TestApp::start().await;
    let owner = app.citizen().await;
    let (id, made) = registered(&app, &owner).await;
    app.coordinator().await.post(&format!("/communities/{COMMUNITY}/organisations/{id}/suspend"), json!({})).await.expect(200);

    let left = owner.with("If-Match", "*").patch(&format!("/organisations/{}", made.text("/slug")), json!({ "areas": [] })).await.expect(200);

    assert_eq!(left.text("/areas/0/verification"), "suspended");
    app.stop().await;
}

#[actix_web::test]
async fn organisations_are_listed_by_the_alphabet_filtered_and_paged() {
    let app = TestApp::start().await;
    for (name, sector) in [("Їжак", "ngo"), ("Ґанок", "business"), ("Ігри", "business"), ("Гай", "education"), ("Зоря", "business")] {
        app.organisation(name, sector).await;
    }
    let list = format!("/communities/{COMMUNITY}/organisations");

    for address in [list.as_str(), "/organisations"] {
        let first = app.anyone().get(&format!("{address}?limit=3")).await.expect(200);
        assert_eq!(names(&first), ["Гай", "Ґанок", "Зоря"]);
        let next = first.text("/next");
        assert_eq!(first.header("link"), Some(format!("</api/v1{address}?limit=3&after={next}>; rel=\"next\"").as_str()));
        let second = app.anyone().get(&format!("{address}?limit=3&after={next}")).await.expect(200);
        assert_eq!(names(&second), ["Ігри", "Їжак"]);
        assert_eq!(second.json()["next"], Value::Null);
        assert_eq!(names(&app.anyone().get(&format!("{address}?sector=business,ngo&words=%D1%96%D0%B3")).await.expect(200)), ["Ігри"]);
    }
    assert_eq!(app.anyone().get(&format!("{list}?after=zzz")).await.problem(), "410 cursor_expired");
    assert_eq!(app.anyone().get("/organisations?verification=verified").await.problem(), "422 invalid verification=does_not_fit");
    assert_eq!(app.anyone().get("/communities/absent/organisations").await.problem(), "404 not_found");
    app.stop().await;
}
