//! How mails leave: by SMTP, or, where none is configured, as files in the data folder.

use crate::{
    config::Config,
    mail::{
        Letter,
        compose::{self, Sender},
        folder,
    },
};
use anyhow::{Context, Result, anyhow};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox, transport::smtp};
use shared::time::Timestamp;
use std::{fmt, path::PathBuf, time::Duration};
use uuid::Uuid;

/// Sends letters.
#[derive(Debug)]
pub struct Mailer {
    sender: Sender,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Way::Smtp(_) => "Smtp",
            Way::Folder(_) => "Folder",
        })
    }
}

impl Mailer {
    /// Fails when the settings cannot work; the mail server itself is first asked when a mail goes.
    pub fn new(config: &Config) -> Result<Self> {
        let site = config.public_url();
        let host = site.host_str().unwrap_or("localhost").to_owned();
        let from: Mailbox = config.mail_from.parse().context("SPILNO_MAIL_FROM is not an address")?;
        let way = match &config.smtp_url {
            Some(url) => {
                // The error of the library repeats the address, which may hold a password.
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| {
                    anyhow!(
                        "SPILNO_SMTP_URL is not an address of a mail server, such as smtps://user:password@mail.example"
                    )
                })?;
                Way::Smtp(transport.timeout(Some(Duration::from_secs(30))).build())
            }
            None => Way::Folder(config.mail_dir()),
        };
        Ok(Self { sender: Sender { from, site: site.as_str().trim_end_matches('/').to_owned(), host }, way })
    }

    /// Where mails go, to be said at start.
    pub fn describe(&self) -> String {
        match &self.way {
            Way::Smtp(_) => "mails go to the mail server".to_owned(),
            Way::Folder(folder) => {
                format!("no mail server is set (SPILNO_SMTP_URL): mails become files in {}", folder.display())
            }
        }
    }

    /// Sends a letter. `id` is the same at every attempt. No error tells the address or the text.
    pub async fn send(&self, letter: &Letter, id: Uuid, at: Timestamp) -> Result<()> {
        let message = compose::message(&self.sender, letter, id, at)?;
        match &self.way {
            Way::Smtp(transport) => {
                // In a task of its own: a conversation dropped half-way would leave its connection
                // in the pool one answer behind.
                let transport = transport.clone();
                let sending = tokio::spawn(async move { transport.send(message).await });
                sending.await.context("send a mail")?.map(drop).map_err(|error| told(&error))
            }
            Way::Folder(dir) => folder::write(dir, id, &message.formatted()).await,
        }
    }
}

/// What went wrong, without the server's own words, which often repeat the address.
fn told(error: &smtp::Error) -> anyhow::Error {
    match error.status() {
        Some(code) => anyhow!("the mail server refused with {code}"),
        None if error.is_timeout() => anyhow!("the mail server did not answer in time"),
        None if error.is_tls() => anyhow!("no safe connection to the mail server"),
        None => anyhow!("the mail server cannot be reached"),
    }
}
