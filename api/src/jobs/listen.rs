//! Hearing of jobs that other replicas put (PostgreSQL only; SQLite has no others).

use crate::state::AppState;
use actix_web::web::Data;
use sea_orm::DbBackend;
use sqlx::postgres::PgListener;
use std::time::Duration;

/// Wakes this process's worker whenever any replica commits a job. Never ends; while the channel
/// is down the worker still polls.
pub(super) async fn listen(app: Data<AppState>) {
    if app.db.backend() != DbBackend::Postgres {
        return;
    }
    loop {
        if let Err(error) = hear(&app).await {
            tracing::warn!(%error, "the channel of jobs is down");
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn hear(app: &AppState) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(app.db.read().get_postgres_connection_pool()).await?;
    listener.listen("spilno_job").await?;
    loop {
        listener.recv().await?;
        app.jobs_put.notify_one();
    }
}
