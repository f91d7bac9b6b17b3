//! `spilno user`: accounts, for whoever has the machine. Running servers notice within a second.

use crate::{
    account::admin::{self, NewUser},
    auth::password,
    state::AppState,
};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use shared::{
    account::{Email, Password, Secret, account_name},
    problem::FieldError,
    text::{Key, Lang},
};
use std::io::Read;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account with a confirmed address; the password is read from standard input, and none
    /// means signing in by mailed links only.
    Create(Create),
    /// Set the password, read from standard input, and end every session.
    Password { email: String },
    /// Make the account a main coordinator, or no longer one.
    MainCoordinator { email: String, switch: Switch },
    /// List the accounts: address, name, when made, what is special.
    List,
}

#[derive(Debug, Args)]
pub(super) struct Create {
    email: String,
    /// How others read the person's name.
    #[arg(long)]
    name: String,
    /// `uk` or `en`.
    #[arg(long, default_value = "uk")]
    language: String,
    /// Also make it a main coordinator.
    #[arg(long)]
    main_coordinator: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

/// Runs one of the commands; tells what to print.
pub(super) async fn run(app: &AppState, command: Command) -> Result<String> {
    match command {
        Command::Create(create) => {
            let email = email(&create.email)?;
            let name = account_name(&create.name).map_err(told)?;
            let language =
                Lang::of_tag(&create.language).with_context(|| format!("there is no language {}", create.language))?;
            let typed = typed()?;
            let password = if typed.0.is_empty() { None } else { Some(chosen(&typed)?) };
            let user = NewUser {
                email: &email,
                name: &name,
                password: password.as_ref(),
                language,
                main_coordinator: create.main_coordinator,
            };
            admin::create(app, user).await?;
            Ok(format!("{email} has an account"))
        }
        Command::Password { email: address } => {
            let email = email(&address)?;
            let password = chosen(&typed()?)?;
            found(admin::set_password(app, &email, &password).await?, &email)?;
            Ok(format!("{email} has a new password, and is signed out everywhere"))
        }
        Command::MainCoordinator { email: address, switch } => {
            let email = email(&address)?;
            let on = matches!(switch, Switch::On);
            found(admin::set_main_coordinator(app, &email, on).await?, &email)?;
            Ok(format!("{email} is {} main coordinator", if on { "a" } else { "no" }))
        }
        Command::List => {
            let mut lines = Vec::new();
            for user in admin::list(app).await? {
                let marks = [
                    (user.main_coordinator, "main coordinator"),
                    (!user.has_password, "links only"),
                    (user.disabled_at.is_some(), "disabled"),
                ];
                let marks: Vec<&str> = marks.into_iter().filter_map(|(holds, mark)| holds.then_some(mark)).collect();
                lines.push(format!("{}\t{}\t{}\t{}", user.email, user.name, user.created_at, marks.join(", ")));
            }
            Ok(lines.join("\n"))
        }
    }
}

fn found(account: Option<()>, email: &Email) -> Result<()> {
    account.with_context(|| format!("{email} has no account"))
}

fn email(raw: &str) -> Result<Email> {
    Email::parse(raw).map_err(told)
}

fn chosen(typed: &Secret) -> Result<Password> {
    let password = Password::parse(typed).map_err(told)?;
    if password::is_common(&password) {
        bail!("{}", Key::FieldTooCommon.get(Lang::En));
    }
    Ok(password)
}

/// The first line of standard input, so that no password stands among the arguments.
fn typed() -> Result<Secret> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("read the password from standard input")?;
    Ok(Secret(text.lines().next().unwrap_or_default().to_owned()))
}

/// What is wrong with an argument, in words.
fn told(error: FieldError) -> anyhow::Error {
    let figures: Vec<(&str, &str)> = error.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let text = Key::named(&format!("field.{}", error.code.as_str())).map(|key| key.with(Lang::En, &figures));
    anyhow!(text.unwrap_or_else(|| error.code.as_str().to_owned()))
}
