//! Tier 4: filled seats, weighted by priority.
//!
//! It comes before fit, so that a well-fitting person never draws help away from a more urgent
//! need, and after balance, because priorities first would leave whole units empty.

use super::{Kind, Term, priority_weight};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "priority_filled",
    kind: Kind::Goal {
        tier: Tier::Priority,
        measure,
    },
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    i64::from(priority_weight(market.instance, pair.need))
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
