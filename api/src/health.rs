//! Is the process alive, and can it do its work.

use crate::{db, state::AppState};
use actix_web::{HttpResponse, get, web};

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(alive).service(ready);
}

#[get("/healthz")]
async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("alive")
}

/// 503 while the database is away or migrations have not run.
#[get("/readyz")]
async fn ready(app: web::Data<AppState>) -> HttpResponse {
    match db::pending_migrations(&app.db).await {
        Ok(pending) if pending.is_empty() => HttpResponse::Ok().content_type("text/plain").body("ready"),
        Ok(pending) => HttpResponse::ServiceUnavailable().content_type("text/plain").body(format!("migrations to run: {}", pending.join(", "))),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("the database is away")
        }
    }
}
