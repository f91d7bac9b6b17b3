use crate::{
    auth::password::PasswordHash,
    config::Config,
    db::sql,
    demo::{content::Content, fill::fill_at, ground::clear, timeline},
    testing::TestApp,
};
use sea_orm::FromQueryResult;
use shared::{
    account::Secret,
    commitment::{CommitmentKind, CommitmentState},
    issue::IssueState,
    offer::OfferState,
    organisation::Sector,
    words::Word,
};
use std::collections::BTreeMap;

const PASSWORD: &str = "demo-spilno-2026";

/// A hash that no password has.
const ANOTHER: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[derive(Debug, FromQueryResult)]
struct Count {
    what: String,
    count: i64,
}

impl TestApp {
    /// How many rows there are of each thing.
    async fn counts(&self, sql: &str) -> BTreeMap<String, i64> {
        let rows: Vec<Count> = sql::all(self.state.db.read(), sql, []).await.unwrap();
        rows.into_iter().map(|row| (row.what, row.count)).collect()
    }

    async fn everything(&self) -> BTreeMap<String, i64> {
        let tables = [
            "account",
            "comment",
            "commitment",
            "community",
            "correction",
            "event",
            "file",
            "indicator",
            "issue",
            "measurement",
            "offer",
            "organisation",
            "task",
        ];
        let counts = tables.map(|table| format!("SELECT '{table}' AS what, count(*) AS count FROM {table}"));
        self.counts(&counts.join(" UNION ALL ")).await
    }

    async fn filled() -> TestApp {
        let app = TestApp::start_with(|config| config.demo = true).await;
        let refused = fill_at(&app.state.config, PASSWORD, app.state.clock.now(), |_| {}).await.unwrap();
        assert!(refused.is_empty(), "{}", refused.join("\n"));
        app
    }
}

#[actix_web::test]
async fn the_demo_is_filled_by_the_rules_and_a_second_start_changes_nothing() {
    let app = TestApp::filled().await;

    let filled = app.everything().await;
    let by = async |column: &str, table: &str| -> BTreeMap<String, i64> {
        let sql = format!("SELECT {column} AS what, count(*) AS count FROM {table} GROUP BY {column}");
        app.counts(&sql).await
    };
    assert_eq!((filled["community"], filled["organisation"], filled["issue"], filled["indicator"]), (3, 14, 90, 8));
    assert!(filled["account"] >= 30 && filled["file"] >= 60 && filled["correction"] >= 3, "{filled:?}");
    assert_eq!(by("state", "issue").await.len(), IssueState::ALL.len());
    assert_eq!(by("sector", "organisation").await.len(), Sector::ALL.len());
    // Nobody can counter yet.
    assert_eq!(by("state", "offer").await.len(), OfferState::ALL.len() - 1);
    assert_eq!(by("kind", "commitment").await.len(), CommitmentKind::ALL.len());
    assert_eq!(by("state", "commitment").await.len(), CommitmentState::ALL.len());
    let fifth = app.anyone().get("/communities/kalynova/issues/5").await.expect(200);
    assert_eq!(fifth.text("/title"), "Немає пандуса біля амбулаторії");

    fill_at(&app.state.config, PASSWORD, app.state.clock.now(), |_| {}).await.unwrap();

    assert_eq!(app.everything().await, filled);
    app.stop().await;
}

#[actix_web::test]
async fn a_demo_tells_as_whom_to_sign_in_and_its_password_only_when_everybody_knows_it() {
    let well_known = TestApp::start_with(|config| {
        config.demo = true;
        config.demo_password = Some("demo-spilno-2026".to_owned());
    })
    .await;
    let chosen = TestApp::start_with(|config| config.demo = true).await;

    let told = well_known.anyone().get("/demo").await.expect(200).json();
    let kept = chosen.anyone().get("/demo").await.expect(200).json();

    assert_eq!(told["password"], "demo-spilno-2026");
    let citizen = told["sign_ins"].as_array().unwrap().iter().find(|one| one["role"] == "citizen").unwrap();
    assert_eq!(citizen["email"], "citizen@demo.spilno.example");
    assert_eq!((&kept["password"], &kept["sign_ins"]), (&serde_json::Value::Null, &told["sign_ins"]));
    chosen.stop().await;
    well_known.stop().await;
}

#[actix_web::test]
async fn elsewhere_there_is_no_demo() {
    let app = TestApp::start().await;

    assert_eq!(app.anyone().get("/demo").await.problem(), "404 not_found");
    app.stop().await;
}

#[actix_web::test]
async fn the_password_is_the_one_of_the_latest_start_and_half_a_demo_is_refused() {
    let app = TestApp::start_with(|config| config.demo = true).await;
    app.insert("account", &account(&app, "main@demo.spilno.example")).await;
    let now = app.state.clock.now();

    let refused = fill_at(&app.state.config, PASSWORD, now, |_| {}).await.unwrap_err().to_string();

    assert!(refused.contains("cut short"), "{refused}");
    app.execute(&format!("UPDATE account SET password_hash = '{ANOTHER}'")).await;
    fill_at(&app.state.config, PASSWORD, now, |_| {}).await.unwrap();
    let sql = "SELECT password_hash FROM account";
    let hash: Hash = sql::one(app.state.db.read(), sql, []).await.unwrap().unwrap();
    assert!(app.state.passwords.verify(&Secret(PASSWORD.to_owned()), Some(&hash.password_hash)).await.unwrap());
    app.stop().await;
}

#[derive(Debug, FromQueryResult)]
struct Hash {
    password_hash: PasswordHash,
}

fn account(app: &TestApp, email: &str) -> Vec<(&'static str, sea_orm::Value)> {
    let now = app.state.clock.now().0;
    vec![
        ("id", app.state.clock.id().into()),
        ("email", email.into()),
        ("name", "Тарас".into()),
        ("language", "uk".into()),
        ("time_zone", "Europe/Kyiv".into()),
        ("main_coordinator", true.into()),
        ("version", 1i64.into()),
        ("created_at", now.into()),
        ("updated_at", now.into()),
    ]
}

#[actix_web::test]
async fn a_place_with_other_data_is_refused() {
    let (app, beside) = (TestApp::start().await, TestApp::start().await);
    app.insert("account", &account(&app, "olena@example.org")).await;
    std::fs::write(beside.state.config.data_dir.join("diploma.odt"), "").unwrap();

    for app in [&app, &beside] {
        let refused =
            fill_at(&app.state.config, PASSWORD, app.state.clock.now(), |_| {}).await.unwrap_err().to_string();
        assert!(refused.contains("a place of its own"), "{refused}");
    }
    beside.stop().await;
    app.stop().await;
}

#[test]
fn what_is_left_of_half_a_demo_is_cleared_away_but_not_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut config: Config = serde_json::from_str("{}").unwrap();
    config.data_dir = folder.path().to_owned();
    for name in ["spilno.sqlite", "spilno.sqlite-wal", "secret"] {
        std::fs::write(folder.path().join(name), "half").unwrap();
    }
    std::fs::create_dir_all(folder.path().join("files/ab")).unwrap();

    clear(&config).unwrap();

    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["secret"]);
}

#[test]
fn nothing_is_left_to_chance() {
    let now = "2026-11-23T09:30:00Z".parse().unwrap();
    let line = || format!("{:?}", timeline::of(&Content::read().unwrap(), now).unwrap());

    assert_eq!(line(), line());
    assert_eq!(pictures::draw("roads", 7, 0, false).unwrap(), pictures::draw("roads", 7, 0, false).unwrap());
}

#[test]
fn what_the_content_tells_has_happened_in_its_order_and_every_category_has_its_pictures() {
    let content = Content::read().unwrap();
    content.check().unwrap();
    let now = "2026-11-23T09:30:00Z".parse().unwrap();

    assert!(timeline::of(&content, now).unwrap().is_sorted_by_key(|moment| moment.at));
    for category in shared::category::DefaultCategory::ALL {
        for mended in [false, true] {
            let drawn = pictures::draw(category.word(), 7, 0, mended).unwrap();
            let picture = image::load_from_memory(&drawn).unwrap().into_rgb8();
            let colours: std::collections::HashSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() > 300, "{category} is almost empty");
        }
    }
}
