//! A plan: who goes where, what stays unfilled and why, what it is worth and what is proven.
//!
//! Every list is sorted and nothing depends on the clock, so the same problem and settings give
//! the same bytes.

use crate::eligibility::Reason;
use crate::fingerprint::Fingerprint;
use crate::ids::{FieldId, NeedId, PersonId, UnitId};
use crate::problem::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod tier;
mod value;

pub use tier::{Sense, Tier};
pub use value::{Ratio, Rung, Value};

/// The only plan format this version writes.
pub const PLAN_FORMAT: &str = "cadre-plan/1";

/// One answer to one problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always [`PLAN_FORMAT`].
    #[cfg_attr(feature = "schema", schemars(extend("const" = PLAN_FORMAT)))]
    pub format: String,
    /// The problem this plan answers: its [`problem_hash`](crate::problem_hash).
    pub problem_hash: Fingerprint,
    /// The [`SOLVER_VERSION`](crate::SOLVER_VERSION) that made the plan.
    pub solver_version: String,
    /// The seed of the published tie-break.
    pub seed: u64,
    /// True when every tier is proven to be as good as it can be.
    pub optimal: bool,
    /// Mode `constrained_priority` alone: what people's choices had to leave of the fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality_floor: Option<QualityFloor>,
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

/// The floor under tier `fit` above which people chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QualityFloor {
    /// The fit that a plan reaches if nobody chooses.
    pub best: i64,
    /// The fit that every choice had to leave: the policy's share of the best, rounded up.
    pub floor: i64,
}

impl QualityFloor {
    /// The share of a best fit.
    pub(crate) fn of(best: i64, percent: i64) -> Self {
        let floor = (best * percent).div_euclid(100) + i64::from((best * percent) % 100 != 0);
        Self { best, floor }
    }
}

/// The size of a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// What a tier is worth in a plan, recomputed in integers from the assignments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// for tier `balance`, whose ratios are no sum.
    pub terms: BTreeMap<String, TermScore>,
}

/// What stands behind a tier's bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermScore {
    /// The policy's weight.
    pub weight: u32,
    /// The sum of the term's measure over the assignments.
    pub measure: i64,
}

/// One person sent to one need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// The sum of part × weight over the terms of fit; tier `fit` adds it up × the priority weight.
    pub score: u32,
    /// 0 to 4 by term id, before weights; terms switched off by weight 0 are left out.
    pub parts: BTreeMap<String, u8>,
}

/// A need with empty seats, and what became of the people who have its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[cfg_attr(feature = "schema", schemars(transform = crate::schema::reasons))]
    pub reasons: BTreeMap<Reason, u32>,
}

/// A unit that nobody is eligible for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnservableUnit {
    /// Which unit.
    pub unit: UnitId,
    /// Seats it requested.
    pub requested: u64,
}
