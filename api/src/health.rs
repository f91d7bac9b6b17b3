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
        Ok(pending) => HttpResponse::ServiceUnavailable()
            .content_type("text/plain")
            .body(format!("migrations to run: {}", pending.join(", "))),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("the database is away")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::TestApp;

    #[actix_web::test]
    async fn a_migrated_server_is_ready_and_what_is_not_there_is_a_problem() {
        let app = TestApp::start().await;

        assert_eq!(app.anyone().fetch("/healthz").await.status, 200);
        assert_eq!(app.anyone().fetch("/readyz").await.expect(200).bytes, b"ready");
        let absent = app.anyone().with("Accept-Language", "en").get("/nothing").await;
        assert_eq!(absent.problem(), "404 not_found");
        assert_eq!(absent.text("/title"), "There is nothing here");
        app.stop().await;
    }
}
