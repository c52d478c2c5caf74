//! An account.

use crate::auth::Role;
use crate::ids::{ProvinceCode, UnitCode, UserId};
use chrono::{DateTime, Utc};

/// Someone who can sign in. The password's hash never leaves the store.
#[derive(Debug, Clone)]
pub struct Account {
    /// Key.
    pub id: UserId,
    /// The province it belongs to.
    pub province: ProvinceCode,
    /// What the person signs in with.
    pub login: String,
    /// What others see.
    pub display_name: String,
    /// What the account may do.
    pub role: Role,
    /// The units it is tied to, for roles that are.
    pub units: Vec<UnitCode>,
    /// Whether it may sign in.
    pub active: bool,
    /// Tokens of earlier epochs are dead.
    pub epoch: i32,
    /// Counts changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// An account to make.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What the person signs in with.
    pub login: Login,
    /// What others see.
    pub display_name: String,
    /// What the account may do.
    pub role: Role,
    /// The units it is tied to.
    pub units: Vec<UnitCode>,
    /// The password, hashed already.
    pub password_hash: String,
}

/// A change of an account; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct AccountChange {
    /// What others see.
    pub display_name: Option<String>,
    /// Whether it may sign in.
    pub active: Option<bool>,
    /// The units it is tied to.
    pub units: Option<Vec<UnitCode>>,
}

/// A sign-in name: 2 to 64 of `a-z 0-9 . _ -`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 2, max_length = 64, pattern = "^[a-z][a-z0-9._-]*$")]
pub struct Login(String);

impl Login {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Login {
    type Error = crate::values::Refusal;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (2..=64).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
        if fits {
            return Ok(Self(text));
        }
        Err(crate::values::Refusal(crate::say!(
            "a login has 2 to 64 of a-z, 0-9, `.`, `_` and `-`, and begins with a letter",
            "tên đăng nhập gồm 2 đến 64 ký tự a-z, 0-9, `.`, `_`, `-` và bắt đầu bằng chữ cái"
        )))
    }
}
