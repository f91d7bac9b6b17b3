//! Passwords: hashed with argon2id (19 MiB, 2 passes, 1 lane), off the threads that answer, and no
//! more at once than there are processors.

use crate::http::error::{Error, Result};
use anyhow::{Context, anyhow};
use argon2::{
    Argon2,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc},
};
use shared::{
    account::{Password, Secret},
    problem::{Code, Fault},
};
use std::{collections::HashSet, fmt, sync::LazyLock, thread};
use tokio::sync::Semaphore;

/// How many may wait for a processor; whoever comes after them is refused at once.
const QUEUE: usize = 64;

/// Stands for the hash of an account that is not there, or has no password: the same work, and
/// nothing fits it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A PHC string of argon2id; never shown.
#[derive(Clone, sea_orm::DeriveValueType)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash that was written down before, in a link's payload.
    pub fn written(text: String) -> Self {
        Self(text)
    }

    /// The string, for writing it down.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Hashes and verifies passwords.
#[derive(Debug)]
pub struct Passwords {
    places: Semaphore,
    processors: Semaphore,
    #[cfg(test)]
    pub(crate) runs: std::sync::atomic::AtomicUsize,
}

impl Default for Passwords {
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self {
            places: Semaphore::new(processors + QUEUE),
            processors: Semaphore::new(processors),
            #[cfg(test)]
            runs: std::sync::atomic::AtomicUsize::new(0),
        }
    }
}

impl Passwords {
    /// The hash of a password, with a salt of its own.
    pub async fn hash(&self, password: &Password) -> Result<PasswordHash> {
        let password = password.as_str().to_owned();
        self.run(move || {
            let hash: phc::PasswordHash = Argon2::default()
                .hash_password(password.as_bytes())
                .map_err(|error| anyhow!("hash a password: {error}"))?;
            Ok(PasswordHash(hash.to_string()))
        })
        .await
    }

    /// Whether the password is the one of the hash. Without a hash the same work is done, and the
    /// answer is no.
    pub async fn verify(&self, typed: &Secret, hash: Option<&PasswordHash>) -> Result<bool> {
        let typed = typed.0.clone();
        let known = hash.is_some();
        let hash = hash.map_or(NOBODY, PasswordHash::as_str).to_owned();
        self.run(move || {
            let hash = phc::PasswordHash::new(&hash).map_err(|error| anyhow!("read a password's hash: {error}"))?;
            match Argon2::default().verify_password(typed.as_bytes(), &hash) {
                Ok(()) => Ok(known),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(anyhow!("verify a password: {error}")),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
        let _place = self.places.try_acquire().map_err(|_| Error::retry(Code::Unavailable, 1))?;
        let _processor = self.processors.acquire().await.context("wait for a processor")?;
        #[cfg(test)]
        self.runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Ok(tokio::task::spawn_blocking(work).await.context("hash a password")??)
    }
}

/// Beginnings that are tried first by whoever guesses: lower case, one a line.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// 422 for a password that everybody thinks of.
pub fn refuse_common(password: &Password) -> Result<()> {
    if is_common(password) { Err(Error::field("password", Fault::TooCommon)) } else { Ok(()) }
}

/// Whether everybody thinks of it: a common one, in whatever case, as it is or with up to four
/// digits or signs behind it.
pub fn is_common(password: &Password) -> bool {
    let lower = password.as_str().to_lowercase();
    let mut rest = lower.as_str();
    for _ in 0..=4 {
        if COMMON.contains(rest) {
            return true;
        }
        match rest.char_indices().next_back() {
            Some((at, last)) if !last.is_alphabetic() => rest = rest.get(..at).unwrap_or_default(),
            _ => break,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::parse(&Secret(text.to_owned())).unwrap()
    }

    #[actix_web::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&password("тихий яблуневий сад")).await.unwrap();

        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(&Secret("тихий яблуневий сад".into()), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&Secret("тихий вишневий сад".into()), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&Secret("тихий яблуневий сад".into()), None).await.unwrap());
        assert_eq!(passwords.runs.into_inner(), 4);
    }

    #[test]
    fn what_everybody_thinks_of_is_refused_in_any_case_and_with_a_year() {
        for common in [
            "password",
            "Qwerty123",
            "PASSWORD2026",
            "йцукенгш",
            "Йцукен123!",
            "12345678",
            "ghbdtn123",
            "slavaukraini",
            "11111111",
        ] {
            assert!(is_common(&password(common)), "{common}");
        }
        for fine in ["тихий яблуневий сад", "tomato-bridge-41", "dragonflies over the mill"] {
            assert!(!is_common(&password(fine)), "{fine}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_has_no_twins() {
        let list: Vec<&str> = include_str!("common_passwords.txt").lines().collect();

        assert!(list.is_sorted_by(|one, next| one < next));
    }
}
