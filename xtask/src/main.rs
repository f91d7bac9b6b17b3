//! The one place that knows how to build, start and test Spilno: `cargo xtask --help`.
#![expect(clippy::disallowed_methods, reason = "a build tool is steered by the environment it is called in")]

mod bench;
mod build;
mod command;
mod demo;
mod dev;
mod postgres;
mod setup;
mod steps;
mod test;
mod web;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, starts and tests Spilno.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building and testing need and this machine lacks
    Setup,
    /// Build everything in release, fill a demo database, serve it on localhost:8080
    Demo,
    /// Serve on localhost:8080; rebuild and restart on every change
    Dev,
    /// Build the one binary `spilno`, web app included
    Build {
        /// Optimised, as it is shipped
        #[arg(long)]
        release: bool,
    },
    /// Build the web app alone, into web/dist
    Web {
        /// Quick to build, large to load
        #[arg(long)]
        dev: bool,
    },
    /// Run every check and test, or one part of them
    Test(test::Args),
    /// Measure requests on a large database, and write docs/performance.md
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Setup => setup::everything(),
        Command::Demo => demo::run(),
        Command::Dev => dev::run(),
        Command::Build { release } => build::run(release),
        Command::Web { dev } => web::run(if dev { web::Flavour::Dev } else { web::Flavour::Release }),
        Command::Test(args) => test::run(&args),
        Command::Bench(args) => bench::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
