//! Who may serve which need, and if not, for which reasons.

use serde::{Deserialize, Serialize};

/// Why a person may not serve a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The person has no entry for the need's field.
    NoField,
    /// The person's level in the field is below the need's minimum.
    LevelShort,
    /// A legal bar is still in force on the first day of the term.
    LegalBar,
    /// The person is away on at least one day of the term.
    UnavailableInTerm,
    /// Fewer full days of rest than the policy asks for lie between the person's last secondment
    /// and the first day of the term.
    RestWindow,
    /// The person does not speak one of the need's mandatory languages.
    Language,
    /// The person has a conflict of interest in the need's unit.
    ConflictOfInterest,
    /// The person's category is not allowed in the seat: support staff in an authority seat, or
    /// armed forces anywhere.
    Category,
    /// A prohibition names the person and the need or its unit.
    ForbiddenPair,
    /// The journey is longer than the limit, the unit offers no housing, and the person is not a
    /// volunteer who may exceed it.
    TravelLimit,
}
