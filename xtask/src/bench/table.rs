//! The figures as a page.

use super::{Scenario, load::Loaded};
use crate::command;
use anyhow::Result;
use std::{fmt::Write, fs, thread};

pub(super) struct Report {
    issues: u32,
    tables: String,
}

impl Report {
    pub(super) fn new(issues: u32) -> Report {
        Report { issues, tables: String::new() }
    }

    /// Begins the table of a database.
    pub(super) fn begin(&mut self, database: &str, seeded: &str, memory: u64) {
        let _ = write!(
            self.tables,
            "\n## {database}\n`spilno seed`: {seeded}. Memory of the server before the first request: {memory} MB.\n\n\
             | request | requests/s | p50 | p99 | server CPU, µs | SQL statements | bare SQL, µs | ratio |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        );
    }

    /// Adds a line, and tells it.
    pub(super) fn add(&mut self, scenario: &Scenario, loaded: &Loaded) -> String {
        let Scenario { name, statements, bare_micros, .. } = scenario;
        let Loaded { rate, p50, p99, cpu_micros } = loaded;
        let ratio = match bare_micros {
            0 => "–".to_owned(),
            bare => format!("{}.{}", cpu_micros / bare, cpu_micros * 10 / bare % 10),
        };
        let line =
            format!("| {name} | {rate:.0} | {p50} | {p99} | {cpu_micros} | {statements} | {bare_micros} | {ratio} |");
        let _ = writeln!(self.tables, "{line}");
        line
    }

    pub(super) fn page(&self) -> Result<String> {
        let cores = thread::available_parallelism()?;
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
        let model = model.trim_start_matches([' ', '\t', ':']);
        let commit = command::output(command::program("git").args(["describe", "--always", "--dirty"]))?;
        Ok(format!(
            "# Performance\n\
             Written by `cargo xtask bench` at commit {}: {} issues with their tasks and comments, eight connections over loopback, \
             load and server on the same {cores} cores ({model}).\n\n\
             *Server CPU* is what the server's process itself spent for each request, threads of the database's driver included. *Bare SQL* is \
             what the same statements cost in a loop with nothing around them (those of a write are rolled back, so neither \
             has the wait for the disk). Their ratio says what permissions, mapping, ETags and JSON add; of PostgreSQL's work \
             neither counts what happens in its own processes.\n{}",
            commit.trim(),
            self.issues,
            self.tables,
        ))
    }
}
