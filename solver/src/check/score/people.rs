//! Tiers `changes`, `burden` and `preference`: what a plan asks of people and what it grants them.

use super::Expected;
use crate::check::Placement;
use crate::plan::{TermScore, Tier, Value};
use crate::problem::Problem;
use std::collections::HashMap;

/// Kept assignments of the base plan.
pub(super) fn changes(problem: &Problem, placed: &[Placement<'_>]) -> Option<Expected> {
    let serves: HashMap<_, _> = (placed.iter()).map(|at| (&at.person.id, &at.need.id)).collect();
    let kept = |announced: bool| {
        let lines = problem.base.iter().filter(|line| line.announced == announced);
        lines
            .filter(|line| serves.get(&line.person) == Some(&&line.need))
            .count()
    };
    let parts = [
        ("kept_announced", 10, count(kept(true))),
        ("kept_planned", 1, count(kept(false))),
    ];
    weighed(problem, Tier::Changes, parts).filter(|_| !problem.base.is_empty())
}

/// What directed people carry, and where they are sent.
pub(super) fn burden(problem: &Problem, placed: &[Placement<'_>]) -> Option<Expected> {
    let hardship: HashMap<_, _> = (problem.units.iter())
        .map(|unit| (&unit.id, i64::from(unit.hardship)))
        .collect();
    let directed = placed.iter().filter(|at| !at.person.volunteer);
    let (mut history, mut places) = (0, 0);
    for at in directed {
        history += i64::from(at.person.past_secondments) + i64::from(at.person.hardship_so_far);
        places += hardship.get(&at.need.unit).copied().unwrap_or(0);
    }
    let past =
        (problem.people.iter()).any(|person| person.past_secondments > 0 || person.hardship_so_far > 0);
    let hard = hardship.values().any(|&hardship| hardship > 0);
    let parts = [("burden_history", 1, history), ("burden_hardship", 1, places)];
    weighed(problem, Tier::Burden, parts).filter(|_| past || hard)
}

/// Wishes of people and units.
pub(super) fn preference(problem: &Problem, placed: &[Placement<'_>]) -> Option<Expected> {
    let welcome: HashMap<_, _> = problem
        .units
        .iter()
        .map(|unit| (&unit.id, &unit.acceptable))
        .collect();
    let (mut persons, mut units) = (0, 0);
    for at in placed {
        let before = (at.person.preferences.iter())
            .take_while(|unit| **unit != at.need.unit)
            .count();
        if before < at.person.preferences.len() {
            persons += [4, 3, 2].get(before).copied().unwrap_or(1);
        }
        if welcome
            .get(&at.need.unit)
            .is_some_and(|list| list.contains(&at.person.id))
        {
            units += 4;
        }
    }
    let wishes = problem.people.iter().any(|person| !person.preferences.is_empty());
    let lists = problem.units.iter().any(|unit| !unit.acceptable.is_empty());
    let parts = [("preference_person", 1, persons), ("preference_unit", 1, units)];
    weighed(problem, Tier::Preference, parts).filter(|_| wishes || lists)
}

/// (term, default weight, measure) as a tier; none when every term is switched off.
fn weighed(problem: &Problem, tier: Tier, parts: [(&str, u32, i64); 2]) -> Option<Expected> {
    let terms: std::collections::BTreeMap<_, _> = (parts.into_iter())
        .map(|(id, default, measure)| {
            let weight = problem.policy.weights.get(id).copied().unwrap_or(default);
            (id.to_owned(), TermScore { weight, measure })
        })
        .filter(|(_, term)| term.weight > 0)
        .collect();
    let value = (terms.values())
        .map(|term| i64::from(term.weight) * term.measure)
        .sum();
    (!terms.is_empty()).then_some(Expected {
        tier,
        value: Value::Integer(value),
        terms,
    })
}

fn count(lines: usize) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}
