use crate::testing::{Client, TestApp};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};
use shared::ids::OrganisationId;
use uuid::Uuid;

fn hours(amount: i64) -> Value {
    json!({ "kind": "hours", "amount": amount, "words": "Допоможу зі щебенем" })
}

fn money(amount: i64) -> Value {
    json!({ "kind": "money", "amount": amount, "currency": "UAH" })
}

fn delivery() -> Value {
    json!({ "note": "Зроблено вчора" })
}

impl Client<'_> {
    /// Offers something to an issue or a task; the path of the commitment.
    async fn commits(&self, to: &str, what: Value) -> String {
        let answer = self.post(&format!("{to}/commitments"), what).await.expect(201);
        let path = format!("/commitments/{}", answer.text("/id"));
        assert_eq!(answer.header("location").unwrap(), format!("/api/v1{path}"));
        path
    }

    /// What the caller may do with the commitment.
    async fn may_do_with(&self, commitment: &str) -> Vec<String> {
        let json = self.get(commitment).await.expect(200).json();
        json["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap().to_owned()).collect()
    }
}

impl TestApp {
    /// A task of the issue, held by the organisation or by nobody; its path.
    async fn task_of(&self, issue: &str, holder: Option<OrganisationId>) -> String {
        let community = self.community().await;
        let issue: Uuid = issue.trim_start_matches("/issues/").parse().unwrap();
        let (id, title) = (self.state.clock.id(), self.state.clock.id());
        let now = self.state.clock.now();
        self.insert(
            "wording",
            &[("id", title.into()), ("community_id", community.0.into()), ("body", "Засипати яму".into())],
        )
        .await;
        self.insert(
            "task",
            &[
                ("id", id.into()),
                ("community_id", community.0.into()),
                ("issue_id", issue.into()),
                ("state", if holder.is_some() { "accepted" } else { "draft" }.into()),
                ("title_id", title.into()),
                ("result_id", title.into()),
                ("holder_id", holder.map(|holder| holder.0).into()),
                ("open_offers", 0i64.into()),
                ("created_at", now.0.into()),
                ("changed_at", now.0.into()),
                ("version", 1i64.into()),
                ("touched", 0i64.into()),
            ],
        )
        .await;
        format!("/tasks/{id}")
    }

    async fn subjects(&self) -> Vec<String> {
        self.mails().await.into_iter().map(|mail| mail.subject).collect()
    }
}

#[actix_web::test]
async fn a_business_gives_money_from_the_offer_to_the_confirmed_delivery() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let business = app.organisation("Будсервіс", "business").await;
    let editor = app.of(business, "editor").await.acting_for(business);
    let coordinator = app.coordinator().await;
    app.mails().await;

    let commitment = editor.commits(&issue, money(1_250_000)).await;
    assert_eq!(editor.may_do_with(&commitment).await, ["withdraw"]);
    assert_eq!(coordinator.may_do_with(&commitment).await, ["accept", "decline"]);
    let offered = app.mails().await;
    assert!(offered.iter().any(|mail| mail.subject == "Пропонують внесок: № 1, Яма на дорозі"));
    assert!(offered[0].text.contains("Будсервіс пропонує внесок у вирішення питання «Яма на дорозі» у громаді «Калинова громада». Гроші: 12\u{a0}500,00 UAH."), "{}", offered[0].text);

    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    assert_eq!(app.subjects().await, ["Внесок прийнято: № 1, Яма на дорозі"]);
    assert_eq!(editor.may_do_with(&commitment).await, ["withdraw", "deliver"]);
    let promised = app.anyone().get(&format!("{issue}/commitments")).await.expect(200).json();
    assert_snapshot!(promised["totals"].to_string(), @r#"[{"currency":"UAH","delivered":0,"kind":"money","promised":1250000,"sector":"business","unit":null}]"#);

    assert_snapshot!(editor.does(format!("{commitment}/deliver")).await.problem(), @"422 invalid note=required");
    let delivered = editor
        .post(&format!("{commitment}/deliver"), json!({ "amount": 1_000_000, "note": "Переказали" }))
        .await
        .expect(200);
    assert_eq!((delivered.text("/state"), delivered.text("/confirmation")), ("delivered".into(), "waiting".into()));
    assert!(app.subjects().await.contains(&"Внесок зроблено, підтвердьте: № 1, Яма на дорозі".to_owned()));

    let confirmed = coordinator.does(format!("{commitment}/confirm")).await.expect(200);
    assert_eq!(confirmed.text("/confirmation"), "confirmed");
    assert_eq!(app.subjects().await, ["Отримання внеску підтверджено: № 1, Яма на дорозі"]);
    let detail = app.anyone().get(&issue).await.expect(200);
    assert_eq!(detail.text("/commitments/0/who/organisation/name/uk"), "Будсервіс");
    assert_eq!(detail.json()["commitments"][0]["delivered"], 1_000_000);
    let totals = app.anyone().get(&format!("{issue}/commitments")).await.expect(200).json()["totals"].clone();
    assert_eq!((totals[0]["promised"].clone(), totals[0]["delivered"].clone()), (json!(0), json!(1_000_000)));
    let history = app.anyone().get(&format!("{issue}/history")).await.expect(200).json();
    let told: Vec<String> = history["items"].as_array().unwrap()[2..]
        .iter()
        .map(|entry| {
            format!(
                "{} {} {}",
                entry["what"].as_str().unwrap(),
                entry["state"].as_str().unwrap(),
                entry["who"]["kind"].as_str().unwrap()
            )
        })
        .collect();
    assert_snapshot!(told.join("\n"), @r"
    commitment_offered offered organisation
    commitment_accepted accepted role
    commitment_delivered delivered organisation
    commitment_confirmed delivered role
    ");
    app.stop().await;
}

#[actix_web::test]
async fn what_is_promised_and_delivered_is_in_the_community_s_figures() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let (citizen, coordinator) = (app.citizen().await, app.coordinator().await);
    let figures = async || {
        let address = format!("/communities/{}/dashboard", crate::testing::COMMUNITY);
        app.anyone().get(&address).await.expect(200).json()["commitments"].clone()
    };

    let commitment = citizen.commits(&issue, hours(8)).await;
    assert_eq!(figures().await, json!([]), "what is offered counts nowhere");
    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    assert_eq!(figures().await[0]["promised"], 8);
    citizen.post(&format!("{commitment}/deliver"), json!({ "amount": 6, "note": "Готово" })).await.expect(200);

    let figures = figures().await;
    assert_eq!((&figures[0]["promised"], &figures[0]["delivered"]), (&json!(0), &json!(6)));
    app.stop().await;
}

#[actix_web::test]
async fn a_person_gives_hours_and_is_a_resident_in_public() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let citizen = app.citizen().await;
    assert_snapshot!(citizen.post(&format!("{issue}/commitments"), money(100)).await.problem(), @"422 invalid kind=does_not_fit");

    let commitment = citizen.commits(&issue, hours(8)).await;

    let public = app.anyone().get(&commitment).await.expect(200);
    assert_snapshot!(public.json()["who"].to_string(), @r#"{"kind":"resident","name":null}"#);
    assert_eq!(public.text("/words"), "", "nobody has looked at it yet");
    assert!(!String::from_utf8_lossy(&public.bytes).contains(&citizen.id().to_string()));
    let coordinator = app.coordinator().await;
    let received = coordinator.get(&commitment).await.expect(200);
    assert_eq!(
        (received.text("/who/name"), received.text("/words")),
        ("Олена Коваль".into(), "Допоможу зі щебенем".into())
    );
    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    assert_eq!(app.anyone().get(&commitment).await.text("/words"), "Допоможу зі щебенем");
    let totals = app.anyone().get(&format!("{issue}/commitments")).await.expect(200).json()["totals"].clone();
    assert_eq!((totals[0]["sector"].as_str(), totals[0]["promised"].as_i64()), (Some("citizens"), Some(8)));
    app.stop().await;
}

#[actix_web::test]
async fn only_who_receives_it_answers_and_only_who_gave_it_delivers() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let ngo = app.organisation("Світло двору", "ngo").await;
    let editor = app.of(ngo, "editor").await;
    let commitment = editor.acting_for(ngo).commits(&issue, hours(3)).await;

    for stranger in [app.citizen().await, app.moderator().await, editor.clone()] {
        assert_eq!(stranger.does(format!("{commitment}/accept")).await.problem(), "403 forbidden");
    }
    assert_eq!(app.anyone().does(format!("{commitment}/accept")).await.status, 401);
    assert_eq!(
        editor.post(&format!("{commitment}/withdraw"), json!({ "reason": "Ні" })).await.problem(),
        "422 acting_for_required"
    );
    let member = app.of(ngo, "member").await.acting_for(ngo);
    assert_eq!(
        member.post(&format!("{commitment}/withdraw"), json!({ "reason": "Ні" })).await.problem(),
        "403 forbidden"
    );
    assert_eq!(member.post(&format!("{issue}/commitments"), hours(1)).await.problem(), "403 forbidden");
    let coordinator = app.coordinator().await;
    assert_eq!(coordinator.post(&format!("{commitment}/deliver"), delivery()).await.problem(), "403 forbidden");
    assert_eq!(coordinator.does(format!("{commitment}/confirm")).await.problem(), "409 conflict");
    assert_snapshot!(coordinator.does(format!("{commitment}/decline")).await.problem(), @"400 malformed");
    let declined = coordinator.post(&format!("{commitment}/decline"), json!({ "reason": "Уже є" })).await.expect(200);
    assert_eq!((declined.text("/state"), declined.text("/reason")), ("declined".into(), "Уже є".into()));
    assert_eq!(coordinator.does(format!("{commitment}/accept")).await.problem(), "409 conflict");
    app.stop().await;
}

#[actix_web::test]
async fn the_holder_of_a_task_receives_what_others_give_to_it() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let holder = app.organisation("Благоустрій", "authority").await;
    let business = app.organisation("Будсервіс", "business").await;
    let task = app.task_of(&issue, Some(holder)).await;
    let giver = app.of(business, "owner").await.acting_for(business);
    let receiver = app.of(holder, "editor").await;
    let commitment =
        giver.commits(&task, json!({ "kind": "material", "amount": 3, "unit": "м³", "words": "Щебінь" })).await;
    let to: Vec<String> = app
        .mails()
        .await
        .into_iter()
        .filter(|mail| mail.subject.starts_with("Пропонують"))
        .map(|mail| mail.to)
        .collect();
    assert_eq!(to, [format!("{}@example.org", receiver.id())]);

    assert_eq!(app.coordinator().await.does(format!("{commitment}/accept")).await.problem(), "403 forbidden");
    assert_eq!(receiver.does(format!("{commitment}/accept")).await.problem(), "422 acting_for_required");
    receiver.acting_for(holder).does(format!("{commitment}/accept")).await.expect(200);
    giver.post(&format!("{commitment}/deliver"), delivery()).await.expect(200);
    receiver.acting_for(holder).does(format!("{commitment}/confirm")).await.expect(200);

    let of_task = app.anyone().get(&format!("{task}/commitments")).await.expect(200);
    assert_eq!(
        (of_task.text("/items/0/task/title"), of_task.text("/totals/0/unit")),
        ("Засипати яму".into(), "м³".into())
    );
    let own = receiver.acting_for(holder).commits(&task, hours(2)).await;
    assert_eq!(
        receiver.acting_for(holder).does(format!("{own}/accept")).await.problem(),
        "403 forbidden",
        "a coordinator receives it"
    );
    app.coordinator().await.does(format!("{own}/accept")).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn nobody_confirms_their_own() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let commitment = coordinator.commits(&issue, hours(2)).await;
    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    coordinator.post(&format!("{commitment}/deliver"), delivery()).await.expect(200);

    assert!(coordinator.may_do_with(&commitment).await.is_empty());
    assert_eq!(coordinator.does(format!("{commitment}/confirm")).await.problem(), "403 forbidden");
    app.coordinator().await.does(format!("{commitment}/confirm")).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn a_delivery_that_nobody_confirms_stands_after_14_days() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let citizen = app.citizen().await;
    let commitment = citizen.commits(&issue, hours(2)).await;
    let coordinator = app.coordinator().await;
    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    citizen.post(&format!("{commitment}/deliver"), delivery()).await.expect(200);
    app.wait(TimeDelta::days(14) - TimeDelta::hours(1));
    app.run_due().await;
    assert_eq!(app.anyone().get(&commitment).await.text("/confirmation"), "waiting");
    app.wait(TimeDelta::hours(2));
    app.run_due().await;

    let stands = app.anyone().get(&commitment).await.expect(200);
    assert_eq!(stands.text("/confirmation"), "unconfirmed");
    assert_eq!(stands.json()["note"], json!(null), "nobody has looked at what a resident wrote");
    coordinator.does(format!("{commitment}/confirm")).await.expect(200);
    assert_eq!(app.anyone().get(&commitment).await.text("/note"), "Зроблено вчора");
    app.stop().await;
}

#[actix_web::test]
async fn evidence_of_a_resident_is_public_once_it_is_confirmed() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let citizen = app.citizen().await;
    let commitment = citizen.commits(&issue, hours(2)).await;
    let coordinator = app.coordinator().await;
    coordinator.does(format!("{commitment}/accept")).await.expect(200);
    let upload = citizen
        .upload("application/pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec())
        .await
        .expect(201)
        .json();
    let evidence = json!([{ "id": upload["id"], "claim": upload["claim"] }]);
    citizen.post(&format!("{commitment}/deliver"), json!({ "evidence": evidence })).await.expect(200);

    let file = format!("/files/{}", upload["id"].as_str().unwrap());
    assert_eq!(app.anyone().get(&commitment).await.json()["evidence"], json!([]));
    assert_eq!(app.anyone().get(&file).await.status, 404);
    coordinator.get(&file).await.expect(200);
    coordinator.does(format!("{commitment}/confirm")).await.expect(200);
    assert_eq!(app.anyone().get(&commitment).await.json()["evidence"][0]["id"], upload["id"]);
    app.anyone().get(&file).await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn one_commits_only_to_what_one_sees_and_what_is_worked_on() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let citizen = app.citizen().await;
    let waiting = reporter.reports().await;
    assert_eq!(citizen.post(&format!("{waiting}/commitments"), hours(1)).await.problem(), "404 not_found");
    assert_eq!(reporter.post(&format!("{waiting}/commitments"), hours(1)).await.problem(), "409 conflict");
    assert_eq!(app.anyone().post(&format!("{issue}/commitments"), hours(1)).await.status, 401);
    let commitment = citizen.commits(&issue, hours(1)).await;
    let business = app.organisation("Будсервіс", "business").await;
    app.execute("UPDATE organisation_area SET verification = 'suspended'").await;
    let editor = app.of(business, "editor").await.acting_for(business);
    assert_eq!(editor.post(&format!("{issue}/commitments"), hours(1)).await.problem(), "409 conflict");

    coordinator.post(&format!("{issue}/hide"), json!({ "reason": "insult", "words": "Образа" })).await.expect(204);

    assert_eq!(app.citizen().await.get(&commitment).await.problem(), "404 not_found");
    assert_eq!(app.anyone().get(&format!("{issue}/commitments")).await.problem(), "404 not_found");
    assert_eq!(
        coordinator.does(format!("{commitment}/accept")).await.problem(),
        "409 conflict",
        "first it is shown again"
    );
    app.stop().await;
}

#[actix_web::test]
async fn commitments_come_in_pages_with_totals_of_all() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let citizen = app.citizen().await;
    let coordinator = app.coordinator().await;
    for amount in [1, 2, 4] {
        let commitment = citizen.commits(&issue, hours(amount)).await;
        app.wait(TimeDelta::milliseconds(1));
        if amount < 4 {
            coordinator.does(format!("{commitment}/accept")).await.expect(200);
        }
    }

    let first = app.anyone().get(&format!("{issue}/commitments?limit=2")).await.expect(200);
    let second = app
        .anyone()
        .get(&format!("{issue}/commitments?limit=2&after={}", first.text("/next")))
        .await
        .expect(200)
        .json();
    let accepted = app.anyone().get(&format!("{issue}/commitments?state=accepted")).await.expect(200).json();

    let planned = |page: &Value| {
        page["items"].as_array().unwrap().iter().map(|item| item["planned"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((planned(&first.json()), planned(&second), planned(&accepted)), (vec![1, 2], vec![4], vec![1, 2]));
    assert_eq!(second["totals"][0]["promised"], 3);
    app.stop().await;
}

#[actix_web::test]
async fn what_is_offered_promised_and_delivered_waits_for_its_receiver() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let holder = app.organisation("Благоустрій", "authority").await;
    let task = app.task_of(&issue, Some(holder)).await;
    let receiver = app.of(holder, "editor").await;
    let (coordinator, citizen) = (app.coordinator().await, app.citizen().await);
    citizen.commits(&issue, hours(1)).await;
    let commitment = citizen.commits(&task, hours(2)).await;

    assert_eq!(app.planned_for(&coordinator, "answer_commitment").await, [1]);
    assert_eq!(app.planned_for(&receiver, "answer_commitment").await, [2]);
    assert!(app.planned_for(&citizen, "answer_commitment").await.is_empty());
    receiver.acting_for(holder).does(format!("{commitment}/accept")).await.expect(200);
    assert!(app.planned_for(&receiver, "answer_commitment").await.is_empty());
    citizen.post(&format!("{commitment}/deliver"), delivery()).await.expect(200);
    assert_eq!(app.planned_for(&receiver, "confirm_delivery").await, [2]);
    assert!(app.planned_for(&coordinator, "confirm_delivery").await.is_empty());
    app.stop().await;
}

impl TestApp {
    /// The amounts of what waits in somebody's inbox for a reason; the count of it is the same.
    async fn planned_for(&self, who: &Client<'_>, reason: &str) -> Vec<i64> {
        use shared::{inbox::InboxReason, words::Word};
        let (caller, reason) = (who.caller().await, InboxReason::of(reason).unwrap());
        let items = super::waiting(self.state.db.read(), &caller, reason, 50, None).await.unwrap();
        let items: Vec<Value> = items.iter().map(|item| serde_json::to_value(item).unwrap()).collect();
        assert!(items.iter().all(|item| !item["subject"]["commitment"]["actions"].as_array().unwrap().is_empty()));
        items.iter().map(|item| item["subject"]["commitment"]["planned"].as_i64().unwrap()).collect()
    }
}

#[actix_web::test]
async fn words_of_a_contribution_can_be_flagged_and_hidden_and_then_count_nowhere() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.open_issue().await;
    let (neighbour, coordinator, moderator) = (app.citizen().await, app.coordinator().await, app.moderator().await);
    let sand = json!({ "kind": "material", "amount": 3, "unit": "мішки Петренка", "words": "Петренко краде пісок" });
    let gift = neighbour.commits(&issue, sand).await;
    let id = gift.trim_start_matches("/commitments/");
    let seen = |json: Value| (json["words"].clone(), json["unit"].clone(), json["hidden"].clone());

    // What nobody has looked at is for both sides.
    assert_eq!(seen(app.anyone().get(&gift).await.json()), (json!(""), json!(null), json!(false)));
    coordinator.does(format!("{gift}/accept")).await.expect(200);
    assert_eq!(seen(app.anyone().get(&gift).await.json()).0, json!("Петренко краде пісок"));
    let totals = format!("{issue}/commitments");
    assert_eq!(app.anyone().get(&totals).await.json()["totals"][0]["unit"], json!("мішки Петренка"));
    app.mails().await;
    let flag = json!({ "thing": "commitment", "id": id, "reason": "accuses_person" });
    reporter.post("/flags", flag).await.expect(204);
    assert_eq!(app.waits_for(&moderator, "flag").await.len(), 1);
    let why = json!({ "reason": "accuses_person", "words": "Названо імʼя" });
    moderator.post(&format!("{gift}/hide"), why).await.expect(204);

    let list = app.anyone().get(&totals).await.json();
    assert_eq!(seen(list["items"][0].clone()), (json!(""), json!(null), json!(true)));
    assert_eq!(list["totals"], json!([]));
    for insider in [&neighbour, &moderator] {
        assert_eq!(seen(insider.get(&gift).await.json()).0, json!("Петренко краде пісок"));
    }
    assert_eq!(app.mails().await.into_iter().map(|mail| mail.to).collect::<Vec<_>>(), [neighbour.email()]);
    moderator.delete(&format!("{gift}/hide")).await.expect(204);
    assert_eq!(seen(app.anyone().get(&gift).await.json()).0, json!("Петренко краде пісок"));
    app.stop().await;
}
