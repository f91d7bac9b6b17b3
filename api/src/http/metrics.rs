//! Measurements for Prometheus, on an address of their own and only where one is configured.

use crate::{http::error::Result, state::AppState};
use actix_web::{App, HttpResponse, HttpServer, dev::Server, get, http::header::ContentType, web::Data};
use anyhow::Context;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sea_orm::{ConnectionTrait, Statement};
use std::net::SocketAddr;

/// Upper bounds of what a request or a job takes, in seconds.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

pub(super) fn builder() -> anyhow::Result<PrometheusBuilder> {
    PrometheusBuilder::new().set_buckets(&BUCKETS).context("prepare the measurements")
}

/// Begins to measure, and serves the measurements at `/metrics`.
pub(super) fn serve(state: Data<AppState>, listen: SocketAddr) -> anyhow::Result<Server> {
    let measured = Data::new(builder()?.install_recorder().context("begin to measure")?);
    let server =
        HttpServer::new(move || App::new().app_data(state.clone()).app_data(measured.clone()).service(measurements))
            .workers(1)
            .disable_signals()
            .bind(listen)
            .with_context(|| format!("listen on {listen}"))?;
    Ok(server.run())
}

#[get("/metrics")]
pub(super) async fn measurements(app: Data<AppState>, measured: Data<PrometheusHandle>) -> Result<HttpResponse> {
    let (waiting, dead) = unfinished_jobs(&app).await?;
    metrics::gauge!("spilno_jobs_waiting").set(waiting);
    metrics::gauge!("spilno_jobs_dead").set(dead);
    measured.run_upkeep();
    Ok(HttpResponse::Ok().content_type(ContentType::plaintext()).body(measured.render()))
}

async fn unfinished_jobs(app: &AppState) -> Result<(f64, f64)> {
    let sql = "SELECT CAST(count(CASE WHEN state = 'ready' THEN 1 END) AS double precision) AS waiting, \
               CAST(count(CASE WHEN state = 'dead' THEN 1 END) AS double precision) AS dead FROM job WHERE state <> 'done'";
    let row =
        app.db.read().query_one_raw(Statement::from_string(app.db.backend(), sql)).await?.context("count the jobs")?;
    Ok((row.try_get("", "waiting")?, row.try_get("", "dead")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        jobs::{self, Job},
        testing::TestApp,
    };
    use actix_web::{body::to_bytes, test};

    #[actix_web::test]
    async fn requests_and_jobs_are_counted_without_telling_whom_they_are_about() {
        let recorder = builder().unwrap().build_recorder();
        let measured = Data::new(recorder.handle());
        let _measuring = metrics::set_default_local_recorder(&recorder);
        let app = TestApp::start().await;
        app.anyone().fetch("/healthz?email=olena@example.org").await.expect(200);
        app.anyone().get("/nothing/olena@example.org").await.expect(404);
        let tx = app.state.write_as_system().await.unwrap();
        jobs::put(&tx, Job::DeleteExpired.at(app.state.clock.now() + chrono::TimeDelta::days(1))).await.unwrap();
        tx.commit().await.unwrap();
        app.run_due().await;

        let service =
            test::init_service(App::new().app_data(app.state.clone()).app_data(measured).service(measurements)).await;
        let answer = test::call_service(&service, test::TestRequest::get().uri("/metrics").to_request()).await;
        let text = String::from_utf8(to_bytes(answer.into_body()).await.unwrap().to_vec()).unwrap();

        assert!(text.contains(r#"spilno_requests_total{method="GET",route="/healthz",status="200"} 1"#), "{text}");
        assert!(text.contains(r#"spilno_jobs_total{kind="delete_expired",outcome="done"} 1"#), "{text}");
        assert!(text.contains("spilno_jobs_waiting 1") && text.contains("spilno_jobs_dead 0"), "{text}");
        assert!(!text.contains("olena"), "{text}");
        app.stop().await;
    }
}
