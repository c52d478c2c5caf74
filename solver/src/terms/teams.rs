//! All of a team serve, anywhere, or nobody of it does: with z = 1 when the team goes,
//! `Σ_member x = z` over all needs for each member, in people.
//!
//! One person's going decides another's, so people are no longer units of flow that go their own
//! ways: where the rule binds, the general model solves.
//!
//! Example: p1, p2 and p3 are a team. `x(p1) = z`, `x(p2) = z` and `x(p3) = z`, so with two seats in all
//! z = 0, and they stay at home.

use super::couples::{binds, teams, tell};
use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::problem::Together;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "teams",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| tell(problem, Together::AllOrNone),
        |instance| binds(instance, Together::AllOrNone),
    )),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let mut clauses = Clauses::blank(Scope::Person);
    let mut row_of: HashMap<u32, Vec<u32>> = HashMap::new();
    for team in teams(market.instance, Together::AllOrNone) {
        let goes = clauses.flag();
        for &member in &team.members {
            let row = clauses.row(Limit::Exactly(0), goes, -1);
            row_of.entry(member).or_default().push(row);
        }
    }
    clauses.of_pair = Box::new(move |pair, entries| {
        if let Some(rows) = row_of.get(&pair.person) {
            entries.extend(rows.iter().map(|&row| (row, 1)));
        }
    });
    clauses
}

#[cfg(test)]
mod tests {
    use crate::Together;
    use crate::support::{general, infeasible, land_people, need, network, pairs, pin, solved, team};

    #[test]
    fn three_who_go_together_need_three_seats() {
        // p4 alone against a team of three for two seats
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        problem.people[3].lat += 0.5;
        assert_eq!(network(&problem).assignments.len(), 2);
        problem.teams = vec![team("t1", &["p1", "p2", "p3"], Together::AllOrNone)];
        let plan = general(&problem);
        assert_eq!(plan.assignments.len(), 1);
        assert!(pairs(&plan).starts_with("p4"));
        problem.needs[1].headcount = 2;
        assert_eq!(solved(&problem).assignments.len(), 3);
    }

    #[test]
    fn a_pin_of_one_fails_when_another_cannot_go() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.teams = vec![team("t1", &["p1", "p2"], Together::AllOrNone)];
        problem.pins = vec![pin("p1", "n1")];
        assert_eq!(solved(&problem).assignments.len(), 2);
        problem.people[1].conflicts = vec!["u1".into()];
        assert_eq!(infeasible(&problem), ["p1→n1, team t1"]);
    }
}
