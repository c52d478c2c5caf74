//! An assignment decided beforehand is in every plan: `x = 1`, in people.
//!
//! A bound on one pair, so the model stays a network.
//!
//! Example: p1 is pinned to n1 and alone could serve n2. `x(p1, n1) = 1`, so n2 stays empty.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "pins",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let pins = &market.instance.pins;
    let rows: HashMap<_, _> = pins.iter().copied().zip(0_u32..).collect();
    let limits = vec![Limit::AtLeast(1); pins.len()];
    Clauses::counts(Scope::Name, limits, move |pair| {
        rows.get(&(pair.person, pair.need)).copied()
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, pin, skill, solved};

    #[test]
    fn a_pin_holds_even_where_it_costs_a_seat() {
        // p1 alone could serve the IT need; pinned to land, that need stays empty
        let mut problem = land_people(2, 2);
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "it", 1)];
        assert_eq!(pairs(&solved(&problem)), "p2→n1 p1→n2");
        problem.pins = vec![pin("p1", "n1")];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1");
        assert!(plan.assignments[0].pinned);
    }
}
