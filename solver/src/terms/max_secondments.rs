//! At most so many secondments in the whole round: `Σ x ≤ cap`, in people.
//!
//! All people together are the outermost group, so the model stays a network.
//!
//! Example: three units have a seat each, and the cap is 2. `x(p1) + x(p2) + x(p3) ≤ 2`, so one seat stays
//! empty.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "max_secondments",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let cap = market.instance.problem().policy.max_secondments;
    Clauses::caps(Scope::Person, [cap].into_iter(), |_| Some(0))
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, solved};

    #[test]
    fn the_round_pays_for_two_in_all() {
        let mut problem = land_people(3, 3);
        problem.needs = (1..=3)
            .map(|n| need(&format!("n{n}"), &format!("u{n}"), "land", 1))
            .collect();
        problem.policy.max_secondments = Some(2);
        assert_eq!(solved(&problem).assignments.len(), 2);
    }
}
