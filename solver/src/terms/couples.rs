//! A couple serves in one and the same unit, or nobody of it serves: for each unit and each member
//! after the first, `Σ_member x - Σ_first x = 0` over the unit's needs, in people.
//!
//! One person's place decides another's, so people are no longer units of flow that go their own
//! ways.

use super::{Kind, Rule, Term};
use crate::index;
use crate::instance::{Instance, TeamRow};
use crate::market::Market;
use crate::problem::Together;
use crate::program::Limit;
use crate::rulebook::Clauses;
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "couples",
    kind: Kind::Rule(Rule::breaking(write, |instance| {
        binds(instance, Together::SameUnit)
    })),
};

/// The teams of a kind.
pub(super) fn teams(instance: &Instance, together: Together) -> impl Iterator<Item = &TeamRow> {
    (instance.teams.iter()).filter(move |team| team.together == together)
}

/// Whether a team of a kind could be torn apart: any member of one is eligible for anything.
pub(super) fn binds(instance: &Instance, together: Together) -> bool {
    let eligible = |&person: &u32| {
        let away = instance.person(person).away || instance.person(person).barred;
        let mut needs = 0..index(instance.needs.len());
        !away && needs.any(|need| instance.pair(person, need).is_some())
    };
    teams(instance, together).any(|team| team.members.iter().any(eligible))
}

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let mut wanted: Vec<u32> = instance.needs.iter().map(|need| need.unit).collect();
    wanted.sort_unstable();
    wanted.dedup();
    // each follower has a row per unit; the leader is in all of them
    let mut first_rows: HashMap<u32, (Vec<u32>, i64)> = HashMap::new();
    let mut limits = Vec::new();
    for team in teams(instance, Together::SameUnit) {
        let Some((&leader, followers)) = team.members.split_first() else {
            continue;
        };
        let mut firsts = Vec::new();
        for &follower in followers {
            firsts.push(index(limits.len()));
            first_rows.insert(follower, (vec![index(limits.len())], 1));
            limits.extend(vec![Limit::Exactly(0); wanted.len()]);
        }
        first_rows.insert(leader, (firsts, -1));
    }
    let mut clauses = Clauses::none();
    clauses.limits = limits;
    clauses.of_pair = Box::new(move |pair, entries| {
        let Some((firsts, amount)) = first_rows.get(&pair.person) else {
            return;
        };
        if let Ok(nth) = wanted.binary_search(&market.unit_of(pair)) {
            entries.extend(firsts.iter().map(|first| (first + index(nth), *amount)));
        }
    });
    clauses
}

#[cfg(test)]
mod tests {
    use crate::support::{general, infeasible, land_people, need, network, pairs, pin, solved, team};
    use crate::{Problem, Together};

    /// Two units of two seats, four people; p1 and p2 live at different ends.
    fn couple() -> Problem {
        let mut problem = land_people(2, 4);
        problem.units[1].lat += 0.5;
        for person in [1, 3] {
            problem.people[person].lat += 0.5;
        }
        problem.needs = vec![need("n1", "u1", "land", 2), need("n2", "u2", "land", 2)];
        problem
    }

    #[test]
    fn a_couple_is_sent_to_one_unit() {
        let mut problem = couple();
        assert_eq!(pairs(&network(&problem)), "p1→n1 p3→n1 p2→n2 p4→n2");
        problem.teams = vec![team("t1", &["p1", "p2"], Together::SameUnit)];
        let plan = general(&problem);
        let unit_of = |person: &str| {
            let row = plan.assignments.iter().find(|row| row.person.as_str() == person);
            row.unwrap().unit.clone()
        };
        assert_eq!((plan.assignments.len(), unit_of("p1")), (4, unit_of("p2")));
    }

    #[test]
    fn a_couple_without_two_seats_in_a_unit_stays_at_home() {
        let mut problem = couple();
        problem.people.truncate(2);
        problem.units[0].cap = Some(1);
        problem.needs[1].headcount = 1;
        problem.teams = vec![team("t1", &["p1", "p2"], Together::SameUnit)];
        assert!(general(&problem).assignments.is_empty());
    }

    #[test]
    fn a_pin_takes_the_other_along_and_fails_without_them() {
        let mut problem = couple();
        problem.teams = vec![team("t1", &["p1", "p2"], Together::SameUnit)];
        problem.pins = vec![pin("p1", "n2")];
        let plan = solved(&problem);
        assert!(pairs(&plan).contains("p1→n2") && pairs(&plan).contains("p2→n2"));
        problem.people[1].conflicts = vec!["u2".into()];
        let expected = (vec!["p1→n2".to_owned()], vec!["couples".to_owned()]);
        assert_eq!(infeasible(&problem), expected);
    }
}
