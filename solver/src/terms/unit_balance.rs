//! Tier 4: the coverage of units, `Σ_unit x / Σ_unit headcount`, in seats filled of seats requested, the
//! worst-served first.
//!
//! Only units with at least one eligible pair take part: one that nobody can serve would hold the
//! minimum at zero and hide all others. How coverage is compared, leximin or by the worst unit
//! alone, is no sum over assignments; so each engine has its own way of raising it, the network
//! (`flow/balance.rs`) by granting seat after seat, the general model (`general/rungs.rs`) by
//! counting the units that reach one ratio after the other. What it fixes for the tiers below are
//! floors under units, which nest, so the model stays a network.
//!
//! Example: u1 asks for 4 and u2 for 2, and four people come. With 3 and 1 the units have 1/2 and 3/4, worst
//! first, with 2 and 2 they have 1/2 and 1/1: better by leximin, the same by the worst unit alone.

use super::{Kind, Term};

pub(crate) const TERM: Term = Term {
    id: "unit_balance",
    kind: Kind::Balance,
};

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, skill, solved};
    use crate::{Balance, Priority, Ratio, Tier, Value};

    #[test]
    fn the_worst_unit_goes_first_and_then_the_second_worst() {
        // u1 asks for 4, u2 for 2, and four people come: 3/4 and 1/2, or 2/4 and 2/2; the worst has
        // 1/2 either way, the other unit more in the second, although u1 is more urgent
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 4), need("n2", "u2", "land", 2)];
        problem.needs[0].priority = Priority::High;
        let plan = solved(&problem);
        let ladder = Value::ladder([Ratio::new(2, 4), Ratio::new(2, 2)]);
        assert_eq!(plan.tier(Tier::Balance).unwrap().value, ladder);
        assert_eq!(filled(&problem, &plan), "n1:2 n2:2");
        // the quick variant looks at the worst alone, and the next tier takes what is left
        problem.policy.balance = Balance::MaxMin;
        let plan = solved(&problem);
        let worst = Value::Ratio(Ratio::new(1, 2));
        assert_eq!(plan.tier(Tier::Balance).unwrap().value, worst);
        assert_eq!(filled(&problem, &plan), "n1:3 n2:1");
    }

    #[test]
    fn switched_off_the_urgent_need_takes_all() {
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 4), need("n2", "u2", "land", 2)];
        problem.needs[0].priority = Priority::High;
        problem.policy.balance = Balance::Off;
        let plan = solved(&problem);
        assert_eq!(filled(&problem, &plan), "n1:4 n2:0");
        assert_eq!(plan.tier(Tier::Balance), None);
    }

    #[test]
    fn a_unit_that_nobody_can_serve_is_reported_apart() {
        let mut problem = land_people(2, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "it", 3)];
        let plan = solved(&problem);
        let balance = plan.tier(Tier::Balance).unwrap();
        assert_eq!(balance.value, Value::ladder([Ratio::new(1, 1)]));
        assert_eq!(plan.unservable_units[0].unit, "u2".into());
        assert_eq!(plan.unservable_units[0].requested, 3);
    }

    #[test]
    fn balance_never_costs_a_seat() {
        // the only person who could help u2 is the only one who can fill the critical seat
        let mut problem = land_people(2, 2);
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "it", 1), need("n2", "u2", "land", 1)];
        problem.needs[0].priority = Priority::Critical;
        problem.people[1].conflicts = vec!["u2".into()];
        let plan = solved(&problem);
        assert_eq!(filled(&problem, &plan), "n1:1 n2:0");
        let balance = plan.tier(Tier::Balance).unwrap();
        assert_eq!(balance.value, Value::ladder([Ratio::new(0, 1), Ratio::new(1, 1)]));
    }
}
