use crate::{
    jobs::{
        self, Job, Worker,
        queue::{self, Running},
        schedule::{self, Every, SCHEDULE},
        worker,
    },
    mail::{self, Letter, Mail},
    state::AppState,
    testing::{Smtp, TestApp},
};
use chrono::TimeDelta;
use chrono_tz::Europe::Kyiv;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use shared::{
    text::{Key, Lang},
    time::Timestamp,
};
use std::{collections::BTreeSet, future::poll_fn, task::Poll};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Row {
    state: String,
    run_at: Timestamp,
    attempts: i64,
    last_error: Option<String>,
    payload: String,
}

/// The jobs of a kind, oldest first.
async fn rows(app: &AppState, kind: &str) -> Vec<Row> {
    let sql = "SELECT state, run_at, attempts, last_error, payload FROM job WHERE kind = $1 ORDER BY id";
    Row::find_by_statement(Statement::from_sql_and_values(app.db.backend(), sql, [kind.into()]))
        .all(app.db.read())
        .await
        .unwrap()
}

/// A mail to nobody cannot be sent, however often it is tried.
fn letter(to: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        lang: Lang::Uk,
        subject: "Тема".to_owned(),
        body: "Текст".to_owned(),
        button: None,
        unsubscribe: None,
    }
}

async fn put(app: &AppState, job: impl Into<jobs::NewJob>) {
    let tx = app.write_as_system().await.unwrap();
    jobs::put(&tx, job).await.unwrap();
    tx.commit().await.unwrap();
}

/// The standing schedule is out of the way.
async fn start() -> TestApp {
    let app = TestApp::start().await;
    app.run_due().await;
    app
}

async fn take(app: &AppState) -> Running {
    queue::take(app).await.unwrap().expect("a job that is due")
}

fn message_ids(server: &Smtp) -> BTreeSet<String> {
    server
        .taken()
        .iter()
        .map(|message| message.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned())
        .collect()
}

/// Polls so many times and lets go, as a process does that is killed.
async fn killed_after<F: Future>(polls: usize, work: F) -> Option<F::Output> {
    let mut work = Box::pin(work);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[actix_web::test]
async fn a_worker_killed_at_any_step_leaves_the_job_to_the_next_one() {
    let server = Smtp::start().await;
    let app = TestApp::start_with(|config| config.smtp_url = Some(server.url.clone())).await;
    app.run_due().await;
    let mut seen = BTreeSet::new();
    for polls in 0.. {
        put(&app.state, Job::SendMail(letter("olena@example.org"))).await;
        let survived = killed_after(polls, jobs::run_due(&app.state)).await.is_some();
        // On PostgreSQL the write that was cut off may still be ending, and who looks for work passes by a row
        // that is held: this waits for it.
        app.execute("UPDATE job SET attempts = attempts").await;
        app.wait(queue::LEASE);
        app.run_due().await;

        let before = seen.len();
        seen.extend(message_ids(&server));
        assert_eq!(
            seen.len(),
            before + 1,
            "killed after {polls} polls: each mail arrives, and a repetition has the same id"
        );
        if survived {
            assert!(polls > 5, "there was something to kill");
            break;
        }
    }
    assert!(rows(&app.state, "send_mail").await.iter().all(|row| row.state == "done" && row.payload.is_empty()));
    app.stop().await;
}

#[actix_web::test]
async fn a_worker_that_lost_its_lease_changes_nothing() {
    let app = start().await;
    put(&app.state, Job::SendMail(letter("olena@example.org"))).await;
    let slow = take(&app.state).await;
    assert!(queue::take(&app.state).await.unwrap().is_none(), "it is held");

    app.wait(queue::LEASE);
    let quick = take(&app.state).await;
    assert_eq!(quick.id, slow.id);
    assert!(!slow.renew(&app.state).await.unwrap());
    assert!(!slow.done(&app.state).await.unwrap());
    assert!(!slow.failed(&app.state, "too slow").await.unwrap());
    let tx = app.state.write_as_system().await.unwrap();
    assert!(slow.finish(&tx).await.is_err());
    drop(tx);
    assert!(quick.done(&app.state).await.unwrap());
    app.stop().await;
}

#[actix_web::test]
async fn a_lease_that_is_renewed_is_kept() {
    let app = start().await;
    put(&app.state, Job::SendMail(letter("olena@example.org"))).await;
    let held = take(&app.state).await;
    for _ in 0..5 {
        app.wait(TimeDelta::seconds(20));
        assert!(held.renew(&app.state).await.unwrap());
    }
    assert!(queue::take(&app.state).await.unwrap().is_none());
    assert!(held.done(&app.state).await.unwrap());
    app.stop().await;
}

#[actix_web::test]
async fn a_job_that_ends_with_its_effect_is_not_ended_twice() {
    let app = start().await;
    put(&app.state, Job::SendMail(letter("olena@example.org"))).await;
    let running = take(&app.state).await;
    let tx = app.state.write_as_system().await.unwrap();
    running.finish(&tx).await.unwrap();
    // Not committed: the effect did not happen, and the job is still to be done.
    drop(tx);
    assert_eq!(rows(&app.state, "send_mail").await[0].state, "ready");

    let tx = app.state.write_as_system().await.unwrap();
    running.finish(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rows(&app.state, "send_mail").await[0].state, "done");
    app.stop().await;
}

#[actix_web::test]
async fn one_job_of_a_unique_key_waits_at_a_time() {
    let app = start().await;
    let later = app.state.clock.now() + TimeDelta::hours(1);
    let reminder = || Job::SendMail(letter("olena@example.org")).once("reminder").at(later);
    put(&app.state, reminder()).await;
    put(&app.state, reminder()).await;
    app.run_due().await;
    assert_eq!(rows(&app.state, "send_mail").await.len(), 1);

    let tx = app.state.write_as_system().await.unwrap();
    jobs::take_back(&tx, "reminder").await.unwrap();
    tx.commit().await.unwrap();
    assert!(rows(&app.state, "send_mail").await.is_empty());

    put(&app.state, reminder()).await;
    app.wait(TimeDelta::hours(1));
    assert_eq!(app.mails().await.len(), 1);
    put(&app.state, reminder()).await;
    assert_eq!(app.mails().await.len(), 1, "the key is free again once the job is done");
    app.stop().await;
}

#[actix_web::test]
async fn what_fails_waits_longer_each_time_and_dies_in_the_end() {
    let app = start().await;
    put(&app.state, Job::SendMail(letter("nobody"))).await;
    let mut pauses = Vec::new();
    loop {
        app.run_due().await;
        let row = rows(&app.state, "send_mail").await.remove(0);
        assert_eq!(row.last_error.as_deref(), Some("read the address"), "and never the address itself");
        if row.state == "dead" {
            assert_eq!(row.attempts, queue::MOST_ATTEMPTS);
            break;
        }
        let pause = row.run_at.since(app.state.clock.now());
        pauses.push(pause);
        app.wait(pause - TimeDelta::milliseconds(1));
        app.run_due().await;
        assert_eq!(rows(&app.state, "send_mail").await[0].attempts, row.attempts, "not before its time");
        app.wait(TimeDelta::milliseconds(1));
    }
    assert!(pauses.is_sorted());
    assert!((7..=13).contains(&pauses[0].num_seconds()));
    assert!(
        pauses.iter().sum::<TimeDelta>() > TimeDelta::hours(20),
        "a mail server may be away for most of a day: {pauses:?}"
    );

    // This death is explained; after a month it is forgotten.
    app.wait(TimeDelta::days(31));
    app.run_due().await;
    assert!(rows(&app.state, "send_mail").await.is_empty());
    app.stop().await;
}

#[actix_web::test]
async fn a_job_that_kills_its_workers_is_not_tried_for_ever() {
    let app = start().await;
    put(&app.state, Job::SendMail(letter("olena@example.org"))).await;
    for _ in 0..queue::MOST_ATTEMPTS {
        drop(take(&app.state).await);
        app.wait(queue::LEASE);
    }
    assert!(app.mails().await.is_empty());
    assert_eq!(rows(&app.state, "send_mail").await[0].state, "dead");
    app.wait(TimeDelta::days(31));
    app.run_due().await;
    app.stop().await;
}

#[test]
fn jobs_that_failed_together_do_not_come_back_together() {
    let [few, many] = [0u16, u16::MAX].map(|last| {
        let mut bytes = [0; 16];
        bytes[14..].copy_from_slice(&last.to_be_bytes());
        Uuid::from_bytes(bytes)
    });

    assert_eq!(queue::pause(few, 1), TimeDelta::milliseconds(7_500));
    assert_eq!(queue::pause(many, 1), TimeDelta::milliseconds(12_500));
    assert_eq!(queue::pause(few, 100), TimeDelta::minutes(270));
}

#[actix_web::test]
async fn two_workers_do_each_job_once() {
    let server = Smtp::start().await;
    let app = TestApp::start_with(|config| config.smtp_url = Some(server.url.clone())).await;
    let other = app.replica().await;
    let tx = app.state.write_as_system().await.unwrap();
    for _ in 0..30 {
        mail::put(&tx, "olena@example.org", Lang::Uk, &Mail::new(Key::MailName, Key::MailName, &[])).await.unwrap();
    }
    tx.commit().await.unwrap();

    let workers = [Worker::start(app.state.clone()), Worker::start(other.clone())];
    while rows(&app.state, "send_mail").await.iter().any(|row| row.state != "done") {}
    for worker in workers {
        worker.stop().await;
    }

    assert_eq!((message_ids(&server).len(), server.taken().len()), (30, 30));
    assert_eq!(rows(&app.state, "delete_expired").await.len(), 1, "and each slot fired once");
    other.db.clone().close().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_committed_job_wakes_the_worker_of_another_process() {
    let app = start().await;
    let worker = Worker::start(app.state.clone());
    let other = app.replica().await;
    put(&other, Job::SendMail(letter("olena@example.org"))).await;

    while rows(&app.state, "send_mail").await[0].state != "done" {}

    worker.stop().await;
    other.db.clone().close().await;
    app.stop().await;
}

#[actix_web::test]
async fn stopping_lets_running_jobs_end_and_takes_no_more() {
    let app = start().await;
    let worker = Worker::start(app.state.clone());
    worker.stop().await;
    put(&app.state, Job::SendMail(letter("olena@example.org"))).await;

    assert_eq!(rows(&app.state, "send_mail").await[0].state, "ready");
    app.stop().await;
}

#[actix_web::test]
async fn slots_missed_while_nothing_ran_fire_once() {
    let app = start().await;
    assert_eq!(rows(&app.state, "delete_expired").await.len(), 1);

    app.wait(TimeDelta::days(5));
    app.run_due().await;
    app.run_due().await;
    assert_eq!(rows(&app.state, "delete_expired").await.len(), 2);

    // A clock that was set back fires nothing again.
    app.wait(TimeDelta::days(-3));
    app.run_due().await;
    assert_eq!(rows(&app.state, "delete_expired").await.len(), 2);
    app.stop().await;
}

#[actix_web::test]
async fn a_slot_fires_once_over_all_replicas() {
    let app = TestApp::start().await;
    let other = app.replica().await;
    let slot = app.state.clock.now();
    let line = SCHEDULE.first().unwrap();

    let (first, second) =
        futures_util::join!(schedule::fire(&app.state, line, slot), schedule::fire(&other, line, slot));

    assert_ne!(first.unwrap(), second.unwrap());
    assert_eq!(rows(&app.state, line.name).await.len(), 1);
    other.db.clone().close().await;
    app.stop().await;
}

#[test]
fn a_daily_slot_begins_once_a_day_through_daylight_saving() {
    let every = Every::Day { hour: 3, zone: Kyiv };
    let begin: Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let slots: BTreeSet<Timestamp> =
        (0..2 * 365 * 24 * 4).map(|quarter| every.latest(begin + TimeDelta::minutes(15 * quarter))).collect();

    assert_eq!(slots.len(), 2 * 365 + 1, "of the first of January 2026 to the first of January 2028");
    let hours: BTreeSet<String> =
        slots.iter().map(|slot| slot.to_utc().with_timezone(&Kyiv).format("%H:%M").to_string()).collect();
    // At three in the morning of the last Sunday of March clocks in Kyiv jump to four.
    assert_eq!(hours, BTreeSet::from(["03:00".to_owned(), "04:00".to_owned()]));
    assert_eq!(
        slots.iter().filter(|slot| slot.to_utc().with_timezone(&Kyiv).format("%H").to_string() == "04").count(),
        2
    );
}

#[test]
fn slots_of_minutes_are_counted_from_1970() {
    let now: Timestamp = "2026-11-23T09:44:59.999Z".parse().unwrap();

    assert_eq!(Every::Minutes(15).latest(now), "2026-11-23T09:30:00Z".parse().unwrap());
}

#[actix_web::test]
async fn what_has_served_its_time_is_deleted_and_nothing_else() {
    let app = start().await;
    let client = app.citizen().await;
    app.insert(
        "mailed_link",
        &[
            ("hash", vec![1u8].into()),
            ("purpose", "reset".into()),
            ("email", "a@example.org".into()),
            ("expires_at", app.state.clock.now().0.into()),
            ("created_at", 0i64.into()),
        ],
    )
    .await;
    app.insert("attempt", &[("bucket", "x".into()), ("slot", app.state.clock.now().0.into()), ("count", 1i64.into())])
        .await;
    app.insert(
        "idempotency",
        &[
            ("scope", "".into()),
            ("key", "k".into()),
            ("request", vec![1u8].into()),
            ("created_at", app.state.clock.now().0.into()),
        ],
    )
    .await;
    let count = async |table: &str| -> i64 {
        let row = app
            .state
            .db
            .read()
            .query_one_raw(Statement::from_string(app.state.db.backend(), format!("SELECT count(*) AS n FROM {table}")))
            .await
            .unwrap()
            .unwrap();
        row.try_get("", "n").unwrap()
    };

    app.wait(TimeDelta::days(6));
    app.run_due().await;
    assert_eq!(
        (count("mailed_link").await, count("attempt").await, count("idempotency").await, count("session").await),
        (0, 0, 1, 1)
    );
    app.wait(TimeDelta::days(26));
    app.run_due().await;
    assert_eq!((count("idempotency").await, count("session").await, count("account").await), (0, 0, 1));
    let week_ago = app.state.clock.now() - TimeDelta::days(7);
    assert_eq!(count(&format!("job WHERE finished_at < {}", week_ago.0)).await, 0, "jobs done a week ago are gone");
    drop(client);
    app.stop().await;
}

#[actix_web::test]
async fn a_job_of_a_later_version_waits_for_somebody_who_knows_it() {
    let app = start().await;
    let now = app.state.clock.now().0;
    app.insert(
        "job",
        &[
            ("id", Uuid::nil().into()),
            ("kind", "dance".into()),
            ("payload", "null".into()),
            ("state", "ready".into()),
            ("run_at", now.into()),
            ("attempts", 0i64.into()),
            ("created_at", now.into()),
        ],
    )
    .await;

    worker::run(&app.state, take(&app.state).await).await;

    let row = rows(&app.state, "dance").await.remove(0);
    assert_eq!((row.state.as_str(), row.attempts), ("ready", 1));
    assert!(row.last_error.unwrap().starts_with("read the job: unknown variant"));
    app.stop().await;
}
