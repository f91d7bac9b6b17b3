//! The secret, and the keys derived from it for each purpose (HKDF-SHA256, RFC 5869).

use anyhow::{Context, Result, anyhow, bail};
use aws_lc_rs::{
    hkdf, hmac, rand,
    signature::{Ed25519KeyPair, KeyPair},
};
use jsonwebtoken::{DecodingKey, EncodingKey};
use std::{fmt, path::Path};

/// The keys of this installation; all replicas have the same.
#[derive(Clone)]
pub struct Keys {
    /// Signs access tokens.
    pub token_signing: EncodingKey,
    /// Verifies access tokens.
    pub token_verifying: DecodingKey,
    /// Authenticates refresh cookies.
    pub cookie: hmac::Key,
    /// Salts and authenticates everything else that must not be guessed.
    pub general: hmac::Key,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Reads the secret, or makes one (readable by its owner only) when `may_make` and the file is
    /// not there.
    pub fn load(file: &Path, may_make: bool) -> Result<Self> {
        if !file.exists() {
            if !may_make {
                bail!("the secret file {} is not there", file.display());
            }
            make(file)?;
        }
        let secret = std::fs::read(file).with_context(|| format!("read the secret file {}", file.display()))?;
        if secret.len() < 32 {
            bail!("the secret file {} has fewer than 32 bytes", file.display());
        }
        Self::derive(&secret)
    }

    /// The keys of a secret.
    pub fn derive(secret: &[u8]) -> Result<Self> {
        let seed = expand(secret, b"access token")?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| anyhow!("make the signing key"))?;
        let private = pair.to_pkcs8().map_err(|_| anyhow!("write the signing key"))?;
        Ok(Self {
            token_signing: EncodingKey::from_ed_der(private.as_ref()),
            token_verifying: DecodingKey::from_ed_der(pair.public_key().as_ref()),
            cookie: hmac::Key::new(hmac::HMAC_SHA256, &expand(secret, b"refresh cookie")?),
            general: hmac::Key::new(hmac::HMAC_SHA256, &expand(secret, b"general")?),
        })
    }
}

fn expand(secret: &[u8], purpose: &[u8]) -> Result<[u8; 32]> {
    let mut key = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"spilno")
        .extract(secret)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|output| output.fill(&mut key))
        .map_err(|_| anyhow!("derive a key"))?;
    Ok(key)
}

fn make(file: &Path) -> Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
    }
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut out| out.write_all(&random::<32>()).and_then(|()| out.sync_all()))
        .with_context(|| format!("make the secret file {}", file.display()))
}

/// Random bytes that nobody can guess.
///
/// # Panics
/// When the operating system has no randomness to give, after which nothing secret could be made.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
    rand::fill(&mut bytes).expect("randomness of the operating system");
    bytes
}
