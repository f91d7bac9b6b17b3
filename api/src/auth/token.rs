//! The access token: a short-lived JWT (RFC 7519, `EdDSA`) that names account and session, no roles.

use crate::{auth::keys::Keys, http::error::Result};
use anyhow::Context;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, SessionId},
    time::Timestamp,
};

/// How long a token is good for, in seconds.
pub const LIFE: i64 = 600;

const AUDIENCE: &str = "spilno";
const KIND: &str = "access";

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    iss: String,
    aud: String,
    pub sub: AccountId,
    pub sid: SessionId,
    iat: i64,
    exp: i64,
    typ: String,
}

/// A token for one session.
pub fn issue(keys: &Keys, issuer: &str, account: AccountId, session: SessionId, now: Timestamp) -> Result<String> {
    let iat = now.0 / 1000;
    let claims = Claims {
        iss: issuer.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: account,
        sid: session,
        iat,
        exp: iat + LIFE,
        typ: KIND.to_owned(),
    };
    Ok(jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &keys.token_signing).context("sign a token")?)
}

/// What a token says, when it is one of ours and still good.
pub fn verify(keys: &Keys, issuer: &str, token: &str, now: Timestamp) -> Option<Claims> {
    let header = jsonwebtoken::decode_header(token).ok()?;
    if header.jku.is_some()
        || header.jwk.is_some()
        || header.x5u.is_some()
        || header.x5c.is_some()
        || header.crit.is_some()
    {
        return None;
    }
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Our clock decides, not the library's.
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &keys.token_verifying, &validation).ok()?.claims;
    (claims.typ == KIND && claims.exp - claims.iat <= LIFE && claims.is_good(now)).then_some(claims)
}

impl Claims {
    /// Whether the moment lies within the token's life; a minute early is forgiven.
    pub fn is_good(&self, now: Timestamp) -> bool {
        let seconds = now.0 / 1000;
        seconds < self.exp && self.iat <= seconds + 60
    }
}
