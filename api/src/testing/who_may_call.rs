//! Who may call what: every operation of the OpenAPI document, as every kind of caller.
//!
//! The answers are for a thing that is not there (in the community of the callers, with an empty
//! body), so they show the first question only, who gets past the door: 401, 403, or further on.
//! A new operation appears here by itself; a change here is a change of somebody's powers.

use crate::{
    http::openapi,
    testing::{COMMUNITY, Client, TestApp},
};
use actix_web::http::Method;
use shared::ids::OrganisationId;
use std::fmt::Write;

#[actix_web::test]
async fn who_may_call_what_is_known() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Світло двору", "ngo").await;
    let mut callers = callers(&app, organisation).await;
    let mut table = format!("{:<70}", "operation");
    for (name, _) in &callers {
        write!(table, "{name:>12}").unwrap();
    }
    let document = serde_json::to_value(openapi::document()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| item.get(method).is_some())
        {
            // The stream does not end, and is asked for by cookie.
            if path.ends_with("/stream") {
                continue;
            }
            write!(table, "\n{:<70}", format!("{} {path}", method.to_uppercase())).unwrap();
            for (_, caller) in &callers {
                write!(table, "{:>12}", ask(caller, method, path).await).unwrap();
            }
            // Whoever has ended a session signs in again.
            if method == "delete" && path.contains("/sessions") {
                callers = self::callers(&app, organisation).await;
            }
        }
    }
    insta::assert_snapshot!(table);
    app.stop().await;
}

/// Every kind of caller there is.
async fn callers(app: &TestApp, organisation: OrganisationId) -> Vec<(&'static str, Client<'_>)> {
    vec![
        ("anyone", app.anyone()),
        ("citizen", app.citizen().await),
        ("member", app.of(organisation, "member").await.acting_for(organisation)),
        ("editor", app.of(organisation, "editor").await.acting_for(organisation)),
        ("owner", app.of(organisation, "owner").await.acting_for(organisation)),
        ("moderator", app.moderator().await),
        ("coordinator", app.coordinator().await),
        ("facilitator", app.facilitator().await),
        ("main", app.main().await),
    ]
}

async fn ask(caller: &Client<'_>, method: &str, path: &str) -> u16 {
    let path = path
        .trim_start_matches("/api/v1")
        .replace("/communities/{slug}", &format!("/communities/{COMMUNITY}"))
        .replace("{slug}", "not-there")
        .replace("{n}", "999999");
    let path: String = path
        .split('/')
        .map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-00000000dead" } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let body = (method != Method::GET && method != Method::DELETE).then(|| serde_json::json!({}));
    caller.send(method, &path, body).await.status
}
