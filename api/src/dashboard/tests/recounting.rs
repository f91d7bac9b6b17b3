//! Whatever happens, the rows that are kept are those that a recount makes.

use super::recounts_alike;
use crate::{
    issue, offer,
    task::{
        self,
        store::{self as tasks, Locked},
    },
    testing::{Answered, Client, TestApp},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::ids::{OrganisationId, TaskId};
use std::{pin::pin, time::Duration};

/// Always the same choices for the same seed.
struct Choices(u64);

impl Choices {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct History<'a> {
    app: &'a TestApp,
    choices: Choices,
    issues: Vec<String>,
    tasks: Vec<String>,
    offers: Vec<String>,
    gifts: Vec<String>,
    organisations: Vec<OrganisationId>,
    editors: Vec<Client<'a>>,
    reporter: Client<'a>,
    neighbours: Vec<Client<'a>>,
    moderator: Client<'a>,
    coordinator: Client<'a>,
    facilitator: Client<'a>,
    main: Client<'a>,
}

impl History<'_> {
    async fn step(&mut self) {
        let choice = self.choices.below(54);
        if self.issues.len() < 3 || choice < 3 {
            let (category, group) = (
                self.choices.of(&["roads", "roads", "safety", "health"]),
                self.choices.of(&["children", "rural", "everyone"]),
            );
            self.issues.push(self.reporter.tells(category, &[group]).await);
            return;
        }
        if choice < 6 {
            self.app.wait(TimeDelta::hours(self.choices.of(&[1, 5, 30, 200])));
            issue::sweep(&self.app.state).await.unwrap();
            offer::sweep(&self.app.state).await.unwrap();
            task::sweep(&self.app.state).await.unwrap();
            return;
        }
        let issue = self.issues[self.choices.below(self.issues.len())].clone();
        let other = self.issues[self.choices.below(self.issues.len())].trim_start_matches("/issues/").to_owned();
        let upheld = self.choices.below(2) == 0;
        let decision = json!({ "upheld": upheld, "reason": "Розглянуто" });
        let neighbour = self.neighbours[self.choices.below(self.neighbours.len())].clone();
        let answer = match choice {
            6..=8 => post(&self.moderator, &issue, "accept", json!({})).await,
            9 => self.moderator.delete(&format!("{issue}/accept")).await,
            10 => post(&self.moderator, &issue, "decline", json!({ "reason": "unclear", "words": "Де саме?" })).await,
            11 => post(&self.reporter, &issue, "appeal", json!({ "reason": "Це не так" })).await,
            12 => post(&self.main, &issue, "decide_appeal", decision).await,
            13 => {
                let change = self.choices.of(&[
                    r#"{ "category": "safety" }"#,
                    r#"{ "category": "roads", "affected": ["veterans", "older_people"] }"#,
                    r#"{ "affected": ["everyone"] }"#,
                    r#"{ "private": true }"#,
                    r#"{ "private": false }"#,
                    r#"{ "category": "health" }"#,
                ]);
                self.moderator.with("If-Match", "*").patch(&issue, serde_json::from_str(change).unwrap()).await
            }
            14 => post(&self.moderator, &issue, "hide", json!({ "reason": "spam", "words": "Реклама" })).await,
            15 => self.moderator.delete(&format!("{issue}/hide")).await,
            16 => post(&self.moderator, &issue, "duplicate", json!({ "of": other })).await,
            17 => self.moderator.delete(&format!("{issue}/duplicate")).await,
            18 | 19 => post(&self.coordinator, &issue, "resolve", json!({ "statement": "Засипано" })).await,
            20 => post(&self.reporter, &issue, "confirm", json!({})).await,
            21 => {
                post(&neighbour, &issue, "support", json!({})).await;
                post(&neighbour, &issue, "confirm", json!({})).await
            }
            22 => post(&self.reporter, &issue, "object", json!({ "words": "Яма на місці" })).await,
            23 => post(&self.facilitator, &issue, "decide_objection", decision).await,
            24..=26 => {
                let due = self.choices.of(&[None, Some("2026-11-24"), Some("2026-12-02")]);
                let made = post(&self.coordinator, &issue, "tasks", json!({ "title": "Засипати", "due": due })).await;
                self.tasks.extend(path(&made, "/tasks/"));
                made
            }
            27..=43 => self.work(choice).await,
            48..=53 => self.judge(choice, &issue).await,
            _ => self.give(choice, &issue).await,
        };
        assert!(answer.status < 500, "step {choice} of {issue}: {}", String::from_utf8_lossy(&answer.bytes));
    }
}

impl History<'_> {
    /// Something about a task or an offer.
    async fn work(&mut self, choice: usize) -> Answered {
        let Some(task) = self.tasks.last().cloned() else { return self.reporter.get("/me").await };
        let at = self.choices.below(self.organisations.len());
        let task =
            if choice.is_multiple_of(2) { self.tasks[self.choices.below(self.tasks.len())].clone() } else { task };
        let (organisation, editor) = (self.organisations[at], self.editors[at].clone());
        let offer = self.offers.last().cloned().unwrap_or_default();
        let because = json!({ "reason": "Так склалося" });
        match choice {
            27..=29 => {
                let offer = json!({ "organisation": organisation });
                let made = post(&self.coordinator, &task, "offers", offer).await;
                self.offers.extend(path(&made, "/offers/"));
                made
            }
            30 => {
                let made = post(&editor, &task, "offers", json!({})).await;
                self.offers.extend(path(&made, "/offers/"));
                made
            }
            31..=33 if !offer.is_empty() => {
                for editor in &self.editors {
                    post(editor, &offer, "accept", json!({})).await;
                }
                post(&self.coordinator, &offer, "accept", json!({})).await
            }
            34 if !offer.is_empty() => {
                post(&editor, &offer, "decline", because.clone()).await;
                post(&self.coordinator, &offer, "withdraw", because).await
            }
            35 => post(&editor, &task, "start", json!({})).await,
            36 | 37 => {
                post(&editor, &task, "start", json!({})).await;
                post(&editor, &task, "done", json!({ "note": "Засипано" })).await
            }
            38 => post(&self.moderator, &task, "verify", json!({})).await,
            39 => post(&self.moderator, &task, "return", because).await,
            40 => post(&editor, &task, "release", because).await,
            41 => post(&self.coordinator, &task, "recall", because).await,
            42 => post(&self.coordinator, &task, "cancel", because).await,
            _ => {
                let sector = self.choices.of(&["ngo", "business", "education"]);
                let main = self.main.with("If-Match", "*");
                main.patch(&format!("/organisations/{organisation}"), json!({ "sector": sector })).await
            }
        }
    }
}

impl History<'_> {
    /// A proposal, and what a moderator makes of a task or a commitment.
    async fn judge(&mut self, choice: usize, issue: &str) -> Answered {
        let at = self.choices.below(self.organisations.len());
        let (organisation, editor) = (self.organisations[at], self.editors[at].clone());
        let thing = match self.choices.below(2) {
            0 => self.tasks.last(),
            _ => self.gifts.last(),
        };
        match (choice, thing.cloned()) {
            (48 | 49, _) => {
                self.app.regard(organisation, self.choices.of(&["verified", "verified", "unverified"])).await;
                let made = post(&editor, issue, "tasks", json!({ "title": "Розчистити берег" })).await;
                self.tasks.extend(path(&made, "/tasks/"));
                if made.status == 201 {
                    self.offers.push(format!("/offers/{}", made.text("/offers/0/id")));
                }
                made
            }
            (50 | 51, Some(thing)) => {
                post(&self.moderator, &thing, "hide", json!({ "reason": "spam", "words": "Реклама" })).await
            }
            (_, Some(thing)) => self.moderator.delete(&format!("{thing}/hide")).await,
            (_, None) => self.reporter.get("/me").await,
        }
    }
}

impl History<'_> {
    /// Something about a commitment.
    async fn give(&mut self, choice: usize, issue: &str) -> Answered {
        let editor = self.editors[self.choices.below(self.editors.len())].clone();
        let gift = self.gifts.last().cloned().unwrap_or_default();
        match choice {
            45 | 46 if !gift.is_empty() => {
                post(&self.coordinator, &gift, "accept", json!({})).await;
                let kept = self.choices.below(3) > 0;
                let (what, body) = if kept {
                    ("deliver", json!({ "amount": 3, "note": "Привезли" }))
                } else {
                    ("withdraw", json!({ "reason": "Не вийшло" }))
                };
                post(&self.editors[0], &gift, what, body.clone()).await;
                post(&self.editors[1], &gift, what, body).await
            }
            47 if !gift.is_empty() => post(&self.coordinator, &gift, "accept", json!({})).await,
            _ => {
                let gift = self.choices.of(&[
                    r#"{ "kind": "hours", "amount": 8 }"#,
                    r#"{ "kind": "money", "amount": 500, "currency": "UAH" }"#,
                ]);
                let made = post(&editor, issue, "commitments", serde_json::from_str(gift).unwrap()).await;
                self.gifts.extend(path(&made, "/commitments/"));
                made
            }
        }
    }
}

/// The path of what was made, if it was.
fn path(made: &Answered, kind: &str) -> Option<String> {
    (made.status == 201).then(|| format!("{kind}{}", made.text("/id")))
}

async fn post(who: &Client<'_>, issue: &str, what: &str, body: Value) -> Answered {
    who.post(&format!("{issue}/{what}"), body).await
}

#[actix_web::test]
async fn the_figures_are_those_of_a_recount_after_any_history() {
    for seed in [1, 20, 300] {
        let app = TestApp::start().await;
        app.community().await;
        let (first, second) =
            (app.organisation("Світло двору", "ngo").await, app.organisation("БудСервіс", "business").await);
        let mut history = History {
            app: &app,
            choices: Choices(seed),
            issues: Vec::new(),
            tasks: Vec::new(),
            offers: Vec::new(),
            gifts: Vec::new(),
            organisations: vec![first, second],
            editors: vec![app.editor(first).await, app.editor(second).await],
            reporter: app.citizen().await,
            neighbours: vec![app.citizen().await, app.citizen().await, app.citizen().await],
            moderator: app.moderator().await,
            coordinator: app.coordinator().await,
            facilitator: app.facilitator().await,
            main: app.main().await,
        };
        app.lasting_sessions().await;
        for step in 0..240 {
            history.step().await;
            if step % 20 == 19 {
                recounts_alike(&app).await;
            }
        }
        app.mails().await;
        app.stop().await;
    }
}

#[actix_web::test]
async fn a_sector_that_changes_while_a_write_counts_is_counted_once() {
    let app = TestApp::start().await;
    let ngo = app.organisation("Світло двору", "ngo").await;
    let taken = app.taken_task(ngo).await;
    let main = app.main().await.with("If-Match", "*");
    let id = TaskId(taken.task.trim_start_matches("/tasks/").parse().unwrap());

    // The write has counted what was, and not yet what is.
    let mut tx = app.state.write_as_system().await.unwrap();
    let Locked { issue, mut task } = tasks::lock_as_system(&tx, id).await.unwrap();
    task.become_as(task.rules().start(ngo).unwrap(), tx.at());
    task.save(&tx).await.unwrap();
    let path = format!("/organisations/{ngo}");
    let changed = {
        let mut change = pin!(main.patch(&path, json!({ "sector": "business" })));
        let early = tokio::time::timeout(Duration::from_millis(300), &mut change).await;
        task::settle(&mut tx, issue.id).await.unwrap();
        tx.commit().await.unwrap();
        match early {
            Ok(answer) => answer,
            Err(_) => change.await,
        }
    };

    changed.expect(200);
    recounts_alike(&app).await;
    app.stop().await;
}
