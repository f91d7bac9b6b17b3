//! The server: which addresses there are, and what is wrapped around them.

use crate::{
    health,
    http::{
        assets, context, docs, extract, headers, metrics,
        openapi::{self, Document},
        pages,
    },
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
use utoipa_actix_web::AppExt;

/// The operations of `/api/v1`, each feature naming its own.
pub fn api() -> utoipa_actix_web::scope::Scope<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse, Error = actix_web::Error, InitError = ()>,
> {
    utoipa_actix_web::scope("/api/v1").configure(|config: &mut utoipa_actix_web::service_config::ServiceConfig| {
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
    })
}

/// The whole application over one state.
pub fn app(
    state: web::Data<AppState>,
    document: web::Data<Document>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let (app, _) = App::new().into_utoipa_app().service(api()).split_for_parts();
    app.app_data(state)
        .app_data(document)
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
    let document = web::Data::new(Document::new().map_err(anyhow::Error::new)?);
    let (listen, metrics_listen, measured) = (state.config.listen, state.config.metrics_listen, state.clone());
    let server = HttpServer::new(move || app(state.clone(), document.clone()))
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
