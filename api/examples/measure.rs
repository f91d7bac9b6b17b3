//! What is behind the requests that `cargo xtask bench` measures: for each the SQL statements it takes,
//! and what those cost when they are run bare, in a loop, without anything around them.
//!
//! Reads the settings of the environment, as the server does; wants a database filled by `spilno seed`
//! and an account that signs in with the password in `SPILNO_TEST_PASSWORD`. Prints JSON.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for measuring, not a part of the server")]

use actix_http::Request;
use actix_web::{
    Error,
    body::to_bytes,
    dev::{Service, ServiceResponse},
    http::Method,
    test,
    web::Data,
};
use anyhow::{Context, Result, bail};
use api::{auth::keys::Keys, clock::Clock, config::Config, db, http::server, state::AppState};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use serde_json::{Value, json};
use std::{
    fs,
    sync::{Arc, Mutex},
};

/// A page far from the first.
const DEEP: u32 = 2000;
/// So often the statements of a request are run bare.
const TIMES: u32 = 400;
/// The kernel counts a process's time in hundredths of a second.
const TICK_MICROS: u64 = 10_000;

/// Made by `cargo xtask bench`.
const ACCOUNT: &str = "bench@seed.spilno.example";

type Recorded = Arc<Mutex<Vec<Statement>>>;

fn main() -> Result<()> {
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    actix_web::rt::System::new().block_on(run())
}

async fn run() -> Result<()> {
    let config = Config::load()?;
    let mut database = db::connect(&config.database_url()).await?;
    let recorded = Recorded::default();
    let recorder = recorded.clone();
    database.on_statement(move |statement| {
        if let Ok(mut statements) = recorder.lock() {
            statements.push(statement.clone());
        }
    });
    let keys = Keys::load(&config.secret_file(), config.secret_file.is_none())?;
    let state = Data::new(AppState::new(config, Clock::system(), database, keys)?);
    let service = test::init_service(server::app(state.clone())).await;
    let measure = Measure { service, recorded, state: state.clone() };
    println!("{}", serde_json::to_string(&measure.scenarios().await?)?);
    state.db.clone().close().await;
    Ok(())
}

struct Measure<S> {
    service: S,
    recorded: Recorded,
    state: Data<AppState>,
}

/// A request to be measured.
struct Scenario {
    name: String,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
}

impl Scenario {
    fn get(name: &str, path: &str) -> Scenario {
        Scenario {
            name: name.to_owned(),
            method: Method::GET,
            path: format!("/api/v1{path}"),
            headers: Vec::new(),
            body: None,
        }
    }
}

impl<S> Measure<S>
where
    S: Service<Request, Response = ServiceResponse, Error = Error>,
{
    async fn scenarios(&self) -> Result<Vec<Value>> {
        let list = "/communities/seed/issues?limit=50";
        let first = self.answer(&Scenario::get("", list)).await?.0;
        let id = first.pointer("/items/9/id").and_then(Value::as_str).context("a list has issues")?;
        let issue = Scenario::get("one issue", &format!("/issues/{id}"));
        let etag = self.answer(&issue).await?.1.context("an issue has an ETag")?;
        let (deep, number) = self.page(list, DEEP).await?;
        let mut unchanged = Scenario::get("the same, not modified (304)", &format!("/issues/{id}"));
        unchanged.headers.push(("If-None-Match", etag));
        let token = self.token().await?;
        let create = Scenario {
            name: "report an issue".to_owned(),
            method: Method::POST,
            path: "/api/v1/communities/seed/issues".to_owned(),
            headers: vec![("Authorization", format!("Bearer {token}"))],
            body: Some(json!({
                "title": "Яма біля повороту", "description": "Після дощу її не видно.", "category": "roads",
                "place": { "address": "вулиця Шкільна", "house": "7" },
            })),
        };
        let all = [
            issue,
            Scenario::get("list of 50, first page", list),
            Scenario::get(&format!("list of 50, page {number}"), &deep),
            Scenario::get(
                "list of 50, filtered",
                &format!("{list}&state=in_progress&category=roads,water&sort=most_supported"),
            ),
            Scenario::get(
                "list of 50, searched",
                &format!("{list}&words=%D0%BB%D1%96%D1%85%D1%82%D0%B0%D1%80%20%D0%BC%D0%B8%D1%80%D1%83"),
            ),
            unchanged,
            create,
            Scenario::get("dashboard", "/communities/seed/dashboard"),
        ];
        let mut measured = Vec::new();
        for scenario in all {
            measured.push(self.measure(scenario).await?);
        }
        Ok(measured)
    }

    async fn measure(&self, scenario: Scenario) -> Result<Value> {
        // The first time fills what is kept for the next.
        self.answer(&scenario).await?;
        self.forget();
        self.answer(&scenario).await?;
        let statements = self.forget();
        let writes = scenario.method != Method::GET;
        let db = self.state.db.read();
        if writes {
            undo(db, &statements).await?;
        }
        let begun = cpu_micros()?;
        for _ in 0..TIMES {
            bare(db, &statements, writes).await?;
        }
        let bare = (cpu_micros()? - begun) / u64::from(TIMES);
        self.forget();
        Ok(json!({
            "name": scenario.name, "method": scenario.method.as_str(), "path": scenario.path, "headers": scenario.headers,
            "body": scenario.body, "statements": statements.len(), "bare_micros": bare,
        }))
    }

    fn forget(&self) -> Vec<Statement> {
        self.recorded.lock().map(|mut statements| std::mem::take(&mut *statements)).unwrap_or_default()
    }

    /// The address of a page of a list, found by turning the pages, and its number: the last one where
    /// there are not so many.
    async fn page(&self, list: &str, wanted: u32) -> Result<(String, u32)> {
        let mut path = list.to_owned();
        for number in 1..wanted {
            let page = self.answer(&Scenario::get("", &path)).await?.0;
            let Some(next) = page.get("next").and_then(Value::as_str) else { return Ok((path, number)) };
            path = format!("{list}&after={next}");
        }
        Ok((path, wanted))
    }

    /// Of somebody who coordinates the community: others report thirty times an hour.
    async fn token(&self) -> Result<String> {
        let role = "INSERT INTO community_role (community_id, account_id, role, created_at) \
                    SELECT community.id, account.id, 'coordinator', 0 FROM community, account \
                    WHERE community.slug = 'seed' AND account.email = $1 ON CONFLICT DO NOTHING";
        let db = self.state.db.read();
        let values = [ACCOUNT.into()];
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), role, values)).await?;
        let password = std::env::var("SPILNO_TEST_PASSWORD").context("SPILNO_TEST_PASSWORD")?;
        let sign_in = Scenario {
            name: String::new(),
            method: Method::POST,
            path: "/api/v1/sessions".to_owned(),
            headers: Vec::new(),
            body: Some(json!({ "email": ACCOUNT, "password": password })),
        };
        let session = self.answer(&sign_in).await?.0;
        session.get("access_token").and_then(Value::as_str).map(str::to_owned).context("signing in answers a token")
    }

    /// The body and the `ETag`.
    async fn answer(&self, scenario: &Scenario) -> Result<(Value, Option<String>)> {
        let mut request = test::TestRequest::with_uri(&scenario.path)
            .method(scenario.method.clone())
            .peer_addr(([127, 0, 0, 1], 4242).into());
        for (name, value) in &scenario.headers {
            request = request.append_header((*name, value.as_str()));
        }
        if let Some(body) = &scenario.body {
            request = request.set_json(body);
        }
        let path = &scenario.path;
        let answer =
            self.service.call(request.to_request()).await.map_err(|error| anyhow::anyhow!("{path}: {error}"))?;
        let (status, etag) = (answer.status(), answer.headers().get("ETag").cloned());
        let body = to_bytes(answer.into_body()).await.map_err(|_| anyhow::anyhow!("{path}: no body"))?;
        if status.as_u16() >= 400 {
            bail!("{path}: {status} {}", String::from_utf8_lossy(&body));
        }
        Ok((
            serde_json::from_slice(&body).unwrap_or_default(),
            etag.and_then(|etag| etag.to_str().map(str::to_owned).ok()),
        ))
    }
}

/// Deletes the rows that these statements made, one each, so that they can make them again. What they
/// changed in others stays.
async fn undo(db: &DatabaseConnection, statements: &[Statement]) -> Result<()> {
    for Statement { sql, values, .. } in statements.iter().rev() {
        let inserted = sql.strip_prefix("INSERT INTO ").and_then(|sql| sql.split_once(" ("));
        let Some((table, (columns, rest))) = inserted.and_then(|(table, rest)| Some((table, rest.split_once(')')?)))
        else {
            continue;
        };
        if rest.contains("ON CONFLICT") {
            continue;
        }
        // The key is the first column, or the first two, of every table here.
        let named: Vec<&str> = columns.split(", ").take(if rest.contains("($1, $2") { 2 } else { 1 }).collect();
        let key: Vec<String> = named.iter().enumerate().map(|(at, column)| format!("{column} = ${}", at + 1)).collect();
        let key_values = values.iter().flat_map(|values| values.0.iter().take(key.len()).cloned());
        let sql = format!("DELETE FROM {table} WHERE {}", key.join(" AND "));
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, key_values)).await?;
    }
    Ok(())
}

/// The statements of one request, and nothing else; those of a write are undone.
async fn bare(db: &DatabaseConnection, statements: &[Statement], writes: bool) -> Result<()> {
    if writes {
        #[expect(clippy::disallowed_methods, reason = "nothing is written")]
        let tx = db.begin().await?;
        for statement in statements {
            tx.query_all_raw(statement.clone()).await?;
        }
        tx.rollback().await?;
    } else {
        for statement in statements {
            db.query_all_raw(statement.clone()).await?;
        }
    }
    Ok(())
}

/// What this process has spent so far, in microseconds: fields 14 and 15 of its `stat`.
fn cpu_micros() -> Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("/proc/self/stat has no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(ticks * TICK_MICROS)
}
