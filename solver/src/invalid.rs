//! What is wrong with a problem: the faults found, each with its place, its code and its remedy.

use crate::codes::codes;
use crate::message::Message;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A problem that cannot be solved as it stands; `errors` is never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(deny_unknown_fields)]
pub struct Invalid {
    /// The faults found, in the order of the document; of each kind the first hundred, the last of which
    /// says how many more there are. Faults of shape (unknown keys, wrong
    /// types) are found first; only a document without them is checked for sense.
    pub errors: Vec<ProblemError>,
}

impl Invalid {
    /// Whether nothing is wrong but that pins contradict each other, or a rule that can be lifted.
    pub(crate) fn is_of_pins(&self) -> bool {
        self.errors.iter().all(|error| {
            let is_prohibited = error.also.iter().any(|place| place.starts_with("/prohibitions/"));
            error.code == ErrorCode::PinConflict && !is_prohibited
        })
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

/// One fault of a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemError {
    /// What kind of fault.
    pub code: ErrorCode,
    /// Where: a JSON pointer (RFC 6901), empty for the document as a whole.
    pub pointer: String,
    /// The other places that take part in the fault: the second of two duplicates' first, every
    /// pin of a conflict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What is wrong, why that matters and what to do.
    pub message: Message,
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document"
        } else {
            &self.pointer
        };
        write!(f, "{place}: {} [{}]", self.message, self.code)
    }
}

codes! {
    /// The kinds of fault, as stable codes.
    ErrorCode {
        /// Not JSON at all; the message names line and column.
        MalformedJson => "malformed_json",
        /// A key that the format does not have: a misspelling must not become a silent default.
        UnknownKey => "unknown_key",
        /// A key that the format cannot do without.
        MissingKey => "missing_key",
        /// The same key twice in one object.
        DuplicateKey => "duplicate_key",
        /// A value of another type or outside what the type can hold.
        WrongType => "wrong_type",
        /// A word that is not among those the format knows.
        UnknownWord => "unknown_word",
        /// Another format, or another version of it.
        UnsupportedFormat => "unsupported_format",
        /// The term ends before it starts.
        TermReversed => "term_reversed",
        /// A trial edit has the term start earlier than it does.
        TermExtended => "term_extended",
        /// A span of days ends before it starts.
        AbsenceReversed => "absence_reversed",
        /// The same id, pin, skill, preference, matrix row or matrix column twice, or a person's second
        /// line in the base plan.
        Duplicate => "duplicate",
        /// An id that is empty.
        EmptyId => "empty_id",
        /// A field that the catalogue does not list.
        UnknownField => "unknown_field",
        /// A department that is not listed.
        UnknownDepartment => "unknown_department",
        /// A unit that is not listed.
        UnknownUnit => "unknown_unit",
        /// A person who is not listed.
        UnknownPerson => "unknown_person",
        /// A need that is not listed.
        UnknownNeed => "unknown_need",
        /// A team that is not listed.
        UnknownTeam => "unknown_team",
        /// A weight for a term that has none.
        UnknownTerm => "unknown_term",
        /// A level above 4.
        LevelOutOfRange => "level_out_of_range",
        /// A hardship above 4.
        HardshipOutOfRange => "hardship_out_of_range",
        /// Past secondments or hardship so far above the limit.
        HistoryOutOfRange => "history_out_of_range",
        /// A headcount of zero or above the limit.
        HeadcountOutOfRange => "headcount_out_of_range",
        /// More seats in all than the limit.
        TooManySeats => "too_many_seats",
        /// A latitude or longitude off the globe, or not a number.
        CoordinateOutOfRange => "coordinate_out_of_range",
        /// A weight above the limit.
        WeightOutOfRange => "weight_out_of_range",
        /// A number of the policy outside its range.
        PolicyOutOfRange => "policy_out_of_range",
        /// A travel matrix whose rows do not match its lists.
        MatrixShape => "matrix_shape",
        /// A prohibition that names neither a need nor a unit, or both.
        ProhibitionTarget => "prohibition_target",
        /// A waiver of a reason that nobody may set aside.
        WaiverReason => "waiver_reason",
        /// A team of fewer than two people.
        TeamSize => "team_size",
        /// A person in two teams.
        TeamOverlap => "team_overlap",
        /// Pins that contradict each other or a rule.
        PinConflict => "pin_conflict",
        /// A pin of a person who is not eligible for the need.
        PinIneligible => "pin_ineligible",
    }
}
