//! Everything of the format that makes the model more than a network, each so that it binds for a
//! part of the round and an empty plan still obeys it.

use crate::departments::releasable;
use crate::dice::Dice;
use crate::pairing::{may_serve, minutes};
use crate::people::LANGUAGES;
use crate::units::{places, seats};
use cadre_solver::{FieldId, Problem};
use std::collections::BTreeMap;

/// Pairs looked at to learn how long journeys are.
const SAMPLE: u32 = 20_000;

/// Adds seniors, speakers, caps on fields and a budget of travel.
pub fn add(problem: &mut Problem, dice: &mut Dice) {
    seniors(problem, dice);
    speakers(problem, dice);
    let filled = expected(problem);
    problem.policy.field_caps = field_caps(problem, filled);
    problem.policy.travel_budget_minutes = Some(u64::from(filled) * mean_journey(problem, dice) / 2);
}

/// Half of the needs for several people, a tenth of the others: there juniors come only beside a senior.
fn seniors(problem: &mut Problem, dice: &mut Dice) {
    for need in &mut problem.needs {
        let share = if need.headcount > 1 { 50 } else { 10 };
        let from = dice.small(2, 3);
        need.senior_from = (dice.percent(share) && from > need.min_level).then_some(from);
    }
}

/// An eighth of the units that ask for two seats or more want a speaker of a language.
fn speakers(problem: &mut Problem, dice: &mut Dice) {
    let seats = seats(&problem.needs);
    for unit in &mut problem.units {
        let several = seats.get(&unit.id).is_some_and(|&asked| asked > 1);
        let code = if dice.percent(12) && several {
            dice.pick(&LANGUAGES)
        } else {
            None
        };
        unit.speaker = code.map(|&code| code.to_owned()).into_iter().collect();
    }
}

/// Seats that will be filled, roughly: most of what is released or asked for, whichever is less.
fn expected(problem: &Problem) -> u32 {
    let asked: u32 = problem.needs.iter().map(|need| need.headcount).sum();
    releasable(&problem.departments, &problem.people).min(asked) * 17 / 20
}

/// A third of the fields gets a seventh fewer people than its share.
fn field_caps(problem: &Problem, filled: u32) -> BTreeMap<FieldId, u32> {
    let mut asked: BTreeMap<&FieldId, u64> = BTreeMap::new();
    for need in &problem.needs {
        *asked.entry(&need.field).or_default() += u64::from(need.headcount);
    }
    let all: u64 = asked.values().sum::<u64>().max(1);
    let share = |seats: u64| u64::from(filled) * seats * 6 / (all * 7);
    asked
        .into_iter()
        .step_by(3)
        .map(|(field, seats)| (field.clone(), u32::try_from(share(seats)).unwrap_or(u32::MAX)))
        .collect()
}

/// Minutes of an eligible pair drawn at random, in the mean.
fn mean_journey(problem: &Problem, dice: &mut Dice) -> u64 {
    let places = places(&problem.units);
    let (mut sum, mut pairs) = (0, 0);
    for _ in 0..SAMPLE {
        let drawn = dice.pick(&problem.people).zip(dice.pick(&problem.needs));
        let Some((person, need)) = drawn.filter(|(person, need)| may_serve(person, need)) else {
            continue;
        };
        if let Some(spot) = places.get(&need.unit) {
            sum += minutes(person, spot);
            pairs += 1;
        }
    }
    sum / u64::max(pairs, 1)
}
