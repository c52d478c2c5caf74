//! Needs on the wire.

use super::model::{Need, NeedContent, NeedFilter, NeedState, Priority};
use crate::ids::{FieldCode, LanguageCode, NeedId, RoundId, UnitCode};
use crate::values::{Count, Headcount, Level, Note, given};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A commune's request for support.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Need)]
pub struct NeedDto {
    id: NeedId,
    round: RoundId,
    unit: UnitCode,
    field: FieldCode,
    /// Seats.
    headcount: Headcount,
    /// The least level that helps.
    min_level: Level,
    /// Languages that whoever comes must speak.
    languages: Vec<LanguageCode>,
    priority: Priority,
    /// Whether the seat takes decisions with authority.
    authority_seat: bool,
    /// The urgent or time-bound work behind it.
    reason: String,
    /// What drives the work.
    driver: Option<String>,
    /// Cases waiting.
    backlog: Option<Count>,
    /// Whether the commune attests that it has moved its own people first.
    internal_first: bool,
    state: NeedState,
    /// What HR said at the review.
    review_note: Option<String>,
    /// Codes of rules that whoever reviews should look at: `internal-first`.
    flags: Vec<&'static str>,
    created_at: DateTime<Utc>,
}

impl From<Need> for NeedDto {
    fn from(need: Need) -> Self {
        let content = need.content;
        Self {
            id: need.id,
            round: need.round,
            unit: need.unit,
            field: content.field,
            headcount: content.headcount,
            min_level: content.min_level,
            languages: content.languages,
            priority: content.priority,
            authority_seat: content.authority_seat,
            reason: content.reason,
            driver: content.driver,
            backlog: content.backlog,
            internal_first: content.internal_first,
            state: need.state,
            review_note: need.review_note,
            flags: if content.internal_first {
                Vec::new()
            } else {
                vec!["internal-first"]
            },
            created_at: need.created_at,
        }
    }
}

fn level_two() -> Level {
    Level::TWO
}

fn normal() -> Priority {
    Priority::Normal
}

/// A need to write down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNeed {
    pub round: RoundId,
    /// The unit that asks; a commune secretary may leave it out.
    pub unit: Option<UnitCode>,
    field: FieldCode,
    /// Seats.
    headcount: Headcount,
    /// The least level that helps; 2 unless told.
    #[serde(default = "level_two")]
    min_level: Level,
    /// Languages that whoever comes must speak.
    #[serde(default)]
    languages: Vec<LanguageCode>,
    /// `normal` unless told.
    #[serde(default = "normal")]
    priority: Priority,
    /// Whether the seat takes decisions with authority.
    #[serde(default)]
    authority_seat: bool,
    /// The urgent or time-bound work behind it; the law asks for it.
    reason: Note,
    /// What drives the work: a project, a merger of registers.
    driver: Option<Note>,
    /// Cases waiting.
    backlog: Option<Count>,
    /// Whether you attest that your own people were moved first.
    #[serde(default)]
    internal_first: bool,
}

impl From<NewNeed> for NeedContent {
    fn from(new: NewNeed) -> Self {
        Self {
            field: new.field,
            headcount: new.headcount,
            min_level: new.min_level,
            languages: new.languages,
            priority: new.priority,
            authority_seat: new.authority_seat,
            reason: new.reason.into_string(),
            driver: new.driver.map(Note::into_string),
            backlog: new.backlog,
            internal_first: new.internal_first,
        }
    }
}

/// What to change of a need; what is absent stays. `null` takes the driver or the backlog away.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    field: Option<FieldCode>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    headcount: Option<Headcount>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    min_level: Option<Level>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    languages: Option<Vec<LanguageCode>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    priority: Option<Priority>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    authority_seat: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    reason: Option<Note>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Note>)]
    driver: Option<Option<Note>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Count>)]
    backlog: Option<Option<Count>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    internal_first: Option<bool>,
}

impl NeedChange {
    /// The content with these changes made.
    pub fn apply(self, before: NeedContent) -> NeedContent {
        NeedContent {
            field: self.field.unwrap_or(before.field),
            headcount: self.headcount.unwrap_or(before.headcount),
            min_level: self.min_level.unwrap_or(before.min_level),
            languages: self.languages.unwrap_or(before.languages),
            priority: self.priority.unwrap_or(before.priority),
            authority_seat: self.authority_seat.unwrap_or(before.authority_seat),
            reason: self.reason.map_or(before.reason, Note::into_string),
            driver: self
                .driver
                .map_or(before.driver, |driver| driver.map(Note::into_string)),
            backlog: self.backlog.unwrap_or(before.backlog),
            internal_first: self.internal_first.unwrap_or(before.internal_first),
        }
    }
}

/// What HR decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewDecision {
    /// The need goes into the round's plans.
    Accept,
    /// The commune is asked to correct it.
    Return,
}

/// HR's answer to a need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub decision: ReviewDecision,
    /// What to correct; required when the need is returned.
    pub note: Option<Note>,
}

/// Which needs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedsQuery {
    /// Of this round.
    round: Option<RoundId>,
    /// Of this unit.
    unit: Option<UnitCode>,
    /// In this field.
    field: Option<FieldCode>,
    /// In this state.
    state: Option<NeedState>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl From<NeedsQuery> for NeedFilter {
    fn from(query: NeedsQuery) -> Self {
        Self {
            round: query.round,
            unit: query.unit,
            field: query.field,
            state: query.state,
        }
    }
}
