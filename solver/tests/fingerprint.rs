//! The hash of a problem and the sameness of plans: what makes another problem and what does not,
//! and that solving again gives the same bytes, alone or beside another solve.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "a helper that fails fails its test"
)]

#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::{
    Engine, Fingerprint, Instance, Outcome, Problem, Replay, SOLVER_VERSION, Settings, plan_hash,
    problem_hash, replay, solve,
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

const DISTRICT_OFFICE: &str = include_str!("../../data/examples/district-office.json");

/// The rules of the canonical text, applied by a script in another language to the example as the
/// format writes it, gave this.
#[test]
fn the_hash_is_what_another_implementation_finds() {
    let instance = Problem::parse(DISTRICT_OFFICE).unwrap();
    let hash = "4c1e7d5315c74eadb3783a18e50650f4187ce02caea3717d913030a815435a83";
    assert_eq!(problem_hash(instance.problem()).to_string(), hash);
}

/// Puts every list into another order, where order says nothing.
fn shuffle(value: &mut Value, dice: &mut u64) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match key.as_str() {
                    "matrix" => swap_matrix(member),
                    "preferences" => {}
                    _ => shuffle(member, dice),
                }
            }
        }
        Value::Array(items) => {
            for at in (1..items.len()).rev() {
                *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                items.swap(at, (*dice >> 33) as usize % (at + 1));
            }
            items.iter_mut().for_each(|item| shuffle(item, dice));
        }
        _ => {}
    }
}

/// Turns a travel matrix upside down and from left to right.
fn swap_matrix(matrix: &mut Value) {
    for key in ["people", "units", "minutes"] {
        if let Some(items) = matrix[key].as_array_mut() {
            items.reverse();
        }
    }
    for row in matrix["minutes"].as_array_mut().into_iter().flatten() {
        row.as_array_mut().unwrap().reverse();
    }
}

/// The pointers of every scalar.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            (members.iter()).for_each(|(key, member)| leaves(member, &format!("{pointer}/{key}"), found));
        }
        Value::Array(items) => {
            (items.iter().enumerate()).for_each(|(at, item)| leaves(item, &format!("{pointer}/{at}"), found));
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Words of the format: of each enumeration two, so that one is another word.
const WORDS: [&str; 12] = [
    "support",
    "cadre",
    "high",
    "low",
    "max_min",
    "leximin",
    "balanced",
    "constrained_priority",
    "language",
    "level_short",
    "same_unit",
    "all_or_none",
];

/// Changes a scalar into another of its kind, or takes it away where no other would be read.
fn change(document: &Value, pointer: &str) -> Vec<Problem> {
    let value = document.pointer(pointer).unwrap();
    let others = match value {
        Value::Bool(flag) => vec![Value::Bool(!flag)],
        Value::Number(number) => match number.as_u64() {
            Some(number) => vec![(number + 1).into(), number.saturating_sub(1).into()],
            None => vec![f64::from_bits(number.as_f64().unwrap().to_bits() + 1).into()],
        },
        Value::String(text) if text.len() == 10 && text.starts_with("20") => vec!["2026-02-28".into()],
        Value::String(text) => WORDS
            .into_iter()
            .map(Value::from)
            .chain([format!("{text}x").into()])
            .collect(),
        _ => vec![17.into()],
    };
    let changed = others.into_iter().filter_map(|other| {
        let mut document = document.clone();
        *document.pointer_mut(pointer).unwrap() = other;
        serde_json::from_value(document).ok()
    });
    changed.collect()
}

proptest! {
    #![proptest_config(random::config(500))]

    #[test]
    fn the_order_of_lists_makes_no_other_problem(problem in random::problems(), mut dice in any::<u64>()) {
        let mut document = serde_json::to_value(&problem).unwrap();
        shuffle(&mut document, &mut dice);
        let shuffled: Problem = serde_json::from_value(document).unwrap();
        prop_assert_eq!(problem_hash(&problem), problem_hash(&shuffled));
    }

    #[test]
    fn any_change_of_a_value_makes_another_problem(problem in random::problems(), pick in any::<prop::sample::Index>()) {
        let document = serde_json::to_value(&problem).unwrap();
        let mut pointers = Vec::new();
        leaves(&document, "", &mut pointers);
        let pointer = pick.get(&pointers);
        let others: Vec<Problem> = change(&document, pointer).into_iter().filter(|other| *other != problem).collect();
        prop_assert!(!others.is_empty(), "nothing else can stand at {}", pointer);
        for other in others {
            prop_assert_ne!(problem_hash(&problem), problem_hash(&other), "{}", pointer);
        }
    }
}

/// Enough people for every tier to have something to decide.
fn busy() -> Instance {
    busy_problem().compile().unwrap()
}

fn busy_problem() -> Problem {
    let mut problem = Problem::parse(DISTRICT_OFFICE).unwrap().problem().clone();
    problem
        .people
        .iter_mut()
        .for_each(|person| person.preferences = vec!["24916".into()]);
    problem.people[0].past_secondments = 1;
    problem.base = vec![support::base("Chi Mẫu", "tan-ha-it")];
    problem
}

fn hash_of_a_solve(instance: &Instance, by: Engine) -> Fingerprint {
    match solve(instance, &Settings::default(), &mut |_| {}) {
        Outcome::Solved { plan, engine, .. } => {
            assert_eq!(engine, by);
            plan_hash(&plan)
        }
        outcome => panic!("{outcome:?}"),
    }
}

#[test]
fn twenty_solves_give_one_plan_alone_and_two_at_a_time() {
    let mut capped = busy_problem();
    capped.policy.field_caps = [("land".into(), 1)].into();
    for (instance, by) in [
        (&busy(), Engine::Network),
        (&capped.compile().unwrap(), Engine::General),
    ] {
        let mut hashes: BTreeSet<Fingerprint> = (0..20).map(|_| hash_of_a_solve(instance, by)).collect();
        std::thread::scope(|scope| {
            let ten = || (0..10).map(|_| hash_of_a_solve(instance, by)).collect::<Vec<_>>();
            for thread in [scope.spawn(ten), scope.spawn(ten)] {
                hashes.extend(thread.join().unwrap());
            }
        });
        assert_eq!(hashes.len(), 1, "{hashes:?}");
    }
}

#[test]
fn a_plan_is_replayed_with_its_own_seed() {
    let instance = busy();
    let settings = Settings {
        seed: 7,
        ..Settings::default()
    };
    let plan = solve(&instance, &settings, &mut |_| {}).plan().unwrap().clone();
    let again = |plan| replay(&instance, plan, &Settings::default(), &mut |_| {});
    let replay = again(&plan);
    assert!(replay.reproduced(), "{replay:#?}");
    assert_eq!(replay.solver_version.found, SOLVER_VERSION);

    let mut older = plan.clone();
    older.solver_version = "0.0.1".to_owned();
    let replay = again(&older);
    assert!(!replay.solver_version.agrees && replay.problem_hash.agrees && !replay.reproduced());
    // the version is told apart: the rest of the plan is the same
    assert!(replay.plan_hash.unwrap().agrees);

    let mut spoilt = plan.clone();
    spoilt.assignments.pop();
    let replay = again(&spoilt);
    assert!(replay.problem_hash.agrees && !replay.plan_hash.unwrap().agrees);
}

#[test]
fn a_plan_of_another_problem_is_told_before_anything_is_solved() {
    let instance = busy();
    let other = Problem::parse(DISTRICT_OFFICE).unwrap();
    let plan = solve(&instance, &Settings::default(), &mut |_| {})
        .plan()
        .unwrap()
        .clone();
    let replay = replay(&other, &plan, &Settings::default(), &mut |_| {
        panic!("nothing is solved")
    });
    assert!(!replay.problem_hash.agrees && !replay.reproduced());
    assert_eq!((replay.plan_hash, replay.status), (None, None));
    let json = serde_json::to_string(&replay).unwrap();
    assert_eq!(serde_json::from_str::<Replay>(&json).unwrap(), replay);
}

#[test]
fn what_cannot_be_solved_again_is_no_agreement() {
    let instance = busy();
    let plan = solve(&instance, &Settings::default(), &mut |_| {})
        .plan()
        .unwrap()
        .clone();
    let settings = Settings {
        memory_limit_mib: 0,
        ..Settings::default()
    };
    let replay = replay(&instance, &plan, &settings, &mut |_| {});
    assert!(replay.problem_hash.agrees && replay.plan_hash.is_none() && !replay.reproduced());
}
