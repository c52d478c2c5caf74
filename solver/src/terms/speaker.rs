//! Among the people sent to a unit somebody speaks each language that the unit lists; a unit that
//! gets nobody breaks nothing.
//!
//! With y = 1 when anybody is sent to the unit: `Σ_need x ≤ headcount · y` for each of its needs,
//! `Σ_unit x ≤ cap · y` if the unit has a cap, and `Σ_speakers x ≥ y` for each language; all in
//! people. Whoever speaks none of the languages may come only if somebody else comes, elsewhere in
//! the unit, and no bound on flows says that: the relaxation sends half a speaker to two units. Where
//! the rule binds, the general model solves.
//!
//! Example: a unit asks for 2 people and lists Mnông, which p1 speaks and p2 does not. Both may come,
//! `2 ≤ 2 · 1` and `1 ≥ 1`; p2 alone may not, because `0 ≥ 1` is false.

use super::{Kind, Rule, Term};
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};
use std::collections::HashMap;

pub(crate) const TERM: Term = Term {
    id: "speaker",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| problem.units.iter().any(|unit| !unit.speaker.is_empty()),
        binds,
    )),
};

/// The rows of one unit.
struct Rows {
    unit: Option<u32>,
    /// By language.
    speakers: Vec<(u32, u32)>,
}

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let mut clauses = Clauses::blank(Scope::Kind);
    let mut of_unit = HashMap::new();
    let mut flag_of = HashMap::new();
    for (number, unit) in (0_u32..).zip(&instance.units) {
        if unit.speaker.is_empty() {
            continue;
        }
        flag_of.insert(number, clauses.flag());
        let flag = flag_of[&number];
        let cap = unit.cap.filter(|&cap| u64::from(cap) < unit.requested);
        let rows = Rows {
            unit: cap.map(|cap| clauses.row(Limit::AtMost(0), flag, -i64::from(cap))),
            speakers: (unit.speaker.iter())
                .map(|&code| (code, clauses.row(Limit::AtLeast(0), flag, -1)))
                .collect(),
        };
        of_unit.insert(number, rows);
    }
    let mut of_need = HashMap::new();
    for (number, need) in (0_u32..).zip(&instance.needs) {
        if let Some(&flag) = flag_of.get(&need.unit) {
            let row = clauses.row(Limit::AtMost(0), flag, -i64::from(need.headcount));
            of_need.insert(number, row);
        }
    }
    clauses.of_pair = Box::new(move |pair, entries| {
        let Some(&need) = of_need.get(&pair.need) else {
            return;
        };
        entries.push((need, 1));
        let Some(rows) = of_unit.get(&market.unit_of(pair)) else {
            return;
        };
        entries.extend(rows.unit.map(|row| (row, 1)));
        let spoken = &instance.person(pair.person).languages;
        let rows = rows.speakers.iter().filter(|(code, _)| spoken.contains(code));
        entries.extend(rows.map(|&(_, row)| (row, 1)));
    });
    clauses
}

/// Whether anybody could be sent who does not speak what the unit asks for.
fn binds(instance: &Instance) -> bool {
    (0..index(instance.needs.len())).any(|need| {
        let wanted = &instance.unit(instance.need(need).unit).speaker;
        !wanted.is_empty()
            && (instance.eligible_for(need))
                .any(|pair| !wanted.is_subset(&instance.person(pair.person).languages))
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{general, infeasible, land_people, need, network, pairs, pin};

    #[test]
    fn one_of_the_two_speaks_the_language() {
        // p1 and p2 live at the door, p3 does not, but alone speaks Mnông
        let mut problem = land_people(1, 3);
        problem.people[2].lat += 0.5;
        problem.people[2].languages = vec!["mnong".to_owned()];
        problem.needs = vec![need("n1", "u1", "land", 2)];
        assert_eq!(pairs(&network(&problem)), "p1→n1 p2→n1");
        problem.units[0].speaker = vec!["mnong".to_owned()];
        let plan = general(&problem);
        assert_eq!(plan.assignments.len(), 2);
        assert!(plan.assignments.iter().any(|row| row.person.as_str() == "p3"));
    }

    #[test]
    fn without_a_speaker_nobody_comes() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.units[0].speaker = vec!["mnong".to_owned()];
        assert!(general(&problem).assignments.is_empty());
    }

    /// The cap makes this rule's row tighter, and stands beside it where the two contradict a pin.
    #[test]
    fn a_cap_that_leaves_no_place_for_the_speaker_is_named() {
        let mut problem = land_people(1, 2);
        problem.people[1].languages = vec!["mnong".to_owned()];
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.units[0].speaker = vec!["mnong".to_owned()];
        problem.units[0].cap = Some(1);
        problem.pins = vec![pin("p1", "n1")];
        assert_eq!(infeasible(&problem), ["p1→n1, speakers u1, unit_cap u1"]);
        // and is not where something else leaves none
        problem.units[0].cap = None;
        problem.policy.max_secondments = Some(1);
        assert_eq!(infeasible(&problem), ["p1→n1, max_secondments, speakers u1"]);
    }

    #[test]
    fn two_languages_may_be_spoken_by_two_people() {
        let mut problem = land_people(1, 3);
        problem.people[1].languages = vec!["mnong".to_owned()];
        problem.people[2].languages = vec!["koho".to_owned()];
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.units[0].speaker = vec!["koho".to_owned(), "mnong".to_owned()];
        assert_eq!(pairs(&general(&problem)), "p2→n1 p3→n1");
        // one seat is not enough for both
        problem.needs[0].headcount = 1;
        assert!(general(&problem).assignments.is_empty());
    }

    #[test]
    fn where_everybody_speaks_it_the_network_suffices() {
        let mut problem = land_people(1, 2);
        (problem.people.iter_mut()).for_each(|person| person.languages = vec!["mnong".to_owned()]);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.units[0].speaker = vec!["mnong".to_owned()];
        assert_eq!(network(&problem).assignments.len(), 2);
    }
}
