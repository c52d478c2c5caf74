//! Tier 9: travel, `Σ ⌈minutes / width⌉ · x`, in started buckets of the policy's width, so that a
//! minute more or less never outweighs the lottery; less is better.
//!
//! A cost per pair, so the model stays a network; a limit on the sum does not (`travel_budget.rs`).
//!
//! Example: a journey of 117 minutes, where a bucket is 15 minutes wide. It counts ⌈117 / 15⌉ = 8, as one of
//! 120 minutes does; one of 121 counts 9.

use super::{Goal, Kind, Measure, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "travel_minutes",
    kind: Kind::Goal(Goal {
        tier: Tier::Travel,
        weight: None,
        measure: Measure::Pair(measure),
    }),
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    i64::from(market.instance.buckets(pair.minutes))
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Tier, TravelMatrix, Value};

    #[test]
    fn the_nearer_of_two_equals_goes() {
        let mut problem = land_people(1, 2);
        problem.people[0].lat += 0.5;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1");
        assert_eq!(plan.tier(Tier::Travel).unwrap().value, Value::Integer(0));
    }

    #[test]
    fn a_started_bucket_counts_in_full() {
        // half a degree: 55.6 km × 1.4 at 40 km/h = 117 minutes, the 8th bucket of 15
        let mut problem = land_people(1, 1);
        problem.people[0].lat += 0.5;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let plan = solved(&problem);
        assert_eq!(plan.assignments[0].travel_minutes, 117);
        assert_eq!(plan.tier(Tier::Travel).unwrap().value, Value::Integer(8));
    }

    #[test]
    fn a_measured_journey_replaces_the_estimate() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.policy.travel.matrix = Some(TravelMatrix {
            people: vec!["p1".into(), "p2".into()],
            units: vec!["u1".into()],
            minutes: vec![vec![Some(31)], vec![None]],
        });
        assert_eq!(pairs(&solved(&problem)), "p2→n1");
        problem.people.pop();
        problem.policy.travel.matrix.as_mut().unwrap().people.pop();
        problem.policy.travel.matrix.as_mut().unwrap().minutes.pop();
        let plan = solved(&problem);
        assert_eq!(plan.assignments[0].travel_minutes, 31);
        assert_eq!(plan.tier(Tier::Travel).unwrap().value, Value::Integer(3));
    }
}
