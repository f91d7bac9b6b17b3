//! `cargo xtask test`: every check there is, or one part of them.

mod licences;
mod rust;
mod snapshots;
mod tools;

use crate::{command, setup, steps::Steps, web, workspace};
use anyhow::{Result, bail};
use clap::ValueEnum;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to run; everything when nothing is named
    parts: Vec<Part>,
    /// Only tests whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting
    Fmt,
    /// clippy and rustdoc, warnings refused
    Lint,
    /// Licences, sources, banned and unused dependencies
    Licences,
    /// Tests of rules and tools
    Unit,
    /// Tests of the server through HTTP, on SQLite and on PostgreSQL
    Api,
    /// The web app compiles for the browser, without the database
    Wasm,
    /// The web app is built and below its size budget
    Web,
    /// Journeys in a browser against the real server
    E2e,
    /// The server is killed again and again and loses nothing it acknowledged
    Crash,
}

/// What `--only` can choose from.
const WITH_NAMES: &[Part] = &[Part::Unit, Part::Api, Part::E2e];

impl Part {
    fn title(self) -> &'static str {
        match self {
            Part::Fmt => "formatting",
            Part::Lint => "lints",
            Part::Licences => "licences",
            Part::Unit => "unit tests",
            Part::Api => "tests of the server",
            Part::Wasm => "WebAssembly checks",
            Part::Web => "the web app and its size",
            Part::E2e => "tests in the browser",
            Part::Crash => "crash test",
        }
    }

    fn run(self, all: bool, only: Option<&str>) -> Result<()> {
        match self {
            Part::Fmt => command::run(command::cargo().args(["fmt", "--all", "--check"])),
            Part::Lint => rust::lint(),
            Part::Licences => licences::check(),
            Part::Unit => rust::unit(only),
            Part::Api => rust::api(only),
            Part::Wasm => rust::wasm(),
            Part::Web => {
                web::build(web::Flavour::Release)?;
                web::budget::check()
            }
            Part::E2e => browser(only),
            // As often as a build machine has time for; as often as promised when asked for by name.
            Part::Crash => rust::crash(if all || workspace::ci() { 200 } else { 1000 }),
        }
    }
}

/// Runs the parts one after the other, to the end even when one fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let all = args.parts.is_empty();
    let only = args.only.as_deref();
    let parts = match (all, only) {
        (true, None) => Part::value_variants(),
        (true, Some(_)) => WITH_NAMES,
        (false, _) => &args.parts,
    };
    look_for_data()?;
    let mut steps = Steps::new(parts.len());
    let mut failed = Vec::new();
    for part in parts {
        steps.begin(part.title());
        if let Err(error) = part.run(all, only) {
            eprintln!("\nfailed: {}: {error:#}\n", part.title());
            failed.push(part.title());
        }
    }
    steps.finish(if failed.is_empty() { "all passed" } else { "finished" });
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Real data for tests of imports lies beside the repository, not in it.
fn look_for_data() -> Result<()> {
    if workspace::root().join("../shared/data").is_dir() {
        return Ok(());
    }
    if workspace::ci() {
        bail!("../shared/data is missing, and a build machine skips nothing");
    }
    eprintln!("../shared/data is missing: tests that need it are skipped");
    Ok(())
}

/// Playwright starts the server itself: see `e2e/playwright.config.ts`.
fn browser(only: Option<&str>) -> Result<()> {
    web::build(web::Flavour::Release)?;
    let server = rust::server()?;
    let modules = setup::npm_packages("e2e")?;
    let mut playwright = command::program(modules.join(".bin/playwright"));
    playwright
        .current_dir(workspace::root().join("e2e"))
        .env("SPILNO_TEST_BINARY", server)
        .env("SPILNO_TEST_CHROMIUM", setup::chromium()?)
        .arg("test");
    if let Some(name) = only {
        playwright.args(["--grep", name, "--pass-with-no-tests"]);
    }
    command::run(&mut playwright)
}
