use crate::testing::{COMMUNITY, Client, TestApp};
use serde_json::{Value, json};

fn draft() -> Value {
    json!({ "name": { "uk": "Ґрушівська громада", "en": "Hrushivka" }, "katottg": "UA65100010000048953", "kind": "rural", "population": 6_120 })
}

#[actix_web::test]
async fn the_main_coordinator_admits_a_community_and_it_has_the_default_categories() {
    let app = TestApp::start().await;

    let made = app.main().await.post("/communities", draft()).await.expect(201);

    assert_eq!(made.header("location"), Some("/api/v1/communities/grushivska-hromada"));
    let found = app.anyone().get("/communities/grushivska-hromada").await.expect(200);
    assert_eq!(found.text("/name/uk"), "Ґрушівська громада");
    assert_eq!(found.json()["languages"], json!(["uk"]));
    assert_eq!(
        (found.text("/units/0/name/uk"), found.text("/units/2/name/uk")),
        ("Херсонська".into(), "Білозерська".into())
    );
    assert_eq!(found.json()["reports_public_at_once"], json!(false));
    let categories = app.anyone().get("/communities/grushivska-hromada/categories").await.expect(200).json();
    let items = categories["items"].as_array().unwrap();
    assert_eq!(items.len(), 15);
    assert_eq!(items[0]["slug"], "roads");
    let marked = |mark: &str| {
        items.iter().filter(|item| item[mark] == true).map(|item| item["slug"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(marked("private"), ["health", "social-help"]);
    assert_eq!(marked("blurred"), ["water", "safety", "housing"]);
    app.stop().await;
}

#[actix_web::test]
async fn nobody_else_admits_a_community() {
    let app = TestApp::start().await;

    assert_eq!(app.anyone().post("/communities", draft()).await.problem(), "401 unauthenticated");
    assert_eq!(app.coordinator().await.post("/communities", draft()).await.problem(), "403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn every_fault_of_a_community_is_told_at_once() {
    let app = TestApp::start().await;
    let main = app.main().await;
    main.post("/communities", draft()).await.expect(201);

    let mut taken = draft();
    taken["time_zone"] = json!("Europe/Atlantis");
    assert_eq!(
        main.post("/communities", taken).await.problem(),
        "422 invalid time_zone=unknown slug=taken katottg=taken"
    );
    let region = json!({ "name": { "uk": "Львівщина" }, "katottg": "UA46000000000026241", "kind": "urban" });
    assert_eq!(main.post("/communities", region).await.problem(), "422 invalid katottg=unknown");
    let empty = json!({ "name": { "uk": "" }, "katottg": "UA1" });
    assert_eq!(
        main.post("/communities", empty).await.problem(),
        "422 invalid name=required katottg=unknown kind=required"
    );
    app.stop().await;
}

#[actix_web::test]
async fn communities_are_listed_by_the_ukrainian_alphabet_page_by_page_and_found_by_words() {
    let app = TestApp::start().await;
    let main = app.main().await;
    for (name, code) in [
        ("Яворівська", "UA46140110000063568"),
        ("Гадяцька", "UA53060090000098426"),
        ("Ґрунівська", "UA59040050000033127"),
        ("Єланецька", "UA48040130000074078"),
        ("Дубівська", "UA07060130000030797"),
    ] {
        main.post(
            "/communities",
            json!({ "name": { "uk": format!("{name} громада") }, "katottg": code, "kind": "rural" }),
        )
        .await
        .expect(201);
    }

    let mut names = Vec::new();
    let mut address = "/communities?limit=2".to_owned();
    loop {
        let page = app.anyone().get(&address).await.expect(200).json();
        names.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["name"]["uk"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => address = format!("/communities?limit=2&after={next}"),
            None => break,
        }
    }

    assert_eq!(
        names,
        ["Гадяцька громада", "Ґрунівська громада", "Дубівська громада", "Єланецька громада", "Яворівська громада"]
    );
    let found = app.anyone().get("/communities?words=%D2%91%D1%80%D1%83%20%D0%B3%D1%80%D0%BE%D0%BC").await.expect(200);
    assert_eq!(found.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(found.text("/items/0/name/uk"), "Ґрунівська громада");
    assert_eq!(app.anyone().get("/communities?page=2").await.problem(), "400 malformed");
    app.stop().await;
}

#[actix_web::test]
async fn a_coordinator_changes_the_community_in_the_version_they_read() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let address = format!("/communities/{COMMUNITY}");
    let tag = coordinator.get(&address).await.expect(200).header("etag").unwrap().to_owned();

    assert_eq!(coordinator.patch(&address, json!({ "population": 1 })).await.problem(), "428 version_required");
    let changed = coordinator
        .with("If-Match", &tag)
        .patch(&address, json!({ "population": 9_500, "public_precision": "street" }))
        .await
        .expect(200);
    assert_eq!(changed.json()["population"], json!(9_500));
    assert_eq!(
        coordinator.with("If-Match", &tag).patch(&address, json!({ "population": 1 })).await.problem(),
        "412 changed"
    );
    let seen = coordinator.with("If-None-Match", changed.header("etag").unwrap()).get(&address).await;
    assert_eq!(seen.status, 304);
    app.stop().await;
}

#[actix_web::test]
async fn reports_are_made_public_at_once_by_the_main_coordinator_only() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let address = format!("/communities/{COMMUNITY}");

    let change = json!({ "reports_public_at_once": true });
    assert_eq!(coordinator.with("If-Match", "*").patch(&address, change.clone()).await.problem(), "403 forbidden");
    assert_eq!(app.moderator().await.with("If-Match", "*").patch(&address, json!({})).await.problem(), "403 forbidden");
    app.main().await.with("If-Match", "*").patch(&address, change).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_coordinator_of_one_community_changes_no_other() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    app.main().await.post("/communities", draft()).await.expect(201);

    let foreign =
        coordinator.with("If-Match", "*").patch("/communities/grushivska-hromada", json!({ "population": 1 })).await;
    assert_eq!(foreign.problem(), "403 forbidden");
    assert_eq!(
        coordinator.with("If-Match", "*").patch("/communities/absent", json!({})).await.problem(),
        "404 not_found"
    );
    assert_eq!(app.anyone().get("/communities/absent").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn a_coordinator_adds_changes_and_retires_a_category() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let organisation = app.organisation("Водоканал", "authority").await;
    let address = format!("/communities/{COMMUNITY}/categories");

    let draft = json!({ "name": { "uk": "Тварини", "en": "Animals" }, "icon": "dog", "answer_days": 5, "organisation": organisation });
    let made = coordinator.post(&address, draft.clone()).await.expect(201);
    assert_eq!(made.text("/slug"), "animals");
    assert_eq!(made.text("/organisation/name/uk"), "Водоканал");
    assert_eq!(coordinator.post(&address, draft).await.problem(), "422 invalid slug=taken");

    let category = format!("/categories/{}", made.text("/id"));
    let tag = app.anyone().get(&category).await.expect(200).header("etag").unwrap().to_owned();
    assert_eq!(coordinator.patch(&category, json!({ "retired": true })).await.problem(), "428 version_required");
    let changed = coordinator
        .with("If-Match", &tag)
        .patch(&category, json!({ "retired": true, "organisation": null, "answer_days": 9 }))
        .await
        .expect(200);
    assert_eq!(
        (&changed.json()["retired"], &changed.json()["organisation"], &changed.json()["answer_days"]),
        (&json!(true), &Value::Null, &json!(9))
    );
    assert_eq!(
        coordinator.with("If-Match", &tag).patch(&category, json!({ "answer_days": 3 })).await.problem(),
        "412 changed"
    );
    assert_eq!(coordinator.with("If-Match", &tag).delete(&category).await.problem(), "412 changed");
    let listed = app.anyone().get(&address).await.expect(200);
    assert_eq!(listed.text("/items/3/slug"), "animals");
    coordinator.with("If-Match", "*").delete(&category).await.expect(204);
    assert_eq!(app.anyone().get(&category).await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn categories_are_for_coordinators_and_their_faults_are_named() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let address = format!("/communities/{COMMUNITY}/categories");

    let faulty = json!({ "name": { "uk": "Інше" }, "icon": "No icon", "answer_days": 90, "organisation": null });
    assert_eq!(
        coordinator.post(&address, faulty).await.problem(),
        "422 invalid icon=bad_characters answer_days=too_large"
    );
    let elsewhere = json!({ "name": { "uk": "Тварини" }, "icon": "dog", "answer_days": 5, "organisation": uuid::Uuid::from_u128(9) });
    assert_eq!(coordinator.post(&address, elsewhere).await.problem(), "422 invalid organisation=unknown");
    assert_eq!(app.moderator().await.post(&address, json!({})).await.problem(), "403 forbidden");
    assert_eq!(app.anyone().get("/communities/absent/categories").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn the_main_coordinator_gives_every_role_and_a_coordinator_moderators() {
    let app = TestApp::start().await;
    let (main, coordinator) = (app.main().await, app.coordinator().await);
    let members = format!("/communities/{COMMUNITY}/members");
    let give =
        |role: &str, to: &Client| json!({ "email": format!("{}@example.org", to.id()), "name": "Хтось", "role": role });
    let (first, second) = (app.citizen().await, app.citizen().await);

    assert_eq!(coordinator.post(&members, give("coordinator", &first)).await.problem(), "403 forbidden");
    assert_eq!(coordinator.post(&members, give("facilitator", &first)).await.problem(), "403 forbidden");
    coordinator.post(&members, give("moderator", &first)).await.expect(201);
    accepts(&app, &first).await;
    main.post(&members, give("facilitator", &second)).await.expect(201);
    accepts(&app, &second).await;
    assert_eq!(coordinator.post(&members, give("moderator", &second)).await.problem(), "403 forbidden");
    let given = main.post(&members, give("coordinator", &first)).await.expect(201);
    assert_eq!((given.text("/role"), given.text("/name")), ("coordinator".into(), "Олена Коваль".into()));

    // The new power holds with the very next request.
    let roles = first.get(&members).await.expect(200).json();
    let roles: Vec<&str> =
        roles["items"].as_array().unwrap().iter().map(|item| item["role"].as_str().unwrap()).collect();
    assert_eq!(roles.len(), 3);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].to.starts_with(&first.id().to_string()));
    app.stop().await;
}

/// The person follows the link of the only mail that has come.
async fn accepts(app: &TestApp, person: &Client<'_>) {
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let token = mails[0].link.split_once("/m#invitation.").unwrap().1;
    person.post("/invitations/accept", json!({ "token": token })).await.expect(200);
}

#[actix_web::test]
async fn that_an_address_has_an_account_is_not_told_to_who_gives_it_a_role() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let known = app.citizen().await;
    let members = format!("/communities/{COMMUNITY}/members");

    let mut answers = Vec::new();
    for email in [format!("{}@example.org", known.id()), "nobody-yet@example.org".to_owned()] {
        let give = json!({ "email": email, "name": "Хтось", "role": "moderator" });
        let mut answer = coordinator.post(&members, give).await.expect(201).json();
        assert_eq!(answer["email"], email.as_str());
        for own in ["email", "invitation"] {
            answer.as_object_mut().unwrap().remove(own);
        }
        answers.push(answer);
    }

    assert_eq!(answers[0], answers[1]);
    assert_eq!(known.get(&members).await.problem(), "403 forbidden");
    assert_eq!(app.mails().await.len(), 2);
    app.stop().await;
}

#[actix_web::test]
async fn a_role_is_taken_by_who_could_give_it() {
    let app = TestApp::start().await;
    let (main, coordinator, moderator) = (app.main().await, app.coordinator().await, app.moderator().await);
    let member = |who: &Client| format!("/communities/{COMMUNITY}/members/{}", who.id());

    assert_eq!(coordinator.delete(&member(&coordinator)).await.problem(), "403 forbidden");
    coordinator.delete(&member(&moderator)).await.expect(204);
    assert_eq!(coordinator.delete(&member(&moderator)).await.problem(), "404 not_found");
    main.delete(&member(&coordinator)).await.expect(204);
    assert_eq!(coordinator.get(&format!("/communities/{COMMUNITY}/members")).await.problem(), "403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn an_address_without_an_account_is_invited() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator().await;
    let members = format!("/communities/{COMMUNITY}/members");

    let invited = coordinator
        .post(&members, json!({ "email": "iryna@example.org", "name": "Ірина Бондар", "role": "moderator" }))
        .await
        .expect(201);

    assert_eq!(invited.json()["account"], Value::Null);
    let id = invited.text("/invitation");
    let listed = coordinator.get(&members).await.expect(200).json();
    assert_eq!(listed["items"][1]["email"], "iryna@example.org");
    let mails = app.mails().await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "iryna@example.org"));
    assert_eq!(
        app.moderator().await.delete(&format!("/communities/{COMMUNITY}/invitations/{id}")).await.problem(),
        "403 forbidden"
    );
    coordinator.delete(&format!("/communities/{COMMUNITY}/invitations/{id}")).await.expect(204);
    assert_eq!(
        coordinator.delete(&format!("/communities/{COMMUNITY}/invitations/{id}")).await.problem(),
        "404 not_found"
    );
    let faulty = json!({ "email": "", "name": "", "role": null });
    assert_eq!(
        coordinator.post(&members, faulty).await.problem(),
        "422 invalid email=required name=required role=required"
    );
    app.stop().await;
}

#[actix_web::test]
async fn who_holds_a_role_is_shown_to_coordinators_and_in_the_community_to_the_main_one() {
    let app = TestApp::start().await;
    let (main, coordinator) = (app.main().await, app.coordinator().await);
    let address = format!("/communities/{COMMUNITY}");

    assert_eq!(main.get(&address).await.expect(200).text("/roles/0/role"), "coordinator");
    assert_eq!(coordinator.get(&address).await.expect(200).json()["roles"], Value::Null);
    for stranger in [app.citizen().await, app.moderator().await, app.facilitator().await] {
        assert_eq!(stranger.get(&format!("{address}/members")).await.problem(), "403 forbidden");
    }
    assert_eq!(app.anyone().get(&format!("{address}/members")).await.problem(), "401 unauthenticated");
    assert_eq!(main.get("/communities/absent/members").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn a_form_walks_from_region_to_hromada_or_looks_for_one_by_name() {
    let app = TestApp::start().await;
    let names = async |query: &str| {
        let page = app.anyone().get(&format!("/territory{query}")).await.expect(200).json();
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["unit"]["name"]["uk"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };

    let regions = names("").await;
    assert_eq!(
        (regions.len(), regions[0].as_str(), regions[26].as_str()),
        (27, "Автономна Республіка Крим", "Чернігівська")
    );
    let districts = names("?parent=UA68000000000099709").await;
    assert_eq!(districts, ["Камʼянець-Подільський", "Хмельницький", "Шепетівський"]);
    let found = app.anyone().get("/territory?words=%D1%8F%D0%B2%D0%BE%D1%80%D1%96%D0%B2&limit=1").await.expect(200);
    assert_eq!(
        (found.text("/items/0/unit/name/uk"), found.text("/items/0/within/0/name/en")),
        ("Яворівська".into(), "Lvivska".into())
    );
    let first = app
        .anyone()
        .get("/territory?words=%D0%B4%D1%83%D0%B1%D1%96%D0%B2%D1%81%D1%8C%D0%BA%D0%B0&limit=2")
        .await
        .expect(200);
    assert_eq!(
        names(&format!(
            "?words=%D0%B4%D1%83%D0%B1%D1%96%D0%B2%D1%81%D1%8C%D0%BA%D0%B0&limit=2&after={}",
            first.text("/next")
        ))
        .await,
        ["Дубівська"]
    );
    assert!(names("?parent=UA00000000000000000").await.is_empty());
    app.stop().await;
}
