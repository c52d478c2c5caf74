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
    dead_code,
    unreachable_pub,
    reason = "tests count small things, and a helper that fails fails its test"
)]

#[path = "support/brute.rs"]
mod brute;
#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::explain::Rule;
use cadre_solver::{
    Balance, Contradictions, Engine, Mode, Outcome, Pin, Priority, Problem, Proof, Settings, Together,
    TravelMatrix, check, solve,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// How often what happened.
#[derive(Default)]
struct Tally {
    assigned: usize,
    general: usize,
    infeasible: usize,
}

impl Tally {
    /// Solves a problem in both ways, and fails unless they agree on every tier.
    fn agrees(&mut self, problem: &Problem) {
        let instance = problem.clone().compile().expect("no fault");
        let outcome = solve(&instance, &Settings::default(), &mut |_| {});
        let best = brute::best(problem, Settings::default().seed);
        let (plan, engine) = match outcome {
            Outcome::Solved { plan, engine, .. } => (plan, engine),
            Outcome::Infeasible { contradictions, .. } if best.is_none() => {
                assert!(
                    contradictions.found.iter().all(|one| one.minimal),
                    "{contradictions:#?}"
                );
                self.infeasible += 1;
                return;
            }
            other => panic!(
                "{other:#?}\nexhaustive {best:?}\n{}",
                serde_json::to_string(problem).unwrap()
            ),
        };
        check(&instance, &plan).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let claimed = brute::claimed(&plan);
        assert!(
            best.as_ref().is_some_and(|best| brute::same(&claimed, best)),
            "solver {claimed:?}, exhaustive {best:?}\n{problem:#?}"
        );
        self.assigned += plan.assignments.len();
        if engine == Engine::General {
            self.general += 1;
        } else {
            // these models are networks: a proof that leans on floating point would be a defect
            let certified = plan.score.iter().all(|tier| tier.proof == Proof::Certified);
            assert!(certified, "{:#?}", plan.score);
        }
    }

    fn of(cases: u32, problems: impl Strategy<Value = Problem>) -> Self {
        let tally = RefCell::new(Self::default());
        (TestRunner::new(random::config(cases)))
            .run(&problems, |problem| {
                tally.borrow_mut().agrees(&problem);
                Ok(())
            })
            .unwrap();
        tally.into_inner()
    }
}

/// Every problem that was once solved wrongly, with a title that says what was wrong.
#[test]
fn what_went_wrong_once_stays_right() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut tally = Tally::default();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        tally.agrees(&serde_json::from_str(&text).unwrap());
    }
    assert!(tally.assigned > 0);
}

#[test]
fn two_thousand_networks_have_no_better_plan() {
    let tally = Tally::of(2_000, random::networks());
    // the test would be empty if nobody were ever eligible
    assert!(tally.assigned > 1_000, "{} assignments in all", tally.assigned);
    assert_eq!((tally.general, tally.infeasible), (0, 0));
}

#[test]
fn eight_thousand_problems_with_breaking_rules_have_no_better_plan() {
    let tally = Tally::of(8_000, random::problems());
    assert!(tally.assigned > 3_000, "{} assignments in all", tally.assigned);
    assert!(tally.general > 2_000, "{} in the general model", tally.general);
    assert!(tally.infeasible > 50, "{} without any plan", tally.infeasible);
}

/// Breaks every rule in turn in otherwise lawful plans: the rules are there to be broken.
#[test]
fn each_breaking_rule_decides_many_of_the_random_problems() {
    let decided = RefCell::new(BTreeMap::new());
    (TestRunner::new(random::config(2_000)))
        .run(&random::problems(), |problem| {
            for (rule, without) in random::without_each_rule(&problem) {
                let [with, without] =
                    [&problem, &without].map(|problem| brute::best(problem, Settings::default().seed));
                *decided.borrow_mut().entry(rule).or_insert(0) += u32::from(with != without);
            }
            Ok(())
        })
        .unwrap();
    let decided = decided.into_inner();
    assert_eq!(decided.len(), 7);
    assert!(decided.values().all(|&count| count >= 30), "{decided:?}");
}

/// A couple of whom one may go nowhere: the other, whom the network alone would send, stays at home too.
fn half_a_couple(problem: &mut Problem) {
    problem.people.push(support::person("at home", "it"));
    problem.teams = vec![support::team("couple", &["p1", "at home"], Together::SameUnit)];
}

/// What the network core says of tiers is a bound on all in one number only as far as a lawful plan could
/// cost as much: people who may not go at all have the longest journeys here.
#[test]
fn a_journey_that_nobody_may_make_is_no_bound() {
    let mut tally = Tally::default();
    for minutes in (100..260).step_by(7).chain(190..200) {
        let mut problem = support::land_people(1, 2);
        problem.people[0].skills[0].level = 2;
        problem.people[1].skills[0].level = 4;
        half_a_couple(&mut problem);
        problem.needs = vec![
            support::need("n1", "u1", "land", 1),
            support::need("n2", "u1", "land", 1),
        ];
        problem.policy.balance = Balance::Off;
        problem.policy.travel.bucket_minutes = 1;
        problem.policy.travel.matrix = Some(TravelMatrix {
            people: vec!["p1".into(), "p2".into()],
            units: vec!["u1".into()],
            minutes: vec![vec![Some(minutes)], vec![Some(0)]],
        });
        tally.agrees(&problem);
    }
    assert!(tally.general > 30, "{} by the general model", tally.general);
}

/// The same of counts of units: a coverage that only people who may not go at all could bring about is
/// counted too, or the core's counts would be compared with others.
#[test]
fn a_coverage_that_nobody_may_bring_about_is_no_bound() {
    let mut tally = Tally::default();
    for priorities in 0..8_u8 {
        // p1 could go to u1 alone, p2 and p3 to u2, p4 to u3 or u4
        let mut problem = support::land_people(4, 4);
        let homes: [&[usize]; 4] = [&[0], &[1], &[1], &[2, 3]];
        for (person, open) in problem.people.iter_mut().zip(homes) {
            person.conflicts = (0..4)
                .filter(|unit| !open.contains(unit))
                .map(|unit| format!("u{}", unit + 1).into())
                .collect();
        }
        half_a_couple(&mut problem);
        problem.needs = [3, 2, 2, 1]
            .into_iter()
            .zip(1..)
            .map(|(seats, nth)| support::need(&format!("n{nth}"), &format!("u{nth}"), "land", seats))
            .collect();
        for (nth, need) in problem.needs[1..].iter_mut().enumerate() {
            if priorities & (1 << nth) != 0 {
                need.priority = Priority::High;
            }
        }
        problem.policy.max_secondments = Some(3);
        problem.policy.travel.matrix = Some(TravelMatrix {
            people: problem.people.iter().map(|person| person.id.clone()).collect(),
            units: problem.units.iter().map(|unit| unit.id.clone()).collect(),
            minutes: vec![vec![Some(0); 4]; 5],
        });
        tally.agrees(&problem);
    }
    assert!(tally.general > 4, "{} by the general model", tally.general);
}

proptest! {
    #![proptest_config(random::config(500))]

    /// Pins are refused, or called infeasible, exactly when no lawful plan contains them all.
    #[test]
    fn pins_are_refused_exactly_when_no_plan_keeps_them(
        mut problem in prop_oneof![random::networks().boxed(), random::problems().boxed()],
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
            Ok(_) => Tally::default().agrees(&problem),
            Err(invalid) => {
                prop_assert!(brute::best(&problem, 1).is_none(), "refused without need: {}", invalid);
            }
        }
    }

    /// Where people choose, nobody gets a better place by misstating the own wishes.
    #[test]
    fn where_people_choose_it_does_not_pay_to_lie(
        mut problem in random::networks(),
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

    /// The order of the lists means nothing: the plan stays the same to the byte. Only whether a bound
    /// rests on whole numbers may hang on the vertex that HiGHS happened to stop at.
    #[test]
    fn shuffled_lists_give_the_same_plan(
        (problem, shuffled) in prop_oneof![random::networks().boxed(), random::problems().boxed()].prop_flat_map(|problem| {
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
        let mild = |text: Option<String>| text.map(|text| text.replace("\"engine\"", "\"certified\""));
        prop_assert_eq!(mild(bytes(&problem, 1)), mild(bytes(&shuffled, 1)));
    }

    /// Solving twice gives the same bytes.
    #[test]
    fn the_same_problem_gives_the_same_bytes(problem in random::problems(), seed in any::<u64>()) {
        prop_assert_eq!(bytes(&problem, seed), bytes(&problem, seed));
    }
}

/// What is named as a contradiction is one, and none of it without need; and without the pins of all that are
/// named there is a plan.
#[test]
fn contradictions_are_told_without_surplus() {
    let (found, several) = (Cell::new(0), Cell::new(0));
    let picks = prop::collection::vec(any::<prop::sample::Index>(), 1..5);
    TestRunner::new(random::config(2_000))
        .run(&(random::problems(), picks), |(problem, picks)| {
            let problem = pinned(problem, &picks);
            let Ok(instance) = problem.clone().compile() else {
                return Ok(());
            };
            let outcome = solve(&instance, &Settings::default(), &mut |_| {});
            if let Outcome::Infeasible { contradictions, .. } = outcome {
                are_needed(&problem, &contradictions);
                found.set(found.get() + 1);
                several.set(several.get() + usize::from(contradictions.found.len() > 1));
            }
            Ok(())
        })
        .unwrap();
    let (found, several) = (found.get(), several.get());
    assert!(found > 100 && several > 10, "{found}, in {several} more than one");
}

/// A problem with some of its eligible pairs pinned, one of a person at most.
fn pinned(mut problem: Problem, picks: &[prop::sample::Index]) -> Problem {
    let instance = problem.clone().compile().unwrap();
    let mut pairs = Vec::new();
    for person in &problem.people {
        for need in &problem.needs {
            if instance.reasons(&person.id, &need.id).unwrap().is_empty() {
                pairs.push(Pin {
                    person: person.id.clone(),
                    need: need.id.clone(),
                });
            }
        }
    }
    for pick in picks.iter().filter(|_| !pairs.is_empty()) {
        let pin = pairs[pick.index(pairs.len())].clone();
        if problem.pins.iter().all(|other| other.person != pin.person) {
            problem.pins.push(pin);
        }
    }
    problem
}

fn are_needed(problem: &Problem, contradictions: &Contradictions) {
    let (mut rest, mut more) = (problem.clone(), false);
    for one in &contradictions.found {
        let alone = |pins: &[Pin], rules: &[Rule]| {
            let kept = Problem {
                pins: pins.to_vec(),
                ..problem.clone()
            };
            contradicts(&random::only_rules(&kept, rules))
        };
        assert!(alone(&one.pins, &one.rules), "{one:#?}");
        for nth in 0..one.pins.len() {
            let mut pins = one.pins.clone();
            pins.remove(nth);
            assert!(!alone(&pins, &one.rules), "{one:#?}");
        }
        for nth in 0..one.rules.len() {
            let mut rules = one.rules.clone();
            rules.remove(nth);
            assert!(!alone(&one.pins, &rules), "{one:#?}");
        }
        let (pins, own) = (rest.pins.len(), one.pins.len());
        rest.pins.retain(|pin| !one.pins.contains(pin));
        assert_eq!(rest.pins.len() + own, pins, "a pin is in two");
        if own == 0 {
            rest.policy.change_budget = None;
            // whether the budget contradicts others as well is not looked for
            more |= one.rules.len() > 1 || pins > 0;
        }
    }
    assert_eq!(contradictions.more, more, "{contradictions:#?}");
    assert!(!contradicts(&rest), "{contradictions:#?}");
}

/// The plan as it is written, if there is one.
fn bytes(problem: &Problem, seed: u64) -> Option<String> {
    let instance = problem.clone().compile().unwrap();
    let settings = Settings {
        seed,
        ..Settings::default()
    };
    let outcome = solve(&instance, &settings, &mut |_| {});
    outcome.plan().map(|plan| serde_json::to_string(plan).unwrap())
}

/// Whether a problem has no plan, by exhaustive search.
fn contradicts(problem: &Problem) -> bool {
    brute::best(problem, 1).is_none()
}
