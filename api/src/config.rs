//! The settings: environment over a TOML file over defaults, checked at start.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use url::Url;

/// The settings in force. Each is `SPILNO_<NAME>` in the environment, or `<name>` in the file that
/// `SPILNO_CONFIG` names; `DATABASE_URL` is also heard by its usual name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Database, files, mails and secret, unless set otherwise.
    #[serde(default = "data_dir")]
    pub data_dir: PathBuf,
    /// The address people use; https unless its host is loopback.
    #[serde(default)]
    pub public_url: Option<Url>,
    /// `sqlite:<path>` or `postgres://…`.
    #[serde(default)]
    pub database_url: Option<String>,
    /// Absent: mails become `.eml` files in the data folder.
    #[serde(default)]
    pub smtp_url: Option<Url>,
    #[serde(default = "mail_from")]
    pub mail_from: String,
    /// `s3://bucket/…`; absent: a folder in the data folder.
    #[serde(default)]
    pub files_url: Option<Url>,
    /// 32 random bytes that everything secret is derived from.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Peers whose `X-Forwarded-For` is believed.
    #[serde(default, deserialize_with = "addresses")]
    pub trusted_proxies: Vec<IpAddr>,
    /// Where Prometheus reads; absent: nowhere.
    #[serde(default)]
    pub metrics_listen: Option<SocketAddr>,
    /// What is logged, as `tracing` filters: `info,sqlx=warn`.
    #[serde(default = "log")]
    pub log: String,
    #[serde(default)]
    pub log_format: LogFormat,
    /// Set by `spilno demo` only.
    #[serde(skip)]
    pub demo: bool,
    /// The password of the demo's sign-ins, where it is the one everybody knows.
    #[serde(skip)]
    pub demo_password: Option<String>,
}

/// For whom the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines: one JSON object a line.
    Json,
}

fn log() -> String {
    "info,sqlx=warn,actix_server=warn".to_owned()
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn data_dir() -> PathBuf {
    PathBuf::from("./data")
}

fn mail_from() -> String {
    "Spilno <spilno@localhost>".to_owned()
}

/// A list in a file, words with commas between them in the environment.
fn addresses<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<IpAddr>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        List(Vec<IpAddr>),
        Words(String),
    }
    match Given::deserialize(deserializer)? {
        Given::List(list) => Ok(list),
        Given::Words(words) => words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().map_err(serde::de::Error::custom))
            .collect(),
    }
}

impl Config {
    /// Reads and checks the settings.
    #[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
    pub fn load() -> Result<Self> {
        let mut sources = config::Config::builder();
        if let Ok(file) = std::env::var("SPILNO_CONFIG") {
            sources = sources.add_source(config::File::with_name(&file));
        }
        for (name, value) in std::env::vars() {
            let key = match name.as_str() {
                "DATABASE_URL" => "database_url".to_owned(),
                "SPILNO_CONFIG" | "SPILNO_DEMO_PASSWORD" => continue,
                _ => match name.strip_prefix("SPILNO_") {
                    Some(rest) if !rest.starts_with("TEST_") => rest.to_lowercase(),
                    _ => continue,
                },
            };
            sources = sources.set_override(key, value)?;
        }
        let config: Config = sources.build()?.try_deserialize().context("read the settings")?;
        config.check()?;
        Ok(config)
    }

    /// `SPILNO_DEMO_PASSWORD`, which no other command reads.
    #[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
    pub fn demo_password() -> Option<String> {
        std::env::var("SPILNO_DEMO_PASSWORD").ok()
    }

    /// Refuses settings that cannot work, and says why.
    pub fn check(&self) -> Result<()> {
        let url = self.public_url();
        if url.scheme() != "https" && !is_loopback(&url) {
            bail!(
                "SPILNO_PUBLIC_URL is {url}, but must begin with https:// unless its host is this machine: browsers drop secure cookies, geolocation and service workers there"
            );
        }
        if self.database_url().starts_with("postgres") && self.secret_file.is_none() {
            bail!("SPILNO_SECRET_FILE is needed with PostgreSQL: all replicas share one secret");
        }
        Ok(())
    }

    /// The address people use, without a slash at the end of its path.
    pub fn public_url(&self) -> Url {
        match &self.public_url {
            Some(url) => url.clone(),
            None => {
                let port = self.listen.port();
                Url::parse(&format!("http://localhost:{port}"))
                    .unwrap_or_else(|_| unreachable!("a port makes a valid address"))
            }
        }
    }

    /// An absolute address of one of our pages; `path` begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url().as_str().trim_end_matches('/'))
    }

    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("spilno.sqlite").display()))
    }

    pub fn secret_file(&self) -> PathBuf {
        self.secret_file.clone().unwrap_or_else(|| self.data_dir.join("secret"))
    }

    /// Where mails become files when there is no mail server.
    pub fn mail_dir(&self) -> PathBuf {
        self.data_dir.join("mail")
    }

    /// The settings in force as TOML lines, with passwords in addresses masked.
    pub fn describe(&self) -> String {
        let masked = |text: &str| match Url::parse(text) {
            Ok(mut url) if url.password().is_some() => {
                let _ = url.set_password(Some("***"));
                url.to_string()
            }
            _ => text.to_owned(),
        };
        let optional = |url: &Option<Url>| url.as_ref().map(|url| masked(url.as_str())).unwrap_or_default();
        let proxies: Vec<String> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        [
            ("listen", self.listen.to_string()),
            ("data_dir", self.data_dir.display().to_string()),
            ("public_url", self.public_url().to_string()),
            ("database_url", masked(&self.database_url())),
            ("smtp_url", optional(&self.smtp_url)),
            ("mail_from", self.mail_from.clone()),
            ("files_url", optional(&self.files_url)),
            ("secret_file", self.secret_file().display().to_string()),
            ("trusted_proxies", proxies.join(",")),
            ("log", self.log.clone()),
            ("log_format", format!("{:?}", self.log_format).to_lowercase()),
            ("metrics_listen", self.metrics_listen.map(|address| address.to_string()).unwrap_or_default()),
        ]
        .map(|(name, value)| format!("{name} = {value:?}"))
        .join("\n")
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_public_url(url: &str) -> Config {
        Config { public_url: Some(url.parse().unwrap()), ..serde_json::from_str("{}").unwrap() }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(with_public_url("http://localhost:8080").check().is_ok());
        assert!(with_public_url("http://[::1]:8080").check().is_ok());
        assert!(with_public_url("https://spilno.example").check().is_ok());
        assert!(with_public_url("http://spilno.example").check().is_err());
    }

    #[test]
    fn passwords_are_masked() {
        let config = Config {
            database_url: Some("postgres://spilno:hunter2@db/spilno".into()),
            ..with_public_url("http://localhost")
        };

        assert!(config.describe().contains("spilno:***@db"));
        assert!(!config.describe().contains("hunter2"));
    }
}
