//! Accounts and tokens on the wire.

use super::model::{Account, Login};
use crate::auth::Role;
use crate::auth::password::Password;
use crate::ids::{ProvinceCode, UnitCode, UserId};
use crate::values::{Name, given};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A login and its password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The sign-in name.
    pub login: String,
    /// The password.
    pub password: Password,
}

/// A token to send as `Authorization: Bearer …`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenDto {
    /// The token.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// How long it is good for, in seconds.
    pub expires_in: i64,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserDto {
    id: UserId,
    /// The sign-in name.
    login: String,
    display_name: String,
    role: Role,
    /// The province it belongs to.
    province: ProvinceCode,
    /// The units it is tied to: one for a commune secretary, any number for an evaluator.
    units: Vec<UnitCode>,
    /// Whether it may sign in.
    active: bool,
    created_at: DateTime<Utc>,
}

impl From<Account> for UserDto {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            login: account.login,
            display_name: account.display_name,
            role: account.role,
            province: account.province,
            units: account.units,
            active: account.active,
            created_at: account.created_at,
        }
    }
}

/// An account to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// The sign-in name.
    pub login: Login,
    /// 12 to 256 characters.
    pub password: Password,
    pub display_name: Name,
    pub role: Role,
    /// The units it is tied to: one for a commune secretary, at least one for an evaluator, none for others.
    #[serde(default)]
    pub units: Vec<UnitCode>,
}

/// What to change of an account; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub display_name: Option<Name>,
    /// `false` ends its sign-ins at once.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub active: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub units: Option<Vec<UnitCode>>,
}

/// Which page of accounts to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}
