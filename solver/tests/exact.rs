//! The solver against every plan there is: on thousands of random small problems, with and without
//! pins, the plan it calls optimal scores exactly what exhaustive search finds, tier by tier.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests count small things, and a helper that fails fails its test"
)]

#[path = "support/brute.rs"]
mod brute;
#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::{Mode, Pin, Problem, Proof, Settings, solve};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::cell::Cell;

/// The same cases on every run; the number of cases can be raised by `PROPTEST_CASES`.
fn config(cases: u32) -> Config {
    Config {
        cases: Config::default().cases.max(cases),
        rng_seed: RngSeed::Fixed(20_260_801),
        failure_persistence: None,
        ..Config::default()
    }
}

fn agrees(problem: &Problem) -> usize {
    let plan = support::solved(problem);
    let best = brute::best(problem, Settings::default().seed).expect("a valid problem has a plan");
    let claimed = brute::claimed(&plan);
    assert!(
        brute::same(&claimed, &best),
        "solver {claimed:?}, exhaustive {best:?}\n{problem:#?}"
    );
    // these models are networks: a proof that leans on floating point would be a defect
    assert!(
        plan.score.iter().all(|tier| tier.proof == Proof::Certified),
        "{:#?}",
        plan.score
    );
    plan.assignments.len()
}

#[test]
fn two_thousand_random_problems_have_no_better_plan() {
    let (mut runner, assigned) = (
        proptest::test_runner::TestRunner::new(config(2_000)),
        Cell::new(0),
    );
    runner
        .run(&random::problems(), |problem| {
            assigned.set(assigned.get() + agrees(&problem));
            Ok(())
        })
        .unwrap();
    // the test would be empty if nobody were ever eligible
    assert!(assigned.get() > 1_000, "{} assignments in all", assigned.get());
}

proptest! {
    #![proptest_config(config(500))]

    /// Pins are refused exactly when no lawful plan contains them all.
    #[test]
    fn pins_are_refused_exactly_when_no_plan_keeps_them(
        mut problem in random::problems(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        for (person, need) in picks {
            let pin = Pin {
                person: problem.people[person.index(problem.people.len())].id.clone(),
                need: problem.needs[need.index(problem.needs.len())].id.clone(),
            };
            if !problem.pins.contains(&pin) {
                problem.pins.push(pin);
            }
        }
        match problem.clone().compile() {
            Ok(_) => drop(agrees(&problem)),
            Err(invalid) => {
                prop_assert!(brute::best(&problem, 1).is_none(), "refused without need: {}", invalid);
            }
        }
    }

    /// Where people choose, nobody gets a better place by misstating the own wishes.
    #[test]
    fn where_people_choose_it_does_not_pay_to_lie(
        mut problem in random::problems(),
        who in any::<prop::sample::Index>(),
        (truth, lie) in (0..4_usize).prop_flat_map(|length| {
            let units = Just((0..3_usize).collect::<Vec<_>>()).prop_shuffle();
            (units.clone(), units.prop_map(move |mut units| { units.truncate(length); units }))
        }),
    ) {
        problem.policy.mode = Mode::ConstrainedPriority;
        let who = who.index(problem.people.len());
        let units: Vec<_> = problem.units.iter().map(|unit| unit.id.clone()).collect();
        let list = |wishes: &[usize]| -> Vec<_> { wishes.iter().filter_map(|&unit| units.get(unit).cloned()).collect() };
        let truth = list(&truth);
        let place = |problem: &Problem| {
            let plan = support::solved(problem);
            let row = plan.assignments.into_iter().find(|row| row.person == problem.people[who].id);
            // who is sent nowhere is worse off than with the last wish
            row.map_or(truth.len(), |row| truth.iter().position(|unit| *unit == row.unit).unwrap_or(truth.len()))
        };
        problem.people[who].preferences.clone_from(&truth);
        let honest = place(&problem);
        problem.people[who].preferences = list(&lie);
        prop_assert!(honest <= place(&problem), "{problem:#?}");
    }

    /// The order of the lists means nothing: the plan stays the same to the byte.
    #[test]
    fn shuffled_lists_give_the_same_plan(
        (problem, shuffled) in random::problems().prop_flat_map(|problem| {
            let lists = (
                Just(problem.people.clone()).prop_shuffle(),
                Just(problem.needs.clone()).prop_shuffle(),
                Just(problem.units.clone()).prop_shuffle(),
                Just(problem.departments.clone()).prop_shuffle(),
                Just(problem.fields.clone()).prop_shuffle(),
            );
            let original = problem.clone();
            (Just(problem), lists.prop_map(move |(people, needs, units, departments, fields)| Problem {
                people, needs, units, departments, fields, ..original.clone()
            }))
        }),
    ) {
        let (plan, again) = (support::solved(&problem), support::solved(&shuffled));
        prop_assert_eq!(serde_json::to_string(&plan).unwrap(), serde_json::to_string(&again).unwrap());
    }

    /// Solving twice gives the same bytes.
    #[test]
    fn the_same_problem_gives_the_same_bytes(problem in random::problems(), seed in any::<u64>()) {
        let instance = problem.compile().unwrap();
        let settings = Settings { seed, ..Settings::default() };
        let bytes = || {
            let outcome = solve(&instance, &settings, &mut |_| {});
            serde_json::to_string(outcome.plan().unwrap()).unwrap()
        };
        prop_assert_eq!(bytes(), bytes());
    }
}
