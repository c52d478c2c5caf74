//! All of a team serve, anywhere, or nobody of it does: for each member after the first,
//! `Σ_member x - Σ_first x = 0` over all needs, in people.
//!
//! One person's going decides another's, so people are no longer units of flow that go their own
//! ways.

use super::couples::{binds, teams};
use super::{Kind, Rule, Term};
use crate::index;
use crate::market::Market;
use crate::problem::Together;
use crate::program::Limit;
use crate::rulebook::Clauses;
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "teams",
    kind: Kind::Rule(Rule::breaking(write, |instance| {
        binds(instance, Together::AllOrNone)
    })),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let mut clauses = Clauses::none();
    let mut rows: HashMap<u32, (Vec<u32>, i64)> = HashMap::new();
    for team in teams(market.instance, Together::AllOrNone) {
        let Some((&leader, followers)) = team.members.split_first() else {
            continue;
        };
        let mut all = Vec::new();
        for &follower in followers {
            let row = index(clauses.limits.len());
            clauses.limits.push(Limit::Exactly(0));
            rows.insert(follower, (vec![row], 1));
            all.push(row);
        }
        rows.insert(leader, (all, -1));
    }
    clauses.of_pair = Box::new(move |pair, entries| {
        if let Some((rows, amount)) = rows.get(&pair.person) {
            entries.extend(rows.iter().map(|&row| (row, *amount)));
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
        let expected = (vec!["p1→n1".to_owned()], vec!["teams".to_owned()]);
        assert_eq!(infeasible(&problem), expected);
    }
}
