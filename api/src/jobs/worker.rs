//! Doing the jobs: in a server all the time, in tests when told.

use crate::{
    http::error::Result,
    jobs::{
        listen::listen,
        queue::{self, Running},
        schedule::Scheduler,
    },
    state::AppState,
};
use actix_web::{rt, web::Data};
use std::time::{Duration, Instant};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
    time,
};

/// So many jobs at a time in one process; most of them wait for a mail server.
const AT_ONCE: usize = 4;

/// How long a job can lie unnoticed when no wake-up came: it was put for later, or a worker died.
const POLL: Duration = Duration::from_secs(3);

/// How often a lease of 30 s is renewed.
const RENEW: Duration = Duration::from_secs(10);

/// No attempt takes longer.
const LONGEST: Duration = Duration::from_secs(600);

/// How long stopping waits for jobs that run; those cut short are taken up again when their lease ends.
const GRACE: Duration = Duration::from_secs(20);

/// The worker of this process.
#[derive(Debug)]
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Worker {
    /// Begins to work beside whatever else this thread does.
    pub fn start(app: Data<AppState>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let listening = rt::spawn(listen(app.clone()));
        let task = rt::spawn(async move {
            work(app, stopped).await;
            listening.abort();
        });
        Self { stop, task }
    }

    /// Takes no more jobs and waits for those that run.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker of jobs broke");
        }
    }
}

async fn work(app: Data<AppState>, mut stopped: watch::Receiver<bool>) {
    let mut running = JoinSet::new();
    let mut scheduler = Scheduler::default();
    loop {
        if let Err(error) = scheduler.fire(&app).await {
            tracing::warn!(%error, "the schedule could not be looked at");
        }
        while running.len() < AT_ONCE {
            match queue::take(&app).await {
                Ok(Some(job)) => {
                    let app = app.clone();
                    running.spawn_local(async move { run(&app, job).await });
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "jobs could not be looked at");
                    break;
                }
            }
        }
        let free = running.len() < AT_ONCE;
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = running.join_next() => {}
            () = app.jobs_put.notified(), if free => {}
            () = time::sleep(POLL) => {}
        }
    }
    let rest = async { while running.join_next().await.is_some() {} };
    if time::timeout(GRACE, rest).await.is_err() {
        tracing::warn!("jobs were cut short; they are taken up again");
    }
}

/// Does everything that is due now, one job after the other.
pub async fn run_due(app: &AppState) -> Result<()> {
    Scheduler::default().fire(app).await?;
    while let Some(job) = queue::take(app).await? {
        run(app, job).await;
    }
    Ok(())
}

/// One attempt, from holding the job to its end in the table.
pub(super) async fn run(app: &AppState, running: Running) {
    let began = Instant::now();
    let outcome = tokio::select! {
        outcome = attempt(app, &running) => outcome,
        () = hold(app, &running) => {
            tracing::warn!(job.id = %running.id, job.kind = running.kind, "a job was taken over by another worker");
            return;
        }
    };
    let ended = match &outcome {
        Ok(()) if running.is_finished() => Ok(true),
        Ok(()) => running.done(app).await,
        Err(error) => running.failed(app, error).await,
    };
    report(&running, &outcome, began.elapsed());
    match ended {
        Ok(true) => {}
        Ok(false) => {
            tracing::warn!(job.id = %running.id, job.kind = running.kind, "a job was taken over before its end was written")
        }
        Err(error) => {
            tracing::warn!(job.id = %running.id, job.kind = running.kind, %error, "the end of a job could not be written; it will be done again")
        }
    }
}

async fn attempt(app: &AppState, running: &Running) -> Result<(), String> {
    // The attempt before was cut short so often that it may be what kills the workers.
    if running.attempts > queue::MOST_ATTEMPTS {
        return Err("never came to an end".to_owned());
    }
    let job = running.job().map_err(|error| format!("{error:#}"))?;
    match time::timeout(LONGEST, job.run(app, running)).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("took too long".to_owned()),
    }
}

/// Renews the lease until it is lost.
async fn hold(app: &AppState, running: &Running) {
    loop {
        time::sleep(RENEW).await;
        match running.renew(app).await {
            Ok(true) => {}
            // The job may just have finished itself, and then nobody has taken it.
            Ok(false) if running.is_finished() => std::future::pending().await,
            Ok(false) => return,
            Err(error) => tracing::warn!(job.id = %running.id, %error, "a lease could not be renewed"),
        }
    }
}

fn report(running: &Running, outcome: &Result<(), String>, took: Duration) {
    let outcome_name = match outcome {
        Ok(()) => "done",
        Err(_) if running.is_last_attempt() => "dead",
        Err(_) => "failed",
    };
    metrics::counter!("spilno_jobs_total", "kind" => running.kind.clone(), "outcome" => outcome_name).increment(1);
    metrics::histogram!("spilno_job_seconds", "kind" => running.kind.clone()).record(took.as_secs_f64());
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok(()) => tracing::info!(job.id = %running.id, job.kind = running.kind, duration_ms, "a job is done"),
        Err(error) if running.is_last_attempt() => {
            tracing::error!(job.id = %running.id, job.kind = running.kind, duration_ms, error, "a job is dead")
        }
        Err(error) => {
            tracing::warn!(job.id = %running.id, job.kind = running.kind, attempts = running.attempts, duration_ms, error, "a job failed and will be tried again")
        }
    }
}
