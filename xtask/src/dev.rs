//! `cargo xtask dev`: the demo server of the present sources, rebuilt and restarted when they change.

use crate::{build, command, web, workspace};
use anyhow::Result;
use std::{
    path::Path,
    process::Child,
    thread,
    time::{Duration, SystemTime},
};

/// How long a change may go unnoticed.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// What the web app is made of, and what the server is made of.
const WEB: &[&str] = &["web/src", "web/styles", "web/assets", "web/index.html", "web/boot.js", "shared"];
const SERVER: &[&str] = &["api", "migrations", "pictures", "shared", "Cargo.lock"];

pub(crate) fn run() -> Result<()> {
    let mut built_web = None;
    let mut built_server = None;
    let mut server = None;
    loop {
        let (newest_web, newest_server) = (newest(WEB), newest(SERVER));
        if built_web != Some(newest_web) {
            built_web = Some(newest_web);
            report("web app", web::build(web::Flavour::Dev));
        }
        if built_server != Some(newest_server) {
            built_server = Some(newest_server);
            if let Some(binary) = report("server", build::dev()) {
                restart(&mut server, &binary)?;
            }
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// A failed build is not the end: the next change may mend it, and what ran before runs on.
fn report<T>(what: &str, built: Result<T>) -> Option<T> {
    match built {
        Ok(value) => {
            eprintln!("{what}: up to date; reload the page to see it");
            Some(value)
        }
        Err(error) => {
            eprintln!("{what}: {error:#}");
            None
        }
    }
}

fn restart(server: &mut Option<Child>, binary: &Path) -> Result<()> {
    if let Some(mut old) = server.take() {
        // SIGTERM, so that it ends what it is doing; `Child::kill` would not let it.
        command::run(command::program("kill").arg(old.id().to_string()))?;
        old.wait()?;
    }
    *server = Some(command::program(binary).env("SPILNO_DATA_DIR", "data/dev").arg("demo").spawn()?);
    Ok(())
}

/// When the last of these files was written.
fn newest(paths: &[&str]) -> SystemTime {
    let times = paths.iter().map(|path| newest_below(&workspace::root().join(path)));
    times.max().unwrap_or(SystemTime::UNIX_EPOCH)
}

fn newest_below(path: &Path) -> SystemTime {
    let own = path.metadata().and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = path.read_dir() else { return own };
    entries.flatten().map(|entry| newest_below(&entry.path())).fold(own, SystemTime::max)
}
