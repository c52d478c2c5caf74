//! Of a department's people with one primary field, so many must stay: at most the others leave,
//! `Σ_group x ≤ members - floor`, in people.
//!
//! The group is the person's field at home, not the field of the need, so that the groups nest
//! inside the departments and the model stays a network.
//!
//! Example: p1, p2 and p3 are a department's land officers, and its floor for land is 2.
//! `x(p1) + x(p2) + x(p3) ≤ 3 - 2`, so one of them goes, be it to a need for IT. A floor of 9 keeps all.

use super::{Kind, Rule, Term};
use crate::index;
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "field_floor",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let mut limits = Vec::new();
    let mut rows = HashMap::new();
    for (number, department) in (0_u32..).zip(&instance.departments) {
        for &(field, quota) in &department.group_quotas {
            rows.insert((number, field), index(limits.len()));
            limits.push(Limit::AtMost(i64::from(quota)));
        }
    }
    Clauses::counts(Scope::Person, limits, move |pair| {
        let person = instance.person(pair.person);
        rows.get(&(person.department, person.primary_field)).copied()
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, skill, solved};

    #[test]
    fn two_of_three_land_officers_must_stay_whatever_they_would_do_elsewhere() {
        let mut problem = land_people(1, 3);
        problem.departments[0].field_floors = [("land".into(), 2)].into();
        // p1 would go as an IT officer, but is a land officer at home
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "it", 1), need("n2", "u1", "land", 2)];
        assert_eq!(solved(&problem).assignments.len(), 1);
    }

    #[test]
    fn a_floor_above_the_staff_keeps_everyone() {
        let mut problem = land_people(1, 3);
        problem.departments[0].field_floors = [("land".into(), 9)].into();
        problem.needs = vec![need("n1", "u1", "land", 3)];
        assert_eq!(solved(&problem).assignments.len(), 0);
    }
}
