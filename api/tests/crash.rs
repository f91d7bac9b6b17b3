//! Promise R1: an acknowledged write survives `kill -9`.
//!
//! A real server is killed again and again while several writers write to it. What it acknowledged
//! stands in a ledger outside; after each restart the newest entries are read back, at the end all.

#![expect(clippy::indexing_slicing, reason = "an absent field of JSON is null, which fails the test")]

use anyhow::{Context, Result, bail, ensure};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::Write,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Notify, task::JoinSet};

const EMAIL: &str = "main@example.org";
const PASSWORD: &str = "a long enough passphrase";
const WRITERS: u32 = 4;

/// What was acknowledged: the address to read it at, and what has to be there.
type Ledger = Arc<Mutex<BTreeMap<String, String>>>;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_every_kill() -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "how the test runner says how often")]
    let kills: u32 = match std::env::var("SPILNO_TEST_CRASH_KILLS") {
        Ok(kills) => kills.parse()?,
        Err(_) => 20,
    };
    let folder = tempfile::tempdir()?;
    make_account(folder.path())?;
    let ledger = Ledger::default();
    let started = Arc::new(AtomicU32::new(0));
    let mut server = Server::start(folder.path()).await?;
    let mut session = server.sign_in().await?;
    let indicator = server.make_indicator(&session).await?;
    for kill in 1..=kills {
        let acknowledged = write_until(&server, &session, &indicator, &ledger, &started, 1 + kill * 7 % 23).await;
        server.kill()?;
        server = Server::start(folder.path()).await?;
        if !server.knows(&session).await? {
            session = server.sign_in().await?;
        }
        check(&server, &session, &indicator, &acknowledged).await.with_context(|| format!("after kill {kill}"))?;
    }
    let all = ledger.lock().map_err(|_| anyhow::anyhow!("the ledger"))?.clone();
    check(&server, &session, &indicator, &all).await.context("at the end")?;
    server.kill()?;
    eprintln!("{kills} kills, {} acknowledged writes, none missing", all.len());
    Ok(())
}

/// Lets the writers write until so many writes are acknowledged; others are under way when it ends.
async fn write_until(
    server: &Server,
    session: &str,
    indicator: &str,
    ledger: &Ledger,
    started: &Arc<AtomicU32>,
    enough: u32,
) -> BTreeMap<String, String> {
    let (fresh, done) = (Ledger::default(), Arc::new(Notify::new()));
    let count = Arc::new(AtomicU32::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (server, session, indicator) = (server.clone_client(), session.to_owned(), indicator.to_owned());
        let (ledger, fresh, done, count) = (ledger.clone(), fresh.clone(), done.clone(), count.clone());
        let started = Arc::clone(started);
        writers.spawn(async move {
            loop {
                let n = started.fetch_add(1, Ordering::SeqCst);
                let Ok((key, value)) = server.write(&session, &indicator, n).await else {
                    // Nothing is killed before there is enough.
                    done.notify_one();
                    break;
                };
                for ledger in [&ledger, &fresh] {
                    if let Ok(mut ledger) = ledger.lock() {
                        ledger.insert(key.clone(), value.clone());
                    }
                }
                if count.fetch_add(1, Ordering::SeqCst) + 1 >= enough {
                    done.notify_one();
                }
            }
        });
    }
    done.notified().await;
    assert!(count.load(Ordering::SeqCst) >= enough, "a write was refused");
    writers.detach_all();
    fresh.lock().map(|fresh| fresh.clone()).unwrap_or_default()
}

/// Every entry is read back as it was acknowledged.
async fn check(server: &Server, session: &str, indicator: &str, ledger: &BTreeMap<String, String>) -> Result<()> {
    let mut values = BTreeMap::new();
    let mut next = format!("/indicators/{indicator}/measurements?limit=100");
    loop {
        let page = server.call(Method::GET, &next, session, None).await?.1;
        for item in page["items"].as_array().into_iter().flatten() {
            values.insert(
                item["from"].as_str().unwrap_or_default().to_owned(),
                item["note"].as_str().unwrap_or_default().to_owned(),
            );
        }
        match page["next"].as_str() {
            Some(cursor) => next = format!("/indicators/{indicator}/measurements?limit=100&after={cursor}"),
            None => break,
        }
    }
    for (key, value) in ledger {
        ensure!(values.get(key) == Some(value), "{key} was acknowledged and is {:?}", values.get(key));
    }
    Ok(())
}

/// A server in a process of its own.
struct Server {
    process: Child,
    client: Client,
    root: String,
}

/// What writers need of a server.
struct Caller {
    client: Client,
    root: String,
}

impl Server {
    /// Started and ready.
    async fn start(folder: &Path) -> Result<Server> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process =
            spilno(folder).arg("serve").env("SPILNO_LISTEN", listen.to_string()).stderr(Stdio::null()).spawn()?;
        let server = Server { process, client: Client::new(), root: format!("http://{listen}") };
        let began = Instant::now();
        while !server.is_ready().await {
            ensure!(began.elapsed() < Duration::from_secs(30), "the server is not ready after half a minute");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(server)
    }

    async fn is_ready(&self) -> bool {
        let answer = self.client.get(format!("{}/readyz", self.root)).send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// As the power going away: no signal that could be handled.
    fn kill(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    fn clone_client(&self) -> Caller {
        Caller { client: self.client.clone(), root: self.root.clone() }
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        session: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Value)> {
        self.clone_client().call(method, path, session, body).await
    }

    async fn sign_in(&self) -> Result<String> {
        let body = json!({ "email": EMAIL, "password": PASSWORD });
        let (status, answer) = self.call(Method::POST, "/sessions", "", Some(body)).await?;
        match answer["access_token"].as_str() {
            Some(token) => Ok(token.to_owned()),
            None => bail!("signing in: {status} {answer}"),
        }
    }

    async fn knows(&self, session: &str) -> Result<bool> {
        Ok(self.call(Method::GET, "/me", session, None).await?.0 == StatusCode::OK)
    }

    async fn make_indicator(&self, session: &str) -> Result<String> {
        let community = json!({ "name": { "uk": "Калинова громада" }, "slug": "kalynova", "katottg": "UA05020010000053508", "kind": "settlement" });
        let (status, answer) = self.call(Method::POST, "/communities", session, Some(community)).await?;
        ensure!(status == StatusCode::CREATED, "the community: {status} {answer}");
        let indicator = json!({ "name": { "uk": "Проби води" }, "unit": { "uk": "шт." }, "kind": "performance", "direction": "up", "source": "тест" });
        let (status, answer) =
            self.call(Method::POST, "/communities/kalynova/indicators", session, Some(indicator)).await?;
        ensure!(status == StatusCode::CREATED, "the indicator: {status} {answer}");
        Ok(answer["id"].as_str().unwrap_or_default().to_owned())
    }
}

impl Caller {
    async fn call(
        &self,
        method: Method,
        path: &str,
        session: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Value)> {
        let mut request = self.client.request(method, format!("{}/api/v1{path}", self.root));
        if !session.is_empty() {
            request = request.bearer_auth(session);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, serde_json::from_str(&answer.text().await?).unwrap_or_default()))
    }

    /// Measures, and every third time corrects what was measured; fails once the server is gone.
    async fn write(&self, session: &str, indicator: &str, n: u32) -> Result<(String, String)> {
        let day = chrono::NaiveDate::from_ymd_opt(1900, 1, 1)
            .and_then(|day| day.checked_add_days(chrono::Days::new(n.into())))
            .context("a day")?;
        let note = format!("запис {n}");
        let body = json!({ "from": day.to_string(), "value": n.to_string(), "note": note });
        let (status, answer) =
            self.call(Method::POST, &format!("/indicators/{indicator}/measurements"), session, Some(body)).await?;
        ensure!(status == StatusCode::CREATED, "{status} {answer}");
        if n.is_multiple_of(3) {
            let path = format!("/measurements/{}/correct", answer["id"].as_str().unwrap_or_default());
            // Whether this one is acknowledged or not, the note of the first has to stay.
            self.call(Method::POST, &path, session, Some(json!({ "value": "0", "reason": "перевірка" }))).await?;
        }
        Ok((day.to_string(), note))
    }
}

fn make_account(folder: &Path) -> Result<()> {
    let mut process = spilno(folder)
        .args(["user", "create", EMAIL, "--name", "Олена Коваль", "--main-coordinator"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    process.stdin.take().context("standard input")?.write_all(PASSWORD.as_bytes())?;
    ensure!(process.wait()?.success(), "the account was not made");
    Ok(())
}

fn spilno(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spilno"));
    command.env("SPILNO_DATA_DIR", folder).env_remove("DATABASE_URL").env_remove("SPILNO_TEST_DATABASE_URL");
    command
}
