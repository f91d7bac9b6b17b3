//! The server: which addresses there are, and what is wrapped around them.

use crate::{
    health,
    http::{assets, context, docs, extract, headers, metrics, openapi, pages, routes::Routes},
    mail,
    state::AppState,
};
use actix_web::{
    App, HttpServer,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    rt, web,
};
use anyhow::{Context, Result};

/// Under which the operations are.
pub const API: &str = "/api/v1";

/// The operations, each feature naming its own.
pub fn operations(config: &mut impl Routes) {
    config
        .configure(crate::account::routes)
        .configure(crate::file::routes)
        .configure(crate::community::routes)
        .configure(crate::demo::routes)
        .configure(crate::organisation::routes)
        .configure(crate::indicator::routes)
        .configure(crate::invitation::routes)
        .configure(crate::issue::routes)
        .configure(crate::task::routes)
        .configure(crate::offer::routes)
        .configure(crate::commitment::routes)
        .configure(crate::inbox::routes)
        .configure(crate::change::routes)
        .configure(crate::dashboard::routes);
}

/// The whole application over one state.
pub fn app(
    state: web::Data<AppState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .service(web::scope(API).configure(operations))
        .app_data(state)
        .configure(extract::configure)
        .service(openapi::openapi_json)
        .configure(health::routes)
        .configure(mail::demo::routes)
        .configure(assets::routes)
        .configure(docs::routes)
        .default_service(web::to(pages::page))
        .wrap(from_fn(context::enter))
        .wrap(from_fn(headers::secure))
}

/// Serves until it is told to stop, then lets open requests end.
pub async fn serve(state: web::Data<AppState>) -> Result<()> {
    let (listen, metrics_listen, measured) = (state.config.listen, state.config.metrics_listen, state.clone());
    let server = HttpServer::new(move || app(state.clone()))
        .shutdown_timeout(20)
        .bind(listen)
        .with_context(|| format!("listen on {listen}"))?;
    let measurements = metrics_listen.map(|address| metrics::serve(measured, address)).transpose()?;
    let measuring = measurements.map(|server| (server.handle(), rt::spawn(server)));
    tracing::info!(address = %listen, "listening");
    let served = server.run().await.context("serve");
    if let Some((handle, _)) = measuring {
        handle.stop(false).await;
    }
    served
}
