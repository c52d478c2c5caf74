//! The tiers of the objective and their order.

use serde::{Deserialize, Serialize};

/// The tiers, most important first. A lower tier never costs a higher one anything.
///
/// The order is that of the programme's purposes: citizens' service, what people were told,
/// equity, quality, people's burden and wishes, cost, and at last a lottery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Seats of critical needs filled.
    Critical,
    /// Seats filled in all.
    Headcount,
    /// Assignments of the base plan that are kept.
    Changes,
    /// Coverage of the units that can be served at all, the worst-served first.
    Balance,
    /// Filled seats, weighted by priority.
    Priority,
    /// Fit of people to needs, weighted by priority.
    Fit,
    /// What is asked of people who did not volunteer; here less is better.
    Burden,
    /// Wishes of people and of units that are met.
    Preference,
    /// Travel, in started buckets of minutes; here and in the next tier less is better.
    Travel,
    /// A seeded lottery among plans that are equal in everything above.
    TieBreak,
}

impl Tier {
    /// Every tier, most important first.
    pub const ALL: [Self; 10] = [
        Self::Critical,
        Self::Headcount,
        Self::Changes,
        Self::Balance,
        Self::Priority,
        Self::Fit,
        Self::Burden,
        Self::Preference,
        Self::Travel,
        Self::TieBreak,
    ];

    /// Whether more or less of the tier's value is better.
    #[must_use]
    pub fn sense(self) -> Sense {
        match self {
            Self::Burden | Self::Travel | Self::TieBreak => Sense::Minimise,
            _ => Sense::Maximise,
        }
    }
}

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// More is better.
    Maximise,
    /// Less is better.
    Minimise,
}
