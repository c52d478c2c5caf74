//! Tokens that must not be believed, and the edges of their time.

use crate::harness::{HOME, Server};
use cadre::auth::Role;
use chrono::TimeDelta;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// A server, an account on it, and the server's own key.
struct Forge {
    server: Server,
    key: SigningKey,
    claims: Value,
}

impl Forge {
    fn new() -> Self {
        let server = Server::start();
        let pem = std::fs::read_to_string(server.key_file()).unwrap();
        let now = server.now().timestamp();
        let claims = json!({
            "sub": server.account(HOME, Role::Hr).id.to_string(), "iss": "cadre", "aud": "cadre-api",
            "nbf": now, "exp": now + 600, "epoch": 1,
        });
        Self {
            key: SigningKey::from_pkcs8_pem(&pem).unwrap(),
            server,
            claims,
        }
    }

    /// The right claims with one of them changed, or left out where the value is null.
    fn claims_with(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims.clone();
        claims[name] = value;
        claims
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        claims
    }

    fn sign(&self, claims: &Value) -> String {
        sign(&Header::new(Algorithm::EdDSA), claims, &self.key)
    }

    #[track_caller]
    fn refused(&self, token: &str) {
        let answer = self.server.with_token(token).get("/me");
        assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer"), "{answer}");
        answer.problem(401, "unauthenticated");
    }

    #[track_caller]
    fn accepted(&self, token: &str) {
        self.server.with_token(token).get("/me").ok();
    }
}

fn sign(header: &Header, claims: &Value, key: &SigningKey) -> String {
    let key = EncodingKey::from_ed_der(key.to_pkcs8_der().unwrap().as_bytes());
    jsonwebtoken::encode(header, claims, &key).unwrap()
}

fn base64(value: &Value) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn a_token_of_the_right_shape_is_believed() {
    let forge = Forge::new();
    forge.accepted(&forge.sign(&forge.claims));
    let token = forge.sign(&forge.claims);
    // RFC 9110: the scheme's name has no case.
    let request = forge.server.anonymous().request("GET", "/me");
    request
        .header("Authorization", &format!("bearer {token}"))
        .send()
        .ok();
}

#[test]
fn no_signature_but_the_services_own_counts() {
    let forge = Forge::new();
    let other = SigningKey::from_bytes(&[7; 32]);
    forge.refused(&sign(&Header::new(Algorithm::EdDSA), &forge.claims, &other));
    let (payload, good) = (base64(&forge.claims), forge.sign(&forge.claims));
    let signature = good.rsplit('.').next().unwrap();
    for algorithm in ["none", "None", "HS256", "EdDSA"] {
        let header = base64(&json!({"alg": algorithm, "typ": "JWT"}));
        forge.refused(&format!("{header}.{payload}."));
        forge.refused(&format!("{header}.{payload}"));
    }
    let none = base64(&json!({"alg": "none", "typ": "JWT"}));
    forge.refused(&format!("{none}.{payload}.{signature}"));
    // The classic confusion: the public key, which everyone may know, taken for a shared secret.
    let public = forge.key.verifying_key().to_bytes();
    let confused = EncodingKey::from_secret(&public);
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &forge.claims, &confused).unwrap();
    forge.refused(&token);
    let promoted = base64(&forge.claims_with("epoch", json!(2)));
    forge.refused(&good.replacen(&payload, &promoted, 1));
}

#[test]
fn a_header_that_names_a_key_is_refused() {
    let forge = Forge::new();
    let plain = Header::new(Algorithm::EdDSA);
    let kid = Header {
        kid: Some("../../x".into()),
        ..plain.clone()
    };
    let jku = Header {
        jku: Some("http://127.0.0.1/keys".into()),
        ..plain
    };
    for header in [kid, jku] {
        forge.refused(&sign(&header, &forge.claims, &forge.key));
        forge.refused(&sign(&header, &forge.claims, &SigningKey::from_bytes(&[7; 32])));
    }
}

#[test]
fn every_claim_is_required_and_must_be_right() {
    let forge = Forge::new();
    let now = forge.server.now().timestamp();
    for name in ["sub", "iss", "aud", "nbf", "exp", "epoch"] {
        forge.refused(&forge.sign(&forge.claims_with(name, Value::Null)));
    }
    for (name, value) in [
        ("exp", json!((now + 600).to_string())),
        ("exp", json!(1e300)),
        ("exp", json!(-1)),
        ("nbf", json!(now + 600)),
        ("nbf", json!(now.to_string())),
        ("iss", json!("another-service")),
        ("iss", json!(["cadre", "x"])),
        ("aud", json!("another-api")),
        ("sub", json!("not-a-key")),
        ("sub", json!("01980000-0000-7000-8000-000000000000")),
        ("epoch", json!(0)),
        ("epoch", json!(2)),
        ("role", json!("admin")),
    ] {
        let token = forge.sign(&forge.claims_with(name, value.clone()));
        let answer = forge.server.with_token(&token).get("/me");
        assert_eq!(answer.status, 401, "{name} = {value}: {answer}");
        assert_eq!(
            answer.header("Content-Type"),
            Some("application/problem+json"),
            "{answer}"
        );
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let forge = Forge::new();
    for text in ["", ".", "..", "...", "a.b.c", "null", "Bearer", &"x".repeat(4000)] {
        forge.refused(text);
    }
    let token = forge.sign(&forge.claims);
    for value in [
        token.clone(),
        format!("Basic {token}"),
        format!("Bearer {token} {token}"),
    ] {
        let request = forge.server.anonymous().request("GET", "/me");
        request
            .header("Authorization", &value)
            .send()
            .problem(401, "unauthenticated");
    }
    // Not in the address either: addresses end up in logs.
    let path = format!("/me?access_token={token}");
    forge
        .server
        .anonymous()
        .get(&path)
        .problem(401, "unauthenticated");
}

#[test]
fn clocks_may_differ_by_half_a_minute_and_no_more() {
    let forge = Forge::new();
    let now = forge.server.now().timestamp();
    let token = |nbf: i64, exp: i64| {
        let mut claims = forge.claims_with("nbf", json!(nbf));
        claims["exp"] = json!(exp);
        forge.sign(&claims)
    };
    forge.accepted(&token(now - 600, now - 30));
    forge.accepted(&token(now + 30, now + 600));
    forge.refused(&token(now + 31, now + 600));
    let late = forge.server.with_token(&token(now - 600, now - 31)).get("/me");
    late.problem(401, "token_expired");
    let early = token(now + 31, now + 600);
    forge.server.pass(TimeDelta::seconds(1));
    forge.accepted(&early);
}
