//! Access tokens that are not ours, or not good any more.

use crate::{
    auth::{keys::Keys, token},
    testing::TestApp,
};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use shared::ids::{AccountId, SessionId};

fn encode(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// A token with a good signature over any header and claims.
fn signed(keys: &Keys, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &keys.token_signing, Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}

#[actix_web::test]
async fn a_dead_token_is_refused_also_where_nobody_need_be_signed_in() {
    let app = TestApp::start().await;
    app.community().await;

    for authorization in ["Bearer dead", "bearer dead"] {
        let caller = app.anyone().with("Authorization", authorization);
        assert_eq!(caller.get("/communities").await.problem(), "401 unauthenticated");
    }
    // Another scheme may be that of a proxy in front.
    app.anyone().with("Authorization", "Basic c3BpbG5v").get("/communities").await.expect(200);
    app.stop().await;
}

#[actix_web::test]
async fn forged_tokens_are_refused() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let keys = &app.state.keys;
    let now = app.state.clock.now().0 / 1000;
    let (account, session) = (citizen.id(), citizen.session());
    let other = app.citizen().await;
    let good_header = json!({ "typ": "JWT", "alg": "EdDSA" });
    let good = json!({
        "iss": "http://localhost:8080/", "aud": "spilno", "sub": account, "sid": session, "iat": now, "exp": now + 600, "typ": "access",
    });
    let with = |field: &str, value: Value| {
        let mut claims = good.clone();
        claims[field] = value;
        signed(keys, &good_header, &claims)
    };
    let without = |field: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().unwrap().remove(field);
        signed(keys, &good_header, &claims)
    };
    let header = |fields: Value| {
        let mut header = good_header.clone();
        header.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        signed(keys, &header, &good)
    };
    let real = signed(keys, &good_header, &good);
    app.anyone().with("Authorization", format!("Bearer {real}")).get("/me").await.expect(200);
    let (message, signature) = real.rsplit_once('.').unwrap();
    let (real_header, real_claims) = message.split_once('.').unwrap();
    let foreign = Keys::derive(&[9; 32]).unwrap();
    let public = {
        let pair = aws_lc_rs::signature::Ed25519KeyPair::generate().unwrap();
        aws_lc_rs::signature::KeyPair::public_key(&pair).as_ref().to_vec()
    };
    let hs256 = |secret: &[u8]| {
        let message = format!("{}.{real_claims}", encode(&json!({ "typ": "JWT", "alg": "HS256" })));
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
    };
    let with_algorithm =
        |name: &str| format!("{}.{real_claims}.{signature}", encode(&json!({ "typ": "JWT", "alg": name })));
    let library = |algorithm, key: &EncodingKey| jsonwebtoken::encode(&Header::new(algorithm), &good, key).unwrap();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&public) });

    let forged = vec![
        ("nothing", String::new()),
        ("a word", "token".to_owned()),
        ("dots", "..".to_owned()),
        ("no signature", format!("{message}.")),
        ("no last part", message.to_owned()),
        ("a fourth part", format!("{real}.x")),
        ("a signature cut short", real.get(..real.len() - 4).unwrap().to_owned()),
        (
            "a signature of another token",
            format!("{message}.{}", with("iat", json!(now - 1)).rsplit_once('.').unwrap().1),
        ),
        ("a signature of zeros", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        ("standard base64", real.replace('-', "+").replace('_', "/") + "=="),
        (
            "claims of somebody else",
            format!(
                "{real_header}.{}.{signature}",
                encode(
                    &json!({ "iss": "http://localhost:8080/", "aud": "spilno", "sub": other.id(), "sid": other.session(), "iat": now, "exp": now + 600, "typ": "access" })
                )
            ),
        ),
        ("an account with another's session", with("sub", json!(other.id()))),
        ("a session of somebody else", with("sid", json!(other.session()))),
        ("a session that never was", with("sid", json!(SessionId(uuid::Uuid::from_u128(5))))),
        ("an account that never was", with("sub", json!(AccountId(uuid::Uuid::from_u128(5))))),
        ("account and session exchanged", {
            let mut claims = good.clone();
            claims["sub"] = json!(session);
            claims["sid"] = json!(account);
            signed(keys, &good_header, &claims)
        }),
        ("alg none", format!("{}.{real_claims}.", encode(&json!({ "typ": "JWT", "alg": "none" })))),
        ("alg none with a signature", with_algorithm("none")),
        ("alg None", with_algorithm("None")),
        ("alg empty", with_algorithm("")),
        ("alg RS256", with_algorithm("RS256")),
        ("alg ES256", with_algorithm("ES256")),
        ("alg HS512", with_algorithm("HS512")),
        ("no alg", format!("{}.{real_claims}.{signature}", encode(&json!({ "typ": "JWT" })))),
        ("HS256 with an empty secret", hs256(b"")),
        ("HS256 with a public key", hs256(&public)),
        ("HS256 of the library", library(Algorithm::HS256, &EncodingKey::from_secret(b"secret"))),
        ("HS384 of the library", library(Algorithm::HS384, &EncodingKey::from_secret(b"secret"))),
        ("another key", library(Algorithm::EdDSA, &foreign.token_signing)),
        ("another issuer", with("iss", json!("https://evil.example/"))),
        ("the issuer without its slash", with("iss", json!("http://localhost:8080"))),
        ("no issuer", without("iss")),
        ("another audience", with("aud", json!("other"))),
        ("no audience", without("aud")),
        ("another type", with("typ", json!("refresh"))),
        ("no type", without("typ")),
        ("no account", without("sub")),
        ("no session", without("sid")),
        ("no end", without("exp")),
        ("no beginning", without("iat")),
        ("run out", {
            let mut claims = good.clone();
            claims["iat"] = json!(now - 600);
            claims["exp"] = json!(now);
            signed(keys, &good_header, &claims)
        }),
        ("run out long ago", {
            let mut claims = good.clone();
            claims["iat"] = json!(now - 86_400);
            claims["exp"] = json!(now - 85_800);
            signed(keys, &good_header, &claims)
        }),
        ("good for too long", with("exp", json!(now + 601))),
        ("good for ever", with("exp", json!(i64::MAX))),
        ("an end as a text", with("exp", json!("2030-01-01"))),
        ("an end in fractions", with("exp", json!(1e300))),
        ("from the future", {
            let mut claims = good.clone();
            claims["iat"] = json!(now + 120);
            claims["exp"] = json!(now + 600);
            signed(keys, &good_header, &claims)
        }),
        ("with a role of its own", with("role", json!("main_coordinator"))),
        ("an account that is no id", with("sub", json!("1 OR 1=1"))),
        ("an account that is null", with("sub", Value::Null)),
        ("jku", header(json!({ "jku": "https://evil.example/keys" }))),
        ("x5u", header(json!({ "x5u": "https://evil.example/certificate" }))),
        ("x5c", header(json!({ "x5c": ["MIIB"] }))),
        ("jwk", header(json!({ "jwk": jwk }))),
        ("crit", header(json!({ "crit": ["b64"], "b64": false }))),
        ("claims that are a list", signed(keys, &good_header, &json!([1, 2]))),
        ("claims that are null", signed(keys, &good_header, &Value::Null)),
    ];
    assert!(forged.len() >= 40);
    for (what, token) in &forged {
        let refused = app.anyone().with("Authorization", format!("Bearer {token}")).get("/me").await;
        assert_eq!(refused.problem(), "401 unauthenticated", "{what}");
    }
    for scheme in ["Basic", "Token", "DPoP"] {
        let refused = app.anyone().with("Authorization", format!("{scheme} {real}")).get("/me").await;
        assert!(refused.status == 401, "{scheme}");
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_token_runs_out_after_ten_minutes_though_it_was_remembered() {
    let app = TestApp::start().await;
    let citizen = app.citizen().await;
    let issuer = app.state.config.public_url();
    let token =
        token::issue(&app.state.keys, issuer.as_str(), citizen.id(), citizen.session(), app.state.clock.now()).unwrap();
    let caller = app.anyone().with("Authorization", format!("Bearer {token}"));

    caller.get("/me").await.expect(200);
    app.wait(TimeDelta::seconds(599));
    caller.get("/me").await.expect(200);
    app.wait(TimeDelta::seconds(1));
    assert_eq!(caller.get("/me").await.problem(), "401 unauthenticated");
    app.stop().await;
}
