//! Rounds on the wire.

use super::model::{Policy, Round};
use crate::ids::{FieldCode, RoundId};
use crate::values::{Name, given};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A round of the programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Round)]
pub struct RoundDto {
    id: RoundId,
    name: String,
    /// First day of service.
    start_date: NaiveDate,
    /// Last day of service.
    end_date: NaiveDate,
    /// The fields in which needs may be raised.
    fields: Vec<FieldCode>,
    policy: Policy,
}

impl From<Round> for RoundDto {
    fn from(round: Round) -> Self {
        Self {
            id: round.id,
            name: round.name,
            start_date: round.term.start,
            end_date: round.term.end,
            fields: round.fields,
            policy: round.policy,
        }
    }
}

/// A round to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRound {
    pub name: Name,
    /// First day of service.
    pub start_date: NaiveDate,
    /// Last day of service; at most 36 months after the first.
    pub end_date: NaiveDate,
    /// The fields in which needs may be raised; all of the province's when left out.
    pub fields: Option<Vec<FieldCode>>,
    #[serde(default)]
    pub policy: Policy,
}

/// What to change of a round; what is absent stays. A policy is replaced as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Name>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub start_date: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub end_date: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub fields: Option<Vec<FieldCode>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub policy: Option<Policy>,
}

/// Which page of rounds to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoundsQuery {
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}
