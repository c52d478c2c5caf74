//! A person serves at most one need: `Σ_person x ≤ 1`, in people.
//!
//! People nest in groups and departments, so the model stays a network.
//!
//! Example: p1 may serve n1 and n2, and nobody else may. `x(p1, n1) + x(p1, n2) ≤ 1`, so one of the two
//! stays empty.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "person_once",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let people = market.instance.people.len();
    Clauses::counts(Scope::Person, vec![Limit::AtMost(1); people], |pair| {
        Some(pair.person)
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, person, solved};

    #[test]
    fn one_person_cannot_serve_two_needs() {
        let mut problem = land_people(2, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        assert_eq!(solved(&problem).assignments.len(), 1);
        problem.people.push(person("p2", "land"));
        assert_eq!(filled(&problem, &solved(&problem)), "n1:1 n2:1");
    }
}
