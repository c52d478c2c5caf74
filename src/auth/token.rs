//! Access tokens: JWT with one algorithm (EdDSA), every claim required, ten minutes long by default.

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::ids::UserId;
use crate::say;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const ISSUER: &str = "cadre";
const AUDIENCE: &str = "cadre-api";
const LEEWAY_SECONDS: i64 = 30;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Whom the token speaks for.
    pub sub: UserId,
    /// Which service issued it.
    iss: String,
    /// Which service it is for.
    aud: String,
    /// Not before, in seconds since 1970.
    nbf: i64,
    /// Not after, in seconds since 1970.
    exp: i64,
    /// The account's epoch: a token of an earlier epoch is dead.
    pub epoch: i32,
}

/// The key pair that signs and checks tokens.
pub struct TokenKeys {
    signing: EncodingKey,
    checking: DecodingKey,
    lifetime_seconds: i64,
}

impl TokenKeys {
    /// Reads the private key (PKCS #8, PEM) at `path`, or makes a new one there, readable by its owner alone.
    pub fn load_or_create(path: &Path, lifetime_seconds: i64) -> Result<Self> {
        let pem = match fs::read_to_string(path) {
            Ok(pem) => pem,
            Err(cause) if cause.kind() == ErrorKind::NotFound => create_key_file(path)?,
            Err(cause) => return Err(unusable(path, cause)),
        };
        let key = SigningKey::from_pkcs8_pem(&pem).map_err(|cause| unusable(path, cause))?;
        Self::from_key(&key, lifetime_seconds)
    }

    /// A key pair that lives as long as the process.
    pub fn ephemeral(lifetime_seconds: i64) -> Result<Self> {
        Self::from_key(&new_key(), lifetime_seconds)
    }

    fn from_key(key: &SigningKey, lifetime_seconds: i64) -> Result<Self> {
        let private = key.to_pkcs8_der().map_err(Error::internal)?;
        Ok(Self {
            signing: EncodingKey::from_ed_der(private.as_bytes()),
            checking: DecodingKey::from_ed_der(key.verifying_key().as_bytes()),
            lifetime_seconds,
        })
    }

    /// A token for the account, and the seconds it is good for.
    pub fn issue(&self, user: UserId, epoch: i32, clock: &Clock) -> Result<(String, i64)> {
        let now = clock.now().timestamp();
        let claims = Claims {
            sub: user,
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            nbf: now,
            exp: now + self.lifetime_seconds,
            epoch,
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &self.signing)
            .map_err(Error::internal)?;
        Ok((token, self.lifetime_seconds))
    }

    /// The claims of a token that this service signed, for this service, and whose time it is.
    pub fn verify(&self, token: &str, clock: &Clock) -> Result<Claims> {
        // A header that names another algorithm or a key of its own can't come from here.
        let ours =
            jsonwebtoken::decode_header(token).is_ok_and(|header| header == Header::new(Algorithm::EdDSA));
        if !ours {
            return Err(Error::of(Code::Unauthenticated));
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[AUDIENCE]);
        // The library would compare with the machine's clock; ours may be another, so the two times are compared below.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.checking, &rules)
            .map_err(|cause| Error::of(Code::Unauthenticated).because(cause))?
            .claims;
        let now = clock.now().timestamp();
        if now > claims.exp.saturating_add(LEEWAY_SECONDS) {
            return Err(Error::of(Code::TokenExpired));
        }
        if now < claims.nbf.saturating_sub(LEEWAY_SECONDS) {
            return Err(Error::of(Code::Unauthenticated));
        }
        Ok(claims)
    }
}

fn new_key() -> SigningKey {
    SigningKey::generate(&mut ed25519_dalek::ed25519::signature::rand_core::OsRng)
}

fn create_key_file(path: &Path) -> Result<String> {
    let pem = new_key().to_pkcs8_pem(LineEnding::LF).map_err(Error::internal)?;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|cause| unusable(path, cause))?;
    file.write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|cause| unusable(path, cause))?;
    tracing::info!(path = %path.display(), "made a new signing key");
    Ok(pem.to_string())
}

fn unusable(path: &Path, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    let path = path.display();
    Error::new(
        Code::Configuration,
        say!(
            "the signing key at {path} can't be used; it must be an Ed25519 private key (PKCS #8, PEM), or absent in a folder where one can be made",
            "không dùng được khóa ký tại {path}; tệp phải là khóa riêng Ed25519 (PKCS #8, PEM), hoặc chưa có trong thư mục cho phép tạo mới"
        ),
    )
    .because(cause)
}
