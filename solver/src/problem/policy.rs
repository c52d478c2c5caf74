//! The policy of a round: caps, windows, budgets, weights.

use super::{Balance, Mode, Priority};
use crate::ids::{FieldId, PersonId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The quality floor where a policy names none.
const USUAL_FLOOR_PERCENT: u32 = 95;

/// For serde, which passes a reference.
fn is_usual_floor(percent: &u32) -> bool {
    *percent == USUAL_FLOOR_PERCENT
}

/// What the round decides: caps, windows, weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// At most this many secondments in all; absent means no cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_secondments: Option<u32>,
    /// How many people a unit absorbs when it names no cap itself; absent means no cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cap: Option<u32>,
    /// Full days of rest between two secondments of one person.
    #[cfg_attr(feature = "schema", schemars(range(max = 36_525)))]
    pub rest_days: u32,
    /// How travel is reckoned and limited.
    pub travel: TravelPolicy,
    /// How badly served units are raised before quality is looked at (tier `balance`).
    pub balance: Balance,
    /// Who decides between plans that serve the communes about equally well.
    #[serde(skip_serializing_if = "Mode::is_default")]
    pub mode: Mode,
    /// Mode `constrained_priority` alone: the share of the best fit, in per cent, that people's
    /// choices must leave; 0 to 100.
    #[serde(skip_serializing_if = "is_usual_floor")]
    #[cfg_attr(feature = "schema", schemars(range(max = 100)))]
    pub quality_floor_percent: u32,
    /// What one filled seat of each priority weighs (tiers `priority` and `fit`).
    pub priority_weights: PriorityWeights,
    /// Most people who serve needs of a field, over all units; fields left out have no cap.
    #[serde(
        deserialize_with = "super::unique_keys::unique_keys",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub field_caps: BTreeMap<FieldId, u32>,
    /// Most minutes of all journeys together, one way; absent means no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_budget_minutes: Option<u64>,
    /// Most assignments of [`Problem::base`](crate::Problem::base) that are not kept; absent means
    /// any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_budget: Option<u32>,
    /// Weights of the terms that take one ([`weighable_terms`](crate::weighable_terms)) by term id, 0 to [`MAX_WEIGHT`](crate::MAX_WEIGHT); terms left
    /// out keep their default, 0 switches a term off.
    #[serde(
        deserialize_with = "super::unique_keys::unique_keys",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    #[cfg_attr(feature = "schema", schemars(transform = crate::schema::weights))]
    pub weights: BTreeMap<String, u32>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_secondments: None,
            unit_cap: None,
            field_caps: BTreeMap::new(),
            travel_budget_minutes: None,
            change_budget: None,
            mode: Mode::default(),
            quality_floor_percent: USUAL_FLOOR_PERCENT,
            rest_days: 90,
            travel: TravelPolicy::default(),
            balance: Balance::default(),
            priority_weights: PriorityWeights::default(),
            weights: BTreeMap::new(),
        }
    }
}

/// How travel is reckoned: great-circle distance × detour ÷ speed, unless a matrix knows better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TravelPolicy {
    /// Longest journey one way, in minutes; absent means no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_minutes: Option<u32>,
    /// Mean speed, at least 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000)))]
    pub km_per_hour: u32,
    /// Road length in per cent of the great-circle distance, at least 100.
    #[cfg_attr(feature = "schema", schemars(range(min = 100, max = 1_000)))]
    pub detour_percent: u32,
    /// Width of the buckets in which tier `travel` counts minutes, at least 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 10_080)))]
    pub bucket_minutes: u32,
    /// Volunteers may travel beyond the limit.
    pub volunteers_exceed_limit: bool,
    /// Measured minutes, which replace the estimate where they are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<TravelMatrix>,
}

impl Default for TravelPolicy {
    fn default() -> Self {
        Self {
            limit_minutes: None,
            km_per_hour: 40,
            detour_percent: 140,
            bucket_minutes: 15,
            volunteers_exceed_limit: true,
            matrix: None,
        }
    }
}

/// Measured travel minutes one way. People and units that are not listed, and pairs that are
/// `null`, keep the estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TravelMatrix {
    /// The rows.
    pub people: Vec<PersonId>,
    /// The columns.
    pub units: Vec<UnitId>,
    /// `minutes[row][column]`: one row per person listed, one entry per unit listed.
    #[cfg_attr(feature = "schema", schemars(transform = crate::schema::minutes))]
    pub minutes: Vec<Vec<Option<u32>>>,
}

/// What one filled seat weighs by priority, each 0 to [`MAX_WEIGHT`](crate::MAX_WEIGHT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PriorityWeights {
    /// Weight of a critical seat.
    #[cfg_attr(feature = "schema", schemars(range(max = crate::MAX_WEIGHT)))]
    pub critical: u32,
    /// Weight of a high seat.
    #[cfg_attr(feature = "schema", schemars(range(max = crate::MAX_WEIGHT)))]
    pub high: u32,
    /// Weight of a normal seat.
    #[cfg_attr(feature = "schema", schemars(range(max = crate::MAX_WEIGHT)))]
    pub normal: u32,
    /// Weight of a low seat.
    #[cfg_attr(feature = "schema", schemars(range(max = crate::MAX_WEIGHT)))]
    pub low: u32,
}

impl Default for PriorityWeights {
    fn default() -> Self {
        Self {
            critical: 8,
            high: 4,
            normal: 2,
            low: 1,
        }
    }
}

impl PriorityWeights {
    /// The weight of one priority.
    #[must_use]
    pub fn of(&self, priority: Priority) -> u32 {
        match priority {
            Priority::Critical => self.critical,
            Priority::High => self.high,
            Priority::Normal => self.normal,
            Priority::Low => self.low,
        }
    }
}
