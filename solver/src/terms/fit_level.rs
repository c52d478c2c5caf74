//! Fit: how far the person's level lies above the need's minimum, `max(0, level - minimum)`; below it
//! only with a waiver.
//!
//! It counts in tier 6, `Σ priority weight · weight · part · x`, in points × both weights. A cost per
//! pair, as every term of fit, so the model stays a network.
//!
//! Example: level 4 where 1 is the minimum, in a need of normal priority. The part is 4 - 1 = 3, and by the
//! default weights it is worth 2 · 2 · 3 = 12.

use super::{Kind, Term, always};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_level",
    kind: Kind::Fit {
        default_weight: 2,
        told: always,
        part,
    },
};

fn part(instance: &Instance, pair: &Pair) -> u8 {
    pair.level.saturating_sub(instance.need(pair.need).min_level)
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Tier, Value};

    #[test]
    fn level_4_for_minimum_1_gives_3() {
        let mut problem = land_people(1, 2);
        problem.people[1].skills[0].level = 4;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.needs[0].min_level = 1;
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1");
        assert_eq!(plan.assignments[0].fit.parts["fit_level"], 3);
        // normal priority 2 × weight 2 × 3
        assert_eq!(plan.tier(Tier::Fit).unwrap().value, Value::Integer(12));
    }
}
