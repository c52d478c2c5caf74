//! A department releases at most so many people, whatever their field: `Σ_department x ≤ cap`, in
//! people.
//!
//! People nest in groups and groups in departments, so the model stays a network.
//!
//! Example: p1, p2 and p3 are of a department of cap 1. `x(p1) + x(p2) + x(p3) ≤ 1`, so two of them stay.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "department_release",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let caps = instance
        .departments
        .iter()
        .map(|department| department.release_cap);
    Clauses::caps(Scope::Person, caps, |pair| {
        Some(instance.person(pair.person).department)
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, solved};

    #[test]
    fn a_department_that_releases_one_sends_one() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 3)];
        problem.departments[0].release_cap = Some(1);
        assert_eq!(filled(&problem, &solved(&problem)), "n1:1");
    }

    #[test]
    fn a_cap_of_zero_sends_nobody() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 3)];
        problem.departments[0].release_cap = Some(0);
        assert_eq!(filled(&problem, &solved(&problem)), "n1:0");
    }
}
