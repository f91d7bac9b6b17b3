use crate::{
    issue::{Involved, settle},
    testing::{Client, Taken, TestApp},
};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};
use shared::{
    ids::{IssueId, OrganisationId},
    issue::TaskCounts,
    task::TaskState,
};

impl TestApp {
    /// As if tasks in these states were the organisation's.
    async fn tasks(&self, issue: &str, organisation: OrganisationId, states: &[TaskState]) {
        let id: IssueId = issue.trim_start_matches("/issues/").parse().unwrap();
        let taken = states.iter().any(|state| state.is_taken());
        let mut tx = self.state.write_as_system().await.unwrap();
        settle(&mut tx, id, TaskCounts::of(states.iter().copied()), &[Involved { organisation, taken }]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn supporters(issue: &Value) -> i64 {
    issue["supporters"].as_i64().unwrap()
}

#[actix_web::test]
async fn an_issue_is_in_progress_exactly_while_a_task_is_taken() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let business = app.organisation("БудСервіс", "business").await;

    app.tasks(&issue, business, &[TaskState::Offered]).await;
    assert_eq!(app.anyone().state_of(&issue).await, "open");
    app.tasks(&issue, business, &[TaskState::Accepted]).await;
    assert_eq!(app.anyone().state_of(&issue).await, "in_progress");
    let list =
        app.anyone().get(&format!("/communities/{}/issues?sector=business", crate::testing::COMMUNITY)).await.json();
    assert_eq!(list["items"][0]["sectors"], json!(["business"]));
    app.tasks(&issue, business, &[TaskState::Cancelled]).await;
    assert_eq!(app.anyone().state_of(&issue).await, "open");
    app.stop().await;
}

#[actix_web::test]
async fn those_who_work_on_a_private_issue_see_it_while_they_do() {
    let app = TestApp::start().await;
    app.community().await;
    let issue = app.citizen().await.reports_in("health").await;
    app.coordinator().await.does(format!("{issue}/accept")).await.expect(200);
    let ngo = app.organisation("Турбота", "ngo").await;
    let (editor, member, assignee) = (app.editor(ngo).await, app.of(ngo, "member").await, app.of(ngo, "member").await);
    let task = app.coordinator().await.splits(&issue, "Навідуватися щодня").await;
    let offer = app.coordinator().await.offers(&task, ngo).await;
    editor.does(format!("{offer}/accept")).await.expect(200);
    editor.with("If-Match", "*").patch(&task, json!({ "assignee": assignee.id() })).await.expect(200);

    assert_eq!(editor.get(&issue).await.expect(200).text("/place/house"), "5");
    assignee.get(&issue).await.expect(200);
    assert_eq!(member.get(&issue).await.status, 404);
    editor.post(&format!("{task}/release"), json!({ "reason": "Немає кому" })).await.expect(200);
    assert_eq!(editor.get(&issue).await.status, 404);
    assert_eq!(assignee.get(&issue).await.status, 404);
    app.stop().await;
}

#[actix_web::test]
async fn an_organisation_claims_when_its_work_is_done_and_its_members_do_not_confirm() {
    let app = TestApp::start().await;
    let business = app.organisation("БудСервіс", "business").await;
    let Taken { issue, task, reporter, editor, .. } = app.taken_task(business).await;
    let stranger = app.editor(app.organisation("Турбота", "ngo").await).await;
    editor.does(format!("{issue}/support")).await.expect(200);
    app.wait(TimeDelta::hours(1));
    let claim = json!({ "statement": "Засипали" });
    let path = format!("{issue}/resolve");

    assert_snapshot!(stranger.post(&path, claim.clone()).await.problem(), @"403 forbidden");
    assert_snapshot!(editor.post(&path, claim.clone()).await.problem(), @"409 conflict");
    editor.does(format!("{task}/start")).await.expect(200);
    editor.finishes(&task).await.expect(200);
    let resolved = editor.post(&path, claim).await.expect(200);
    assert_eq!(resolved.text("/claim/who/organisation/name/uk"), "БудСервіс");
    assert_snapshot!(editor.does(format!("{issue}/confirm")).await.problem(), @"403 forbidden");
    assert_eq!(
        reporter.post(&format!("{issue}/object"), json!({ "words": "Ні" })).await.expect(200).text("/state"),
        "in_progress"
    );
    app.stop().await;
}

#[actix_web::test]
async fn later_objections_are_decided_by_the_facilitator_within_seven_days() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    let (coordinator, facilitator) = (app.coordinator().await, app.facilitator().await);
    reporter.post(&format!("{issue}/object"), json!({ "words": "Ні" })).await.expect(200);
    coordinator.post(&format!("{issue}/resolve"), json!({ "statement": "Тепер так" })).await.expect(200);
    app.mails().await;

    let waits = reporter.post(&format!("{issue}/object"), json!({ "words": "Знову ні" })).await.expect(200);
    assert_eq!(
        (waits.text("/state"), waits.text("/objection/decide_by")),
        ("resolved".into(), "2026-11-30T10:30:00.000Z".into())
    );
    let subjects: Vec<(String, String)> = app.mails().await.into_iter().map(|mail| (mail.to, mail.subject)).collect();
    assert_eq!(
        subjects,
        [(format!("{}@example.org", facilitator.id()), "Потрібне ваше рішення: № 1, Яма на дорозі".to_owned())]
    );
    assert_eq!(app.waits_for(&facilitator, "objection").await.len(), 1);
    assert_snapshot!(reporter.does(format!("{issue}/confirm")).await.problem(), @"409 conflict");
    let decision = json!({ "upheld": true, "reason": "Яма є" });
    assert_snapshot!(app.main().await.post(&format!("{issue}/decide_objection"), decision.clone()).await.problem(), @"403 forbidden");
    assert_eq!(
        facilitator.post(&format!("{issue}/decide_objection"), decision).await.expect(200).text("/state"),
        "open"
    );
    assert!(app.waits_for(&facilitator, "objection").await.is_empty());
    app.stop().await;
}

#[actix_web::test]
async fn silence_confirms_after_14_days_unless_an_objection_waits() {
    let app = TestApp::start().await;
    let (issue, reporter) = app.resolved_issue().await;
    assert_eq!(app.waits_for(&reporter, "confirm_issue").await.len(), 1);

    app.wait(TimeDelta::days(14) - TimeDelta::seconds(1));
    app.run_due().await;
    assert_eq!(app.anyone().state_of(&issue).await, "resolved");
    app.wait(TimeDelta::hours(1));
    app.run_due().await;
    let confirmed = app.anyone().get(&issue).await.expect(200);
    assert_eq!(
        (confirmed.text("/state"), confirmed.text("/claim/confirmed_by")),
        ("confirmed".into(), "silence".into())
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_report_without_an_answer_reaches_the_main_coordinator_once() {
    let app = TestApp::start().await;
    app.community().await;
    let main = app.main().await;
    let issue = app.citizen().await.reports().await;
    app.citizen().await.reports_in("health").await;
    assert_eq!(app.waits_for(&app.moderator().await, "triage").await.len(), 2);
    app.wait(TimeDelta::days(7) + TimeDelta::minutes(20));

    let mails = app.mails().await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["Звернення без відповіді: № 1, Яма на дорозі", "Звернення без відповіді: № 2, приватне звернення"]
    );
    assert!(!mails[1].text.contains("Яма"));
    assert_eq!(app.waits_for(&main, "unanswered").await.len(), 1);
    app.wait(TimeDelta::hours(1));
    assert!(app.mails().await.is_empty());
    app.moderator().await.does(format!("{issue}/accept")).await.expect(200);
    assert!(app.waits_for(&main, "unanswered").await.is_empty());
    app.stop().await;
}

#[actix_web::test]
async fn a_duplicate_lends_its_supporters_and_takes_back_exactly_those() {
    let app = TestApp::start().await;
    let (first, reporter) = app.open_issue().await;
    let (second, _) = app.open_issue().await;
    let coordinator = app.coordinator().await;
    let (both, only, later) = (app.citizen().await, app.citizen().await, app.citizen().await);
    let support = async |who: &Client<'_>, issue: &str| who.does(format!("{issue}/support")).await.expect(200);
    for (who, issue) in [(&both, &first), (&both, &second), (&only, &second)] {
        support(who, issue).await;
    }
    let of = json!({ "of": first.trim_start_matches("/issues/") });

    let merged = coordinator.post(&format!("{second}/duplicate"), of.clone()).await.expect(200);
    assert_eq!(
        (merged.text("/state"), merged.json()["duplicate_of"]["number"].clone()),
        ("duplicate".into(), json!(1))
    );
    support(&later, &first).await;
    let stays = app.anyone().get(&first).await.json();
    assert_eq!((supporters(&stays), stays["duplicates"][0]["number"].clone()), (3, json!(2)));
    assert_snapshot!(coordinator.post(&format!("{first}/duplicate"), json!({ "of": second.trim_start_matches("/issues/") })).await.problem(), @"409 conflict");

    assert_eq!(coordinator.delete(&format!("{second}/duplicate")).await.expect(200).text("/state"), "open");
    assert_eq!(
        (supporters(&app.anyone().get(&first).await.json()), supporters(&app.anyone().get(&second).await.json())),
        (2, 2)
    );
    assert_snapshot!(reporter.post(&format!("{second}/duplicate"), of).await.problem(), @"403 forbidden");
    app.stop().await;
}

#[actix_web::test]
async fn a_report_that_is_no_duplicate_after_all_waits_no_longer_for_it() {
    let app = TestApp::start().await;
    let (stays, _) = app.open_issue().await;
    let report = app.citizen().await.reports().await;
    let moderator = app.moderator().await;
    let before = moderator.get(&report).await.expect(200).text("/answer_by");

    let of = json!({ "of": stays.trim_start_matches("/issues/") });
    moderator.post(&format!("{report}/duplicate"), of).await.expect(200);
    let again = moderator.delete(&format!("{report}/duplicate")).await.expect(200);

    assert_eq!((again.text("/state"), again.text("/answer_by")), ("reported".into(), before));
    app.stop().await;
}

#[actix_web::test]
async fn a_public_issue_does_not_vanish_behind_one_that_is_less_visible() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let hidden_behind = [app.citizen().await.reports_in("health").await, app.citizen().await.reports().await];
    let coordinator = app.coordinator().await;

    for target in hidden_behind {
        let answer = coordinator
            .post(&format!("{issue}/duplicate"), json!({ "of": target.trim_start_matches("/issues/") }))
            .await;
        assert_eq!(answer.problem(), "409 conflict");
    }
    app.stop().await;
}

#[actix_web::test]
async fn accepting_is_undone_while_nothing_came_of_it() {
    let app = TestApp::start().await;
    let (issue, _) = app.open_issue().await;
    let moderator = app.moderator().await;

    let again = moderator.delete(&format!("{issue}/accept")).await.expect(200);
    assert_eq!(
        (again.text("/state"), again.text("/answer_by")),
        ("reported".into(), "2026-11-30T09:30:00.000Z".into())
    );
    moderator.does(format!("{issue}/accept")).await.expect(200);
    app.tasks(&issue, app.organisation("БудСервіс", "business").await, &[TaskState::Draft]).await;
    assert_snapshot!(moderator.delete(&format!("{issue}/accept")).await.problem(), @"409 conflict");
    app.stop().await;
}
