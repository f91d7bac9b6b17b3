//! The server in the process.

use crate::{
    auth::keys::Keys,
    clock::Clock,
    config::Config,
    db::{self, Database},
    http::server,
    jobs, mail,
    state::AppState,
    testing::{Answered, Client, Listening, database::TestDatabase},
};
use actix_web::{
    body::to_bytes,
    dev::{Service, ServiceResponse},
    test,
    web::Data,
};
use futures_util::future::LocalBoxFuture;
use sea_orm::{ConnectionTrait, Database as SeaOrm, Statement};
use std::{
    cell::RefCell,
    collections::HashSet,
    rc::Rc,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

type Call = Rc<dyn Fn(actix_http::Request) -> LocalBoxFuture<'static, Result<ServiceResponse, actix_web::Error>>>;

/// Statements in the order in which they went to the database.
pub(crate) type Recorded = Arc<Mutex<Vec<Statement>>>;

/// A server of its own, with its own database; gone with the test.
pub(crate) struct TestApp {
    pub(crate) state: Data<AppState>,
    call: Call,
    database: TestDatabase,
    /// Mails that were handed out.
    seen: RefCell<HashSet<Uuid>>,
}

/// A mail as its reader finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailed {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// Where its button leads; empty when it has none.
    pub(crate) link: String,
}

impl TestApp {
    /// Begins at half past eleven in Kyiv on 23 November 2026, a Monday.
    pub(crate) async fn start() -> TestApp {
        Self::start_with(|_| {}).await
    }

    /// As [`TestApp::start`], with other settings.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> TestApp {
        Self::make(change, |_| {}).await
    }

    /// As [`TestApp::start`], keeping every statement that goes to the database.
    pub(crate) async fn start_recording() -> (TestApp, Recorded) {
        let recorded = Recorded::default();
        let record = recorded.clone();
        let watch = move |statement: &Statement| record.lock().unwrap().push(statement.clone());
        (Self::make(|_| {}, |database| database.on_statement(watch)).await, recorded)
    }

    async fn make(change: impl FnOnce(&mut Config), prepare: impl FnOnce(&mut Database)) -> TestApp {
        // What breaks inside is shown with the test that fails; a second test finds it set already.
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer().try_init();
        let database = TestDatabase::make().await;
        let mut config: Config = serde_json::from_str("{}").unwrap();
        config.data_dir = database.folder.path().to_owned();
        config.database_url = Some(database.url.clone());
        change(&mut config);
        let clock = Clock::standing_at("2026-11-23T09:30:00Z".parse().unwrap());
        let mut connection = db::connect(&database.url).await.unwrap();
        prepare(&mut connection);
        let state = Data::new(AppState::new(config, clock, connection, Keys::derive(&[7; 32]).unwrap()).unwrap());
        let service = Rc::new(test::init_service(server::app(state.clone())).await);
        let call: Call = Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move { service.call(request).await })
        });
        TestApp { state, call, database, seen: RefCell::default() }
    }

    /// A second process on the same database, at the same time of day; to be closed by the test.
    pub(crate) async fn replica(&self) -> Data<AppState> {
        let connection = db::connect(&self.database.url).await.unwrap();
        Data::new(
            AppState::new(self.state.config.clone(), self.state.clock.clone(), connection, self.state.keys.clone())
                .unwrap(),
        )
    }

    /// Somebody who is not signed in.
    pub(crate) fn anyone(&self) -> Client<'_> {
        Client { app: self, account: None, session: None, headers: Vec::new() }
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, time: chrono::TimeDelta) {
        self.state.clock.advance(time);
    }

    /// Does every job that is due.
    pub(crate) async fn run_due(&self) {
        jobs::run_due(&self.state).await.unwrap();
    }

    /// Does every job that is due, and hands out the mails that were not handed out before, by
    /// address and subject.
    pub(crate) async fn mails(&self) -> Vec<Mailed> {
        self.run_due().await;
        let mut written = mail::folder::latest(&self.state.config.mail_dir(), usize::MAX).unwrap();
        written.retain(|mail| self.seen.borrow_mut().insert(mail.id));
        let link = |text: &str| text.lines().find(|line| line.starts_with("http")).unwrap_or_default().to_owned();
        let mut mails: Vec<Mailed> = written
            .into_iter()
            .map(|mail| Mailed { link: link(&mail.text), to: mail.to, subject: mail.subject, text: mail.text })
            .collect();
        mails.sort_by(|a, b| (&a.to, &a.subject).cmp(&(&b.to, &b.subject)));
        mails
    }

    /// A request whose answer does not end, with its body as it comes.
    pub(super) async fn open(&self, request: test::TestRequest) -> Listening {
        let response =
            (self.call)(request.to_request()).await.unwrap_or_else(|error| panic!("the service failed: {error}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Listening { status, headers, body: Box::pin(response.into_body()), rest: String::new() }
    }

    pub(super) async fn call(&self, request: test::TestRequest) -> Answered {
        let response =
            (self.call)(request.to_request()).await.unwrap_or_else(|error| panic!("the service failed: {error}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.map_err(|_| "body").unwrap().to_vec();
        Answered { status, headers, bytes }
    }

    /// Closes what was opened; a database on a server is dropped. Fails when a job is dead.
    pub(crate) async fn stop(self) {
        let dead = self.state.db.read().query_all_raw(Statement::from_string(
            self.state.db.backend(),
            "SELECT kind, last_error FROM job WHERE state = 'dead'",
        ));
        let dead: Vec<String> = dead
            .await
            .unwrap()
            .iter()
            .map(|row| {
                format!("{:?}", row.try_get_many::<(String, Option<String>)>("", &["kind".into(), "last_error".into()]))
            })
            .collect();
        assert!(dead.is_empty(), "dead jobs: {dead:?}");
        self.state.db.clone().close().await;
        if let Some((server, name)) = &self.database.drop {
            let admin = SeaOrm::connect(server).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}
