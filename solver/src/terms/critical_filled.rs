//! Tier 1: seats of critical needs filled, `Σ_critical x`, in seats.
//!
//! A cost per need, so the model stays a network.
//!
//! Example: 2 critical seats and 3 normal ones are filled. They are worth 2.

use super::{Goal, Kind, Measure, Term};
use crate::instance::Instance;
use crate::plan::Tier;
use crate::problem::Priority;

pub(crate) const TERM: Term = Term {
    id: "critical_filled",
    kind: Kind::Goal(Goal {
        tier: Tier::Critical,
        weight: None,
        measure: Measure::Need(measure),
    }),
};

fn measure(instance: &Instance, need: u32) -> i64 {
    i64::from(instance.need(need).priority == Priority::Critical)
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, skill, solved};
    use crate::{Priority, Tier, Value};

    #[test]
    fn the_critical_seat_gets_the_only_person() {
        let mut problem = land_people(1, 1);
        problem.people[0].skills.push(skill("it", 2));
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "it", 1)];
        problem.needs[1].priority = Priority::Critical;
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n2");
        assert_eq!(plan.tier(Tier::Critical).unwrap().value, Value::Integer(1));
    }
}
