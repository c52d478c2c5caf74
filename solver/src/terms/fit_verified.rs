//! Fit: 4 when someone other than the person confirmed the level, else 0.
//!
//! It counts in tier 6, `Σ priority weight · weight · part · x`, in points × both weights. A cost per
//! pair, as every term of fit, so the model stays a network.
//!
//! Example: a confirmed level, in a need of high priority. The part is 4, and by the default weights it is
//! worth 4 · 1 · 4 = 16.

use super::{Kind, Term, always};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_verified",
    kind: Kind::Fit {
        default_weight: 1,
        told: always,
        part,
    },
};

fn part(_: &Instance, pair: &Pair) -> u8 {
    if pair.verified { 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use crate::Tier;
    use crate::support::{land_people, need, pairs, solved};

    #[test]
    fn a_verified_level_outweighs_one_level_more_by_the_default_weights() {
        // p1: level 3, unverified: 2 × 3 = 6; p2: level 2, verified: 2 × 2 + 4 = 8
        let mut problem = land_people(1, 2);
        problem.people[0].skills[0].level = 3;
        problem.people[1].skills[0].verified = true;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert_eq!(pairs(&solved(&problem)), "p2→n1");
    }

    #[test]
    fn weight_0_switches_the_term_off() {
        let mut problem = land_people(1, 2);
        problem.people[0].skills[0].level = 3;
        problem.people[1].skills[0].verified = true;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.policy.weights = [("fit_verified".to_owned(), 0)].into();
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1");
        assert!(!plan.tier(Tier::Fit).unwrap().terms.contains_key("fit_verified"));
    }
}
