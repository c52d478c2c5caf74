//! Typed names for things: UUIDv7 keys that the application makes, and the short codes of the catalogues. A need's id
//! can't be handed where a person's belongs.

use crate::clock::Clock;
use crate::store::Uuid as SqlUuid;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
        #[diesel(sql_type = SqlUuid)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(Uuid);

        impl $name {
            /// A new key, stamped with the clock's time.
            pub fn new(clock: &Clock) -> Self {
                Self(clock.new_key())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl<DB: Backend> ToSql<SqlUuid, DB> for $name
        where
            Uuid: ToSql<SqlUuid, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<SqlUuid, DB> for $name
        where
            Uuid: FromSql<SqlUuid, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Uuid::from_sql(bytes).map(Self)
            }
        }
    )*};
}

keys! {
    /// An account.
    UserId
    /// A person who can be seconded.
    StaffId
    /// A commune's request for support.
    NeedId
    /// A round of the programme.
    RoundId
    /// One solver result for a round.
    PlanId
    /// One person placed on one need by a plan.
    AssignmentId
    /// An approved assignment in force.
    SecondmentId
    /// The rating of a secondment after its term.
    EvaluationId
    /// A piece of background work.
    JobId
    /// An entry of the audit log.
    AuditId
}

/// A catalogue code was not of its form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a {1}")]
pub struct BadCode(String, &'static str);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $form:literal, $check:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        #[serde(try_from = "String")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadCode;

            fn try_from(text: String) -> Result<Self, BadCode> {
                let fits: fn(&str) -> bool = $check;
                if fits(&text) { Ok(Self(text)) } else { Err(BadCode(text, $form)) }
            }
        }

        impl FromStr for $name {
            type Err = BadCode;

            fn from_str(text: &str) -> Result<Self, BadCode> {
                text.to_owned().try_into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            String: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                String::from_sql(bytes).map(Self)
            }
        }
    )*};
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
}

codes! {
    /// A province: two digits with their zeros, as the statistics office writes them ("68").
    ProvinceCode, "province code of 2 digits", |text| digits(text, 2);
    /// A commune-level unit: five digits with their zeros ("00097").
    UnitCode, "unit code of 5 digits", |text| digits(text, 5);
    /// A field of work of the province's catalogue ("land").
    FieldCode, "field code of lower-case letters, digits, _ and -", slug;
    /// A department of the province ("so-tu-phap").
    DepartmentCode, "department code of lower-case letters, digits, _ and -", slug;
    /// A language that people speak and needs ask for ("k_ho").
    LanguageCode, "language code of lower-case letters, digits, _ and -", slug;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_codes_keep_their_zeros_and_nothing_else_passes() {
        assert_eq!("00097".parse::<UnitCode>().unwrap().as_str(), "00097");
        for wrong in ["97", "000970", "0009a", "", " 0097"] {
            assert!(wrong.parse::<UnitCode>().is_err(), "{wrong}");
        }
        assert!("land".parse::<FieldCode>().is_ok());
        assert!("Đất".parse::<FieldCode>().is_err());
    }

    #[test]
    fn keys_sort_by_the_time_they_were_made() {
        let (one, other) = (NeedId::new(&Clock::System), NeedId::new(&Clock::System));
        assert!(one != other && (one.0.get_version_num(), other.0.get_version_num()) == (7, 7));
        let clock = Clock::manual("2025-07-01T00:00:00Z".parse().unwrap());
        let first = NeedId::new(&clock);
        clock.set("2025-07-01T00:00:01Z".parse().unwrap());
        let second = NeedId::new(&clock);
        assert!(first < second && second < NeedId::new(&clock));
        assert_eq!(second.0.get_version_num(), 7);
    }
}
