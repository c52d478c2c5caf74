//! A couple serves in one and the same unit, or nobody of it serves: for each unit and each member
//! after the first, `Σ_member x - Σ_first x = 0` over the unit's needs, in people. And for each need
//! with fewer seats than members who may serve it, `Σ_need x ≤ seats · Σ_first x`, which half a
//! couple on either half of a seat would break.
//!
//! One person's place decides another's, so people are no longer units of flow that go their own
//! ways: where the rule binds, the general model solves. It gives a couple columns of its own, in which
//! all these rows cancel out (`general/placements.rs`); what is left of them keeps teams together that
//! have too many ways.
//!
//! Example: p1 and p2 may serve n1 and n2 of one unit, with a seat each.
//! `x(p2, n1) + x(p2, n2) - x(p1, n1) - x(p1, n2) = 0`, so both come or none, and
//! `x(p1, n1) + x(p2, n1) ≤ 1 · (x(p1, n1) + x(p1, n2))`, and the same for n2.

use super::{Kind, Rule, Term};
use crate::index;
use crate::instance::{Instance, TeamRow};
use crate::market::Market;
use crate::problem::{Problem, Together};
use crate::program::Limit;
use crate::rulebook::{Clauses, Entries, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) const TERM: Term = Term {
    id: "couples",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| tell(problem, Together::SameUnit),
        |instance| binds(instance, Together::SameUnit),
    )),
};

/// Whether there is a team of a kind.
pub(super) fn tell(problem: &Problem, together: Together) -> bool {
    problem.teams.iter().any(|team| team.together == together)
}

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
    let mut limits = Vec::new();
    let mut entries_of: HashMap<(u32, u32), Entries> = HashMap::new();
    for team in teams(instance, Together::SameUnit) {
        for places in places_by_unit(instance, team).into_values() {
            couple(&places, instance, &mut limits, &mut entries_of);
        }
    }
    let mut clauses = Clauses::blank(Scope::Name);
    clauses.limits = limits;
    clauses.of_pair = Box::new(move |pair, entries| {
        if let Some(own) = entries_of.get(&(pair.person, pair.need)) {
            entries.extend_from_slice(own);
        }
    });
    clauses
}

/// For each member of a team, the needs of one unit that the member may serve.
type Places = Vec<(u32, Vec<u32>)>;

/// The places of a team by unit.
fn places_by_unit(instance: &Instance, team: &TeamRow) -> BTreeMap<u32, Places> {
    let mut units: BTreeMap<u32, Places> = BTreeMap::new();
    let empty: Places = team.members.iter().map(|&member| (member, Vec::new())).collect();
    for (nth, &member) in team.members.iter().enumerate() {
        for need in 0..index(instance.needs.len()) {
            if instance.pair(member, need).is_some() {
                let places = units
                    .entry(instance.need(need).unit)
                    .or_insert_with(|| empty.clone());
                places[nth].1.push(need);
            }
        }
    }
    units
}

/// Writes the rows of a team in one unit.
fn couple(
    places: &Places,
    instance: &Instance,
    limits: &mut Vec<Limit>,
    entries_of: &mut HashMap<(u32, u32), Entries>,
) {
    let Some(((leader, first), followers)) = places.split_first() else {
        return;
    };
    let mut add = |person: u32, need: u32, row: u32, amount: i64| {
        entries_of.entry((person, need)).or_default().push((row, amount));
    };
    for (follower, own) in followers {
        let row = index(limits.len());
        limits.push(Limit::Exactly(0));
        own.iter().for_each(|&need| add(*follower, need, row, 1));
        first.iter().for_each(|&need| add(*leader, need, row, -1));
    }
    let needs: BTreeSet<u32> = places.iter().flat_map(|(_, own)| own).copied().collect();
    for need in needs {
        let seats = instance.need(need).headcount;
        let rivals = places.iter().filter(|(_, own)| own.contains(&need));
        let rivals: Vec<u32> = rivals.map(|&(member, _)| member).collect();
        if index(rivals.len()) <= seats {
            continue;
        }
        let row = index(limits.len());
        limits.push(Limit::AtMost(0));
        let mut amounts: BTreeMap<(u32, u32), i64> =
            rivals.into_iter().map(|member| ((member, need), 1)).collect();
        for &other in first {
            *amounts.entry((*leader, other)).or_default() -= i64::from(seats);
        }
        amounts.retain(|_, amount| *amount != 0);
        for ((person, place), amount) in amounts {
            add(person, place, row, amount);
        }
    }
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
        assert_eq!(infeasible(&problem), ["p1→n2, team t1"]);
    }

    /// Giving up one of the two pins would leave the other: both are told, each with its own couple.
    #[test]
    fn two_pins_against_two_couples_are_two_contradictions() {
        let mut problem = land_people(2, 6);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        problem.teams = vec![
            team("t1", &["p1", "p2"], Together::SameUnit),
            team("t2", &["p3", "p4"], Together::SameUnit),
            team("t3", &["p5", "p6"], Together::SameUnit),
        ];
        problem.pins = vec![pin("p1", "n1"), pin("p3", "n2")];
        assert_eq!(infeasible(&problem), ["p1→n1, team t1", "p3→n2, team t2"]);
    }
}
