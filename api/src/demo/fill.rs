use crate::{
    account::admin::{self, NewUser},
    auth::keys::Keys,
    clock::Clock,
    community,
    config::Config,
    db::{self, sql},
    demo::content::{COMMUNITIES, DOMAIN, Fate, ISSUES, PEOPLE},
    http::{openapi::Document, server},
    state::AppState,
};
use actix_web::{
    body::to_bytes,
    dev::{Service, ServiceResponse},
    test,
    web::Data,
};
use anyhow::{Context, Result, anyhow, bail};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Value, json};
use shared::{
    account::{Email, Password, Secret},
    change::EventKind,
    community::CommunityRole,
    ids::AccountId,
    names::Slug,
    text::Lang,
    time::Timestamp,
    words::Word,
};
use std::collections::HashMap;

/// Fills an empty database; one that is filled already is left as it is.
///
/// # Errors
/// When the database has other data, or the API refuses a step.
pub async fn fill(config: &Config, password: &str) -> Result<()> {
    let database = db::connect(&config.database_url()).await?;
    db::migrate(&database).await?;
    let any = |sql: &'static str| {
        let read = database.read().clone();
        async move {
            let statement = sea_orm::Statement::from_string(read.get_database_backend(), sql);
            Ok::<bool, sea_orm::DbErr>(read.query_one_raw(statement).await?.is_some())
        }
    };
    if any("SELECT 1 AS one FROM account WHERE email = 'main@demo.spilno.example'").await? {
        return Ok(());
    }
    if any("SELECT 1 AS one FROM account LIMIT 1").await? {
        bail!("there is other data in {}: the demo wants a place of its own", config.database_url());
    }
    let start = Clock::system().now() - TimeDelta::days(600);
    let keys = Keys::load(&config.secret_file(), config.secret_file.is_none())?;
    let state = Data::new(AppState::new(config.clone(), Clock::standing_at(start), database, keys)?);
    people(&state, password).await?;
    let service = test::init_service(server::app(state.clone(), Data::new(Document::new()?))).await;
    Filling { state: state.clone(), service, tokens: HashMap::new(), password: password.to_owned() }.run().await?;
    state.db.clone().close().await;
    Ok(())
}

async fn people(app: &AppState, password: &str) -> Result<()> {
    let told = |fault: shared::problem::FieldError| anyhow!("the demo's password is {}", fault.code.as_str());
    let password = Password::parse(&Secret(password.to_owned())).map_err(told)?;
    for person in PEOPLE {
        let email = Email::parse(&address(person.address)).map_err(told)?;
        let user = NewUser {
            email: &email,
            name: person.name,
            password: Some(&password),
            language: Lang::Uk,
            main_coordinator: person.address == "main",
        };
        admin::create(app, user).await?;
    }
    Ok(())
}

fn address(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// The work of filling: everybody calls the API, and time passes in between.
struct Filling<S> {
    state: Data<AppState>,
    service: S,
    /// Of which moment a token is.
    tokens: HashMap<&'static str, (Timestamp, String)>,
    password: String,
}

impl<S> Filling<S>
where
    S: Service<actix_http::Request, Response = ServiceResponse, Error = actix_web::Error>,
{
    async fn run(mut self) -> Result<()> {
        for community in COMMUNITIES {
            let body = json!({
                "name": { "uk": community.uk, "en": community.en },
                "slug": community.slug,
                "katottg": community.katottg,
                "kind": community.kind,
                "population": community.population,
                "languages": ["uk", "en"],
            });
            self.post("main", "/communities", body).await?;
            for person in PEOPLE {
                if let Some(role) = person.role {
                    self.give(community.slug, person.address, role).await?;
                }
            }
            self.issues(community.slug).await?;
        }
        Ok(())
    }

    /// Gives a role without the mail and its link by which people take one up.
    async fn give(&self, community: &str, person: &str, role: &str) -> Result<()> {
        #[derive(FromQueryResult)]
        struct Row {
            id: AccountId,
        }
        let mut tx = self.state.write_as_system().await?;
        let account: Option<Row> =
            sql::one(&*tx, "SELECT id FROM account WHERE email = $1", [address(person).into()]).await?;
        let account = account.context("the person is there")?.id;
        let community = community::of_slug(&*tx, &Slug::parse(community).map_err(|_| anyhow!("not a slug"))?).await?;
        let role = CommunityRole::of(role)?;
        community::set_role(&tx, community, account, role).await?;
        tx.record(community::role_event(EventKind::CommunityRoleGiven, community, account, role));
        Ok(tx.commit().await?)
    }

    async fn issues(&mut self, community: &str) -> Result<()> {
        let now = Clock::system().now();
        for (n, issue) in ISSUES.iter().enumerate() {
            let reported = now - TimeDelta::days(issue.days_ago);
            self.state.clock.advance(reported.since(self.state.clock.now()));
            let reporter = if n % 2 == 0 { "citizen" } else { "neighbour" };
            let body = json!({
                "title": issue.title,
                "description": issue.description,
                "category": issue.category,
                "place": { "address": issue.place },
            });
            let reported = self.post(reporter, &format!("/communities/{community}/issues"), body).await?;
            let path =
                format!("/issues/{}", reported.get("id").and_then(Value::as_str).context("the issue has an id")?);
            match issue.fate {
                Fate::Reported => {}
                Fate::Declined => {
                    let words = "Це справа сусідів між собою. Правила вигулу є на сайті ради.";
                    self.later("moderator", &path, "decline", json!({ "reason": "not_an_issue", "words": words }))
                        .await?;
                }
                fate => {
                    self.later("moderator", &path, "accept", json!({})).await?;
                    let other = if reporter == "citizen" { "neighbour" } else { "citizen" };
                    self.post(other, &format!("{path}/support"), json!({})).await?;
                    if fate >= Fate::Resolved {
                        self.later(
                            "coordinator",
                            &path,
                            "resolve",
                            json!({ "statement": "Зроблено, просимо перевірити." }),
                        )
                        .await?;
                    }
                    if fate == Fate::Confirmed {
                        self.later(reporter, &path, "confirm", json!({})).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A transition, a day after what came before.
    async fn later(&mut self, who: &'static str, issue: &str, verb: &str, body: Value) -> Result<()> {
        self.state.clock.advance(TimeDelta::hours(20));
        self.post(who, &format!("{issue}/{verb}"), body).await.map(drop)
    }

    async fn post(&mut self, who: &'static str, path: &str, body: Value) -> Result<Value> {
        // A token lives ten minutes, and here days pass between two calls.
        let now = self.state.clock.now();
        let token = match self.tokens.get(who) {
            Some((moment, token)) if *moment == now => token.clone(),
            _ => {
                let session = json!({ "email": address(who), "password": self.password });
                let answer = self.call("/sessions", None, session).await?;
                let token = answer
                    .get("access_token")
                    .and_then(Value::as_str)
                    .context("signing in answers a token")?
                    .to_owned();
                self.tokens.insert(who, (now, token.clone()));
                token
            }
        };
        self.call(path, Some(&token), body).await
    }

    async fn call(&self, path: &str, token: Option<&str>, body: Value) -> Result<Value> {
        let mut request = test::TestRequest::post()
            .uri(&format!("/api/v1{path}"))
            .peer_addr(([127, 0, 0, 1], 4242).into())
            .set_json(&body);
        if let Some(token) = token {
            request = request.append_header(("Authorization", format!("Bearer {token}")));
        }
        let answer = self.service.call(request.to_request()).await.map_err(|error| anyhow!("{path}: {error}"))?;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body()).await.map_err(|_| anyhow!("{path}: no body"))?;
        if !status.is_success() {
            bail!("{path}: {status} {}", String::from_utf8_lossy(&bytes));
        }
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }
}
