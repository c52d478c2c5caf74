//! A need and its states.

use crate::ids::{FieldCode, LanguageCode, NeedId, RoundId, UnitCode};
use crate::text_enum;
use crate::values::{Count, Headcount, Level};
use chrono::{DateTime, Utc};

text_enum! {
    /// Where a need stands.
    pub enum NeedState {
        /// The commune is still writing it.
        Draft,
        /// Handed in, waiting for HR.
        Submitted,
        /// HR takes it into the round's plans.
        Accepted,
        /// HR gave it back with a note; the commune may correct it and hand it in again.
        Returned,
        /// The commune took it back.
        Withdrawn,
    }
}

impl NeedState {
    /// The states in which the commune may still change a need or hand it in.
    pub const OPEN: &[Self] = &[Self::Draft, Self::Returned];
    /// The states from which the commune may take it back.
    pub const WITHDRAWABLE: &[Self] = &[Self::Draft, Self::Submitted, Self::Returned];
}

text_enum! {
    /// How urgent a need is.
    pub enum Priority {
        /// Filled before everything else.
        Critical,
        /// Before normal ones.
        High,
        /// As most.
        Normal,
        /// When others are served.
        Low,
    }
}

/// A commune's request.
#[derive(Debug, Clone)]
pub struct Need {
    /// Key.
    pub id: NeedId,
    /// The round it is for.
    pub round: RoundId,
    /// Who asks.
    pub unit: UnitCode,
    /// What is asked.
    pub content: NeedContent,
    /// Where it stands.
    pub state: NeedState,
    /// What HR said when it accepted or returned the need.
    pub review_note: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
}

/// What a need asks for, and why.
#[derive(Debug, Clone)]
pub struct NeedContent {
    /// Field of work.
    pub field: FieldCode,
    /// Seats.
    pub headcount: Headcount,
    /// The least level that helps.
    pub min_level: Level,
    /// Languages that whoever comes must speak.
    pub languages: Vec<LanguageCode>,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether the seat takes decisions with authority: students and volunteers can't fill it.
    pub authority_seat: bool,
    /// The urgent or time-bound work behind it (Decree 170/2025, article 26).
    pub reason: String,
    /// What drives the work: a project, a merger of registers.
    pub driver: Option<String>,
    /// Cases waiting.
    pub backlog: Option<Count>,
    /// Whether the commune attests that it has moved its own people first.
    pub internal_first: bool,
}

/// Which needs to list; what is absent does not filter.
#[derive(Debug, Clone, Default)]
pub struct NeedFilter {
    /// Of this round.
    pub round: Option<RoundId>,
    /// Of this unit.
    pub unit: Option<UnitCode>,
    /// In this field.
    pub field: Option<FieldCode>,
    /// In this state.
    pub state: Option<NeedState>,
}
