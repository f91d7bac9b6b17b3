//! The commands of `spilno`.

mod user;

use crate::{
    auth::keys::Keys,
    backup,
    change::Follower,
    clock::Clock,
    config::{self, Config, LogFormat},
    db, demo,
    file::Storage,
    http::{openapi, server},
    jobs::Worker,
    seed,
    state::AppState,
};
use actix_web::web;
use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
};
use tracing::{Dispatch, instrument::WithSubscriber};
use tracing_subscriber::{EnvFilter, util::SubscriberInitExt};

#[derive(Debug, Parser)]
#[command(name = "spilno", version, about = "One open workspace for a community")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app and the API.
    Serve,
    /// Fill an empty place with an invented community, then serve it.
    Demo,
    /// Write a large invented community into the database, for measuring.
    Seed {
        /// How many issues, with their tasks and comments.
        #[arg(long)]
        issues: u32,
    },
    /// Bring the database's tables up to date.
    Migrate,
    /// Make and change accounts.
    #[command(subcommand)]
    User(user::Command),
    /// Write database and files into one archive, while the server goes on.
    Backup {
        /// A file that is not there yet, or a folder.
        to: PathBuf,
    },
    /// Check an archive and put it into an empty database and store of files.
    Restore { from: PathBuf },
    /// Print the API's description (OpenAPI 3.1, JSON).
    Openapi,
    /// Print the settings in force, secrets masked.
    Config,
}

/// Runs the command that the program was called with.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    if let Command::Openapi = cli.command {
        return print(&openapi::document().to_pretty_json().context("write the document")?);
    }
    let config = Config::load()?;
    lines(&config, &config.log)?.try_init().context("begin to log")?;
    match cli.command {
        Command::Openapi => Ok(()),
        Command::Serve => block_on(serve(config)),
        Command::Demo => block_on(demo(config)),
        Command::Seed { issues } => block_on(seed(config, issues)),
        Command::Migrate => block_on(async { db::migrate(&db::connect(&config.database_url()).await?).await }),
        Command::User(command) => block_on(async {
            let app = open(config).await?;
            let done = user::run(&app, command).await;
            app.db.clone().close().await;
            print(&done?)
        }),
        Command::Backup { to } => block_on(async {
            let database = db::connect(&config.database_url()).await?;
            let written = backup::backup(&database, &Storage::open(&config)?, Clock::system().now(), &to).await?;
            print(&written.display().to_string())
        }),
        Command::Restore { from } => block_on(async {
            let database = db::connect(&config.database_url()).await?;
            backup::restore(&database, &Storage::open(&config)?, &from).await?;
            database.close().await;
            print("restored")
        }),
        Command::Config => print(&config.describe()),
    }
}

fn block_on(work: impl Future<Output = Result<()>>) -> Result<()> {
    actix_web::rt::System::new().block_on(work)
}

/// Opens everything the server needs.
pub async fn open(config: Config) -> Result<web::Data<AppState>> {
    config.check()?;
    let database = db::connect(&config.database_url()).await?;
    db::migrate(&database).await?;
    let keys = Keys::load(&config.secret_file(), config.secret_file.is_none())?;
    Ok(web::Data::new(AppState::new(config, Clock::system(), database, keys)?))
}

async fn serve(config: Config) -> Result<()> {
    let app = open(config).await?;
    if !app.config.demo && demo::is_open_to_all(&app, DEMO_PASSWORD).await? {
        bail!(
            "this is a demo whose password everybody knows: start it with `spilno demo`, or change the passwords of its accounts"
        );
    }
    tracing::info!("{}", app.mailer.describe());
    let follower = Follower::start(app.clone()).await?;
    let worker = Worker::start(app.clone());
    let served = server::serve(app.clone()).await;
    worker.stop().await;
    follower.stop();
    app.db.clone().close().await;
    served
}

/// The password of the demo's accounts where nobody chose another.
const DEMO_PASSWORD: &str = "demo-spilno-2026";

async fn demo(mut config: Config) -> Result<()> {
    config.demo = true;
    let chosen = Config::demo_password();
    config.demo_password = chosen.is_none().then(|| DEMO_PASSWORD.to_owned());
    if chosen.is_none() && !(config.listen.ip().is_loopback() && config::is_loopback(&config.public_url())) {
        bail!(
            "the demo's password is known to everybody: choose one with SPILNO_DEMO_PASSWORD before others can reach it"
        );
    }
    let password = chosen.as_deref().unwrap_or(DEMO_PASSWORD);
    // It takes some two thousand requests, and nobody wants to read of each.
    let progress = |percent| eprintln!("filling the demo: {percent} %");
    demo::fill(&config, password, progress).with_subscriber(lines(&config, "warn")?).await?;
    print(&format!(
        "The demo is at {}\nSign in as citizen@, coordinator@, moderator@, facilitator@, business@, ngo@ or main@demo.spilno.example, password {}",
        config.public_url(),
        if chosen.is_some() { "as chosen" } else { DEMO_PASSWORD },
    ))?;
    serve(config).await
}

async fn seed(config: Config, issues: u32) -> Result<()> {
    let app = open(config).await?;
    let started = std::time::Instant::now();
    let mut told = 0;
    let seeded = seed::seed(&app, issues, |made| {
        let tenth = u64::from(made) * 10 / u64::from(issues.max(1));
        if tenth > told {
            told = tenth;
            tracing::info!("{made} of {issues} issues");
        }
    })
    .await;
    app.db.clone().close().await;
    let seed::Seeded { community, issues, tasks, comments } = seeded?;
    let seconds = started.elapsed().as_secs();
    print(&format!("community {community}: {issues} issues, {tasks} tasks, {comments} comments in {seconds} s"))
}

fn print(text: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{text}").context("print")
}

/// Log lines to standard error, of what passes the filter.
fn lines(config: &Config, filter: &str) -> Result<Dispatch> {
    let filter = EnvFilter::try_new(filter).context("SPILNO_LOG is no filter")?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    Ok(match config.log_format {
        LogFormat::Text => lines.into(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).into(),
    })
}
