//! A PostgreSQL of our own: in a temporary folder, on a free port, gone afterwards.

use crate::{command, setup};
use anyhow::{Context, Result};
use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::Path,
    process::{self, Child, Command, Stdio},
};

/// Where the tests look for the database to use instead of SQLite.
pub(crate) const URL: &str = "SPILNO_TEST_DATABASE_URL";

const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=256MB -c autovacuum=off";
/// Data that outlives no test run needs no care: this is several times faster.
const CARELESS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// Runs as long as this value lives.
pub(crate) struct Cluster {
    guard: Child,
    port: u16,
}

impl Cluster {
    /// For tests: what is written need not last.
    pub(crate) fn for_tests() -> Result<Cluster> {
        Self::start(CARELESS)
    }

    /// For measuring: every commit is on disk before it is acknowledged, and tables are kept in order, as
    /// where it is used.
    pub(crate) fn for_measuring() -> Result<Cluster> {
        Self::start("-c autovacuum=on")
    }

    fn start(more: &str) -> Result<Cluster> {
        let programs = setup::postgresql()?;
        let folder = env::temp_dir().join(format!("spilno-postgres-{}", process::id()));
        fs::create_dir_all(&folder)?;
        let owner = Owner::of_cluster(&folder)?;
        let data = folder.join("data");
        let guard =
            guard(&folder, owner.program(&programs.join("pg_ctl")).args(["stop", "-m", "immediate", "-D"]).arg(&data))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Cluster { guard, port };

        let mut initdb = owner.program(&programs.join("initdb"));
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        command::output(initdb.arg(&data))?;
        let mut start = owner.program(&programs.join("pg_ctl"));
        start.args(["start", "--wait", "--silent", "-D"]).arg(&data).arg("-l").arg(folder.join("log"));
        command::output(start.arg("-o").arg(format!("-p {port} -k {} {SETTINGS} {more}", folder.display())))
            .with_context(|| fs::read_to_string(folder.join("log")).unwrap_or_default())?;
        Ok(cluster)
    }

    /// A user who may create databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input is the guard's sign. If it cannot be waited for, it still does its work.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A shell that waits for us to end, however we do (Ctrl-C, SIGKILL), and then stops the cluster.
/// In a process group of its own, so that Ctrl-C ends us but not it.
fn guard(folder: &Path, stop: &Command) -> Result<Child> {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"read -r _; folder=$1; shift; "$@" >/dev/null 2>&1; rm -rf "$folder""#, "guard"]);
    shell.arg(folder).arg(stop.get_program()).args(stop.get_args());
    shell.current_dir("/").stdin(Stdio::piped()).process_group(0);
    shell.spawn().context("could not start `sh`")
}

/// PostgreSQL refuses to run as root; then its own user does.
enum Owner {
    Ourselves,
    Postgres,
}

impl Owner {
    /// Who runs the cluster. Gives them the folder.
    fn of_cluster(folder: &Path) -> Result<Owner> {
        if !setup::is_root()? {
            return Ok(Owner::Ourselves);
        }
        command::output(command::program("chown").arg("postgres").arg(folder))?;
        Ok(Owner::Postgres)
    }

    fn program(&self, program: &Path) -> Command {
        let mut command = match self {
            Owner::Ourselves => command::program(program),
            Owner::Postgres => {
                let mut runuser = command::program("runuser");
                runuser.args(["-u", "postgres", "--"]).arg(program);
                runuser
            }
        };
        // A place that any user may be in.
        command.current_dir("/");
        command
    }
}
