//! Tier 5: filled seats, weighted by priority: `Σ weight(need) · x`, in seats × weight.
//!
//! It comes before fit, so that a well-fitting person never draws help away from a more urgent
//! need, and after balance, because priorities first would leave whole units empty. A cost per need,
//! so the model stays a network.
//!
//! Example: 1 critical seat and 2 normal ones are filled. By the default weights they are worth
//! 8 · 1 + 2 · 2 = 12.

use super::{Goal, Kind, Measure, Term, priority_weight};
use crate::instance::Instance;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "priority_filled",
    kind: Kind::Goal(Goal {
        tier: Tier::Priority,
        weight: None,
        measure: Measure::Need(measure),
    }),
};

fn measure(instance: &Instance, need: u32) -> i64 {
    i64::from(priority_weight(instance, need))
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Priority, Tier, Value};

    #[test]
    fn a_high_need_goes_before_a_better_fit_elsewhere() {
        // in one unit, so that balance is silent: p1 fits n2 by two levels, but n1 is urgent
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.needs[0].priority = Priority::High;
        problem.needs[0].min_level = 2;
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1");
        assert_eq!(plan.tier(Tier::Priority).unwrap().value, Value::Integer(4));
    }
}
