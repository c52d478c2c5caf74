//! A plan: who goes where, what stays unfilled and why, what it is worth and what is proven.
//!
//! Every list is sorted and nothing depends on the clock, so the same problem and settings give
//! the same bytes.

use crate::eligibility::Reason;
use crate::ids::{FieldId, NeedId, PersonId, UnitId};
use crate::problem::Priority;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The only plan format this version writes.
pub const PLAN_FORMAT: &str = "cadre-plan/1";

/// One answer to one problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always [`PLAN_FORMAT`].
    pub format: String,
    /// The seed of the published tie-break.
    pub seed: u64,
    /// True when every tier is proven to be as good as it can be.
    pub optimal: bool,
    /// The size of the problem this plan answers.
    pub counts: Counts,
    /// The score, tier by tier, most important first. Tiers that are not in force are left out.
    pub score: Vec<TierScore>,
    /// Who goes where, by unit, need and person.
    pub assignments: Vec<Assignment>,
    /// Needs with empty seats, by unit and need.
    pub unmet: Vec<UnmetNeed>,
    /// Units with needs that nobody at all is eligible for; tier `balance` leaves them out.
    pub unservable_units: Vec<UnservableUnit>,
}

impl Plan {
    /// The score of one tier, if that tier is in force.
    #[must_use]
    pub fn tier(&self, tier: Tier) -> Option<&TierScore> {
        self.score.iter().find(|score| score.tier == tier)
    }
}

/// The size of a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// People in the problem, eligible or not.
    pub people: u64,
    /// Units in the problem.
    pub units: u64,
    /// Needs in the problem.
    pub needs: u64,
    /// Seats asked for by all needs together.
    pub seats: u64,
    /// Pairs of a person and a need that no rule forbids.
    pub eligible_pairs: u64,
}

/// The tiers, most important first. A lower tier never costs a higher one anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Seats of critical needs filled.
    Critical,
    /// Seats filled in all.
    Headcount,
    /// Coverage of the worst-served unit that can be served at all.
    Balance,
    /// Filled seats, weighted by priority.
    Priority,
    /// Fit of people to needs, weighted by priority.
    Fit,
    /// Travel, in started buckets of minutes; here and in the next tier less is better.
    Travel,
    /// A seeded lottery among plans that are equal in everything above.
    TieBreak,
}

impl Tier {
    /// Every tier, most important first.
    pub const ALL: [Self; 7] = [
        Self::Critical,
        Self::Headcount,
        Self::Balance,
        Self::Priority,
        Self::Fit,
        Self::Travel,
        Self::TieBreak,
    ];

    /// Whether more or less of the tier's value is better.
    #[must_use]
    pub fn sense(self) -> Sense {
        match self {
            Self::Travel | Self::TieBreak => Sense::Minimise,
            _ => Sense::Maximise,
        }
    }
}

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// More is better.
    Maximise,
    /// Less is better.
    Minimise,
}

/// What a tier is worth in a plan, recomputed in integers from the assignments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierScore {
    /// Which tier.
    pub tier: Tier,
    /// Which direction is better.
    pub sense: Sense,
    /// The value reached.
    pub value: Value,
    /// A value that no plan can beat while the tiers above keep theirs; equal to `value` when
    /// the tier is proven.
    pub bound: Value,
    /// How sure the bound is.
    pub proof: Proof,
    /// The terms the value is made of, by term id: measure × weight, summed, is the value. Empty
    /// for tier `balance`, whose ratio is no sum.
    pub terms: BTreeMap<String, TermScore>,
}

/// A tier's value: a whole number, or for tier `balance` a ratio kept as two whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// Seats filled of seats requested.
    Ratio(Ratio),
}

/// Seats filled of seats requested, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Numerator.
    pub filled: u64,
    /// Denominator, at least 1.
    pub requested: u64,
}

impl Ratio {
    /// `filled` of `requested`, in lowest terms; of nothing requested, everything is filled.
    #[must_use]
    pub fn new(filled: u64, requested: u64) -> Self {
        if requested == 0 {
            return Self {
                filled: 1,
                requested: 1,
            };
        }
        let divisor = greatest_common_divisor(filled, requested);
        Self {
            filled: filled / divisor,
            requested: requested / divisor,
        }
    }

    /// The fewest of `seats` that reach this ratio.
    pub(crate) fn floor_of(self, seats: u64) -> u64 {
        let product = u128::from(self.filled) * u128::from(seats);
        // the ratio is at most one, so the floor is at most `seats`
        u64::try_from(product.div_ceil(u128::from(self.requested))).unwrap_or(seats)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.filled) * u128::from(other.requested);
        let right = u128::from(other.filled) * u128::from(self.requested);
        // 1/2 and 2/4 are different records, so order must tell them apart as equality does
        left.cmp(&right).then(self.requested.cmp(&other.requested))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What stands behind a tier's bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A bound computed in whole numbers (a dual certificate, or simple counting) meets the value.
    Certified,
    /// HiGHS reported the value optimal with no gap; its arithmetic is floating point.
    Engine,
    /// Not proven: a limit came first.
    Open,
}

/// One term of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermScore {
    /// The policy's weight.
    pub weight: u32,
    /// The sum of the term's measure over the assignments.
    pub measure: i64,
}

/// One person sent to one need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Who.
    pub person: PersonId,
    /// For which need.
    pub need: NeedId,
    /// The need's unit.
    pub unit: UnitId,
    /// Minutes one way.
    pub travel_minutes: u32,
    /// True when a pin decided this beforehand.
    pub pinned: bool,
    /// How well the person fits the need.
    pub fit: Fit,
}

/// How well a person fits a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// The sum of part × weight over the terms of fit; tier `fit` adds it up × the priority weight.
    pub score: u32,
    /// 0 to 4 by term id, before weights; terms switched off by weight 0 are left out.
    pub parts: BTreeMap<String, u8>,
}

/// A need with empty seats, and what became of the people who have its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnmetNeed {
    /// Which need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
    /// Its field.
    pub field: FieldId,
    /// Its priority.
    pub priority: Priority,
    /// Seats requested.
    pub requested: u32,
    /// Seats filled.
    pub filled: u32,
    /// Seats left empty: requested - filled.
    pub missing: u32,
    /// People who have the field at all, whatever their level.
    pub have_field: u32,
    /// People who are eligible for the need, whether or not they serve elsewhere.
    pub eligible: u32,
    /// Of those who have the field but are not eligible: how many each reason stops. A person
    /// stopped by several reasons counts under each.
    pub reasons: BTreeMap<Reason, u32>,
}

/// A unit that nobody is eligible for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnservableUnit {
    /// Which unit.
    pub unit: UnitId,
    /// Seats it requested.
    pub requested: u64,
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn ratios_are_in_lowest_terms_and_ordered_by_value() {
        assert_eq!(Ratio::new(2, 4), Ratio::new(1, 2));
        assert!(Ratio::new(1, 3) < Ratio::new(1, 2));
        assert!(Ratio::new(0, 7) < Ratio::new(1, 1_000_000));
        assert_eq!(Ratio::new(0, 7), Ratio::new(0, 3));
    }

    #[test]
    fn a_floor_is_the_fewest_seats_that_reach_the_ratio() {
        assert_eq!(Ratio::new(1, 2).floor_of(3), 2);
        assert_eq!(Ratio::new(1, 2).floor_of(4), 2);
        assert_eq!(Ratio::new(0, 1).floor_of(9), 0);
        assert_eq!(Ratio::new(1, 1).floor_of(9), 9);
    }
}
