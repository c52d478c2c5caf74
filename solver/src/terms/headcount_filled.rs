//! Tier 2: seats filled in all, `Σ x`, in seats, each counting one, whatever its priority.
//!
//! A cost per need, so the model stays a network.
//!
//! Example: 2 critical seats and 3 normal ones are filled. They are worth 5.

use super::{Goal, Kind, Measure, Term};
use crate::instance::Instance;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "headcount_filled",
    kind: Kind::Goal(Goal {
        tier: Tier::Headcount,
        weight: None,
        measure: Measure::Need(measure),
    }),
};

fn measure(_: &Instance, _: u32) -> i64 {
    1
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, skill, solved};
    use crate::{Priority, Tier, Value};

    #[test]
    fn two_seats_outweigh_a_better_fit_in_one() {
        // p1 fits the land need best, but is the only one for IT; p2 fills the land seat
        let mut problem = land_people(2, 2);
        problem.people[0].skills = vec![skill("it", 2), skill("land", 4)];
        problem.needs = vec![need("n1", "u1", "it", 1), need("n2", "u2", "land", 1)];
        problem.needs[1].priority = Priority::High;
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1 p2→n2");
        assert_eq!(plan.tier(Tier::Headcount).unwrap().value, Value::Integer(2));
    }
}
