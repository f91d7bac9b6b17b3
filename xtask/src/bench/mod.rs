//! `cargo xtask bench`: requests against the real server over a large database, SQLite and PostgreSQL.
//!
//! Beside each stands what the same SQL costs when it is run bare (the example `measure` of `api`): the
//! ratio says what the server adds. Figures hold for the machine they were taken on; what is compared,
//! is compared within one run.

mod load;
mod server;
mod table;

use crate::{command, postgres::Cluster, setup, steps::Steps, workspace};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use server::Server;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many issues there are; some of them are not public
    #[arg(long, default_value_t = 120_000)]
    issues: u32,
    /// How long each request is repeated, in seconds
    #[arg(long, default_value_t = 5)]
    seconds: u32,
}

/// A request, as the example `measure` tells of it.
#[derive(Debug, Deserialize)]
struct Scenario {
    name: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<serde_json::Value>,
    statements: u32,
    bare_micros: u64,
}

/// The password of the account that measures, known to nobody but this run.
const PASSWORD: &str = "measured-for-a-moment-2026";

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut steps = Steps::new(4);
    steps.begin("looking for wrk");
    let wrk = setup::wrk()?;
    steps.begin("building the server and what measures its SQL, in release");
    // Together: apart, half of the dependencies would be compiled twice, for other features.
    let both = ["build", "--package", "api", "--release", "--bin", "spilno", "--example", "measure"];
    command::run(command::cargo().args(both))?;
    let release = workspace::target().join("release");
    let bench = Bench { spilno: release.join("spilno"), measure: release.join("examples/measure"), wrk };
    let mut report = table::Report::new(args.issues);
    steps.begin("SQLite");
    let folder = std::env::temp_dir().join(format!("spilno-bench-{}", std::process::id()));
    let sqlite = format!("sqlite:{}", folder.join("sqlite/spilno.sqlite").display());
    let measured = bench.database("SQLite", &sqlite, &folder.join("sqlite"), args, &mut report);
    steps.begin("PostgreSQL");
    let measured = measured.and_then(|()| {
        let cluster = Cluster::for_measuring()?;
        bench.database("PostgreSQL", &cluster.url(), &folder.join("postgres"), args, &mut report)
    });
    fs::remove_dir_all(&folder).ok();
    measured?;
    let page = workspace::root().join("docs/performance.md");
    fs::write(&page, report.page()?).context("write docs/performance.md")?;
    steps.finish("measured, see docs/performance.md,");
    Ok(())
}

struct Bench {
    spilno: PathBuf,
    measure: PathBuf,
    wrk: PathBuf,
}

impl Bench {
    fn database(&self, name: &str, url: &str, folder: &Path, args: &Args, report: &mut table::Report) -> Result<()> {
        fs::create_dir_all(folder)?;
        let program = |path: &Path| {
            let mut program = command::program(path);
            program
                .env("DATABASE_URL", url)
                .env("SPILNO_DATA_DIR", folder)
                .env("SPILNO_SECRET_FILE", folder.join("secret"))
                .env("SPILNO_TEST_PASSWORD", PASSWORD)
                // Tokens hold for one address, and `measure` makes some for the server.
                .env("SPILNO_PUBLIC_URL", "http://localhost:8080")
                .env("SPILNO_LOG", "warn");
            program
        };
        // Before the database asks for it: 32 random bytes, as the server would make them.
        secret(&folder.join("secret"))?;
        let seeded = command::output(program(&self.spilno).args(["seed", "--issues"]).arg(args.issues.to_string()))?;
        eprint!("      {seeded}");
        create_account(program(&self.spilno))?;
        let scenarios: Vec<Scenario> = serde_json::from_str(&command::output(&mut program(&self.measure))?)?;
        let server = Server::start(program(&self.spilno))?;
        report.begin(name, seeded.trim(), server.memory()?);
        for scenario in &scenarios {
            let loaded = load::run(&self.wrk, &server, scenario, args.seconds, folder)?;
            eprintln!("      {}", report.add(scenario, &loaded));
        }
        Ok(())
    }
}

fn secret(path: &Path) -> Result<()> {
    let mut bytes = vec![0; 32];
    std::io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut bytes)?;
    let mut options = fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)?.write_all(&bytes)?;
    Ok(())
}

/// An account to report with.
fn create_account(mut spilno: Command) -> Result<()> {
    spilno.args(["user", "create", "bench@seed.spilno.example", "--name", "Bench"]);
    let mut child = spilno.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("could not start `spilno`")?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(PASSWORD.as_bytes())?;
    }
    if !child.wait()?.success() {
        bail!("`spilno user create` failed");
    }
    Ok(())
}
