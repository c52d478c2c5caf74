//! A unit absorbs at most so many people, over all its needs: `Σ_unit x ≤ cap`, in people.
//!
//! Needs nest in units, so the model stays a network.
//!
//! Example: a unit of cap 3 asks for 3 people in n1 and for 2 in n2. `Σ_n1 x + Σ_n2 x ≤ 3`, so 2 of the 5
//! seats stay empty. A cap of 5 or more forbids nothing that is asked for.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "unit_cap",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    // a cap at or above what the unit asks for is implied by its headcounts
    let caps =
        (market.instance.units.iter()).map(|unit| unit.cap.filter(|&cap| u64::from(cap) < unit.requested));
    Clauses::caps(Scope::Kind, caps, move |pair| Some(market.unit_of(pair)))
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, solved};

    #[test]
    fn a_unit_takes_three_over_all_its_needs() {
        let mut problem = land_people(1, 5);
        problem.needs = vec![need("n1", "u1", "land", 3), need("n2", "u1", "land", 2)];
        problem.units[0].cap = Some(3);
        assert_eq!(solved(&problem).assignments.len(), 3);
    }

    #[test]
    fn a_unit_without_a_cap_of_its_own_has_the_policys() {
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 2), need("n2", "u2", "land", 2)];
        problem.policy.unit_cap = Some(1);
        problem.units[1].cap = Some(2);
        assert_eq!(filled(&problem, &solved(&problem)), "n1:1 n2:2");
    }
}
