//! What cargo and its companions check.

use super::snapshots;
use crate::{command, postgres, setup, web, workspace};
use anyhow::{Context, Result, bail};
use std::{path::PathBuf, process::Command};

/// The packages of the server. They are always named together, since the features of a dependency are those
/// that the named packages want.
const SERVER: &[&str] = &["--package", "api", "--package", "migrations", "--package", "pictures"];

/// clippy over everything, and documentation without broken links.
pub(super) fn lint() -> Result<()> {
    let clippy = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    command::run(command::cargo().args(clippy))?;
    let doc = ["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"];
    command::run(command::cargo().env("RUSTDOCFLAGS", "--deny warnings").args(doc))
}

/// The rules in `shared`, the plain types of `web`, the tools.
pub(super) fn unit(only: Option<&str>) -> Result<()> {
    let packages = ["--package", "shared", "--package", "web", "--package", "xtask"];
    command::run(&mut tests(&packages, only))
}

/// The server and the migrations, first on SQLite, then on PostgreSQL.
pub(super) fn api(only: Option<&str>) -> Result<()> {
    let packages = [SERVER, &["--lib", "--bins"]].concat();
    let references = snapshots::References::new()?;
    eprintln!("      on SQLite");
    command::run(references.collect(tests(&packages, only).env_remove(postgres::URL)))?;
    if only.is_none() {
        references.check(&["api", "migrations"])?;
    }
    let cluster = postgres::Cluster::for_tests().context("PostgreSQL")?;
    eprintln!("      on PostgreSQL");
    command::run(tests(&packages, only).env(postgres::URL, cluster.url()))
}

/// Kills the server this many times. The test is `api/tests/crash.rs`.
pub(super) fn crash(kills: u32) -> Result<()> {
    eprintln!("      {kills} kills");
    let mut cargo = command::cargo();
    cargo.env("SPILNO_TEST_CRASH_KILLS", kills.to_string()).arg("test").args(SERVER).args(["--test", "crash"]);
    command::run(cargo.args(["--", "--nocapture"]))
}

/// The server as the crash test kills it. Its own build would differ in the features of dependencies only,
/// for which half of them would be compiled once more.
pub(super) fn server() -> Result<PathBuf> {
    let mut cargo = command::cargo();
    command::run(cargo.args(["test", "--quiet", "--no-run"]).args(SERVER).args(["--test", "crash"]))?;
    Ok(workspace::target().join("debug/spilno"))
}

/// The browser's half compiles for the browser, and the database is only in the server's.
pub(super) fn wasm() -> Result<()> {
    let rustc = setup::wasm_rustc()?;
    // In the profile of the build that follows, which then has its macros compiled already.
    let check = ["check", "--quiet", "--package", "shared", "--package", "web", "--profile", "web"];
    command::run(web::for_browser(&rustc).args(check))?;
    if depends_on_database("web")? {
        bail!("the web app depends on sea-orm: see `cargo tree -p web --target wasm32-unknown-unknown -i sea-orm`");
    }
    // The twin that must be true, so that a slip in the question cannot pass for an answer.
    if !depends_on_database("api")? {
        bail!("the server does not depend on sea-orm? then this check asks the wrong question");
    }
    Ok(())
}

fn depends_on_database(package: &str) -> Result<bool> {
    let mut tree = command::cargo();
    tree.args(["tree", "--package", package, "--target", "wasm32-unknown-unknown", "--invert", "sea-orm"]);
    // Without the dependency cargo fails or prints nothing, depending on the rest of the workspace.
    Ok(tree.output()?.stdout.starts_with(b"sea-orm v"))
}

/// nextest where it is installed, else what cargo has.
fn tests(packages: &[&str], only: Option<&str>) -> Command {
    let nextest = command::output(command::cargo().args(["nextest", "--version"])).is_ok();
    let mut cargo = command::cargo();
    if nextest {
        cargo.args(["nextest", "run", "--cargo-quiet", "--no-tests=pass"]);
        cargo.args(["--profile", if workspace::ci() { "ci" } else { "default" }]);
    } else {
        cargo.args(["test", "--quiet", "--no-fail-fast"]);
    }
    cargo.args(packages).args(only);
    cargo
}
