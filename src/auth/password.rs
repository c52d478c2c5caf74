//! Passwords: argon2id at OWASP's parameters (19 MiB, 2 passes, 1 lane). Hashing is slow by design: callers keep it off
//! the request threads and bounded in number.

use crate::error::{Error, Result};
use crate::say;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SHORTEST: usize = 12;
const LONGEST: usize = 256;

/// A password as someone typed it; it is never shown, not even in a log.
#[derive(Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Password)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Password {
    /// The password's hash, with a fresh salt, in the PHC string form. Refuses passwords of under 12 or over 256
    /// characters.
    pub fn hash(&self) -> Result<String> {
        let length = self.0.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(Error::invalid_at(
                "/password",
                "password_length",
                say!(
                    "a password has {SHORTEST} to {LONGEST} characters, this one has {length}; choose another",
                    "mật khẩu phải có từ {SHORTEST} đến {LONGEST} ký tự, mật khẩu này có {length}; hãy chọn mật khẩu khác"
                ),
            ));
        }
        Ok(hasher()?
            .hash_password(self.0.as_bytes())
            .map_err(|cause| Error::internal(cause.to_string()))?
            .to_string())
    }

    /// Whether this is the password of `hash`. Without a hash (no such account) it takes as long and says no, so that
    /// the time of the answer does not tell which logins exist.
    pub fn matches(&self, hash: Option<&str>) -> bool {
        let parsed = PasswordHash::new(hash.unwrap_or(&NOBODYS_HASH));
        let right = match (&parsed, hasher()) {
            (Ok(parsed), Ok(hasher)) => hasher.verify_password(self.0.as_bytes(), parsed).is_ok(),
            _ => false,
        };
        right && hash.is_some()
    }
}

static NOBODYS_HASH: LazyLock<String> = LazyLock::new(|| {
    Password("nobody has this password".into())
        .hash()
        .unwrap_or_default()
});

fn hasher() -> Result<Argon2<'static>> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let password = Password::from("a long enough password".to_owned());
        let hash = password.hash().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(password.matches(Some(&hash)));
        assert!(!Password::from("another long password".to_owned()).matches(Some(&hash)));
        assert!(!password.matches(None));
        assert!(!password.matches(Some("not a hash")));
        assert!(!Password::from("nobody has this password".to_owned()).matches(None));
    }

    #[test]
    fn short_and_huge_passwords_are_refused_and_65_characters_are_not() {
        for (length, accepted) in [(11, false), (12, true), (65, true), (256, true), (257, false)] {
            assert_eq!(Password("x".repeat(length)).hash().is_ok(), accepted, "{length}");
        }
        assert_eq!(format!("{:?}", Password("secret".into())), "Password(…)");
    }
}
