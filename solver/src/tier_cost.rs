//! A tier as a whole-number cost of each assignment: less is better, whatever the tier's own sense.

use crate::eligibility::Pair;
use crate::instance::Instance;
use crate::market::Market;
use crate::plan::{Sense, Tier};
use crate::terms::{self, FitTerm, GoalTerm, Measure};

/// The terms of a tier, weighed.
pub(crate) struct TierCost {
    pub(crate) tier: Tier,
    pub(crate) goals: Vec<GoalTerm>,
    pub(crate) fit: Vec<FitTerm>,
}

impl TierCost {
    pub(crate) fn new(instance: &Instance, tier: Tier) -> Self {
        let fit = if tier == Tier::Fit {
            terms::fit_terms(instance)
        } else {
            Vec::new()
        };
        Self {
            tier,
            goals: terms::goals(instance, tier),
            fit,
        }
    }

    /// The part that is the same whoever serves the need.
    pub(crate) fn of_need(&self, market: &Market<'_>, need: u32) -> i64 {
        let value: i64 = (self.goals.iter())
            .filter_map(|term| match term.measure {
                Measure::Need(measure) => Some(i64::from(term.weight) * measure(market.instance, need)),
                Measure::Pair(_) => None,
            })
            .sum();
        sign(self.tier) * value
    }

    /// All of it.
    pub(crate) fn of_pair(&self, market: &Market<'_>, pair: &Pair) -> i64 {
        let goals: i64 = (self.goals.iter())
            .map(|term| i64::from(term.weight) * term.measure.of(market, pair))
            .sum();
        let fit: u32 = (self.fit.iter())
            .map(|term| term.weight * u32::from((term.part)(market.instance, pair)))
            .sum();
        let urgency = if fit > 0 {
            terms::priority_weight(market.instance, pair.need)
        } else {
            0
        };
        sign(self.tier) * (goals + i64::from(urgency) * i64::from(fit))
    }
}

/// What turns a tier's value into a cost, and back.
pub(crate) fn sign(tier: Tier) -> i64 {
    match tier.sense() {
        Sense::Maximise => -1,
        Sense::Minimise => 1,
    }
}
