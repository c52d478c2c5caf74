//! Who would rather serve elsewhere, and whether the unit there would gain by it, counted twice.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    dead_code,
    reason = "tests count small things, and a helper that fails fails its test"
)]

#[path = "support/brute.rs"]
mod brute;
#[path = "support/random.rs"]
mod random;
mod support;

use brute::envies::{self, Gain};
use cadre_solver::explain::{Blocked, EnvyReport, Explain, Explainer, Ids, Language};
use cadre_solver::{Instance, NeedId, Outcome, PersonId, Plan, Problem, Settings, solve};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;

fn envy(instance: &Instance, plan: &Plan) -> EnvyReport {
    Explainer::new(instance, plan, &Settings::default())
        .unwrap()
        .envy()
}

/// Random problems in which everybody would like to go anywhere, but to some places rather than others.
fn wishing() -> impl Strategy<Value = Problem> {
    random::problems().prop_map(|mut problem| {
        let units: Vec<_> = problem.units.iter().map(|unit| unit.id.clone()).collect();
        for (at, person) in problem.people.iter_mut().enumerate() {
            person.preferences = units.clone();
            person.preferences.rotate_left(at % units.len());
        }
        problem
    })
}

#[test]
fn envy_is_what_a_look_at_every_place_says() {
    let [empty, better, nothing] = [(); 3].map(|()| Cell::new(0));
    TestRunner::new(random::config(3_000))
        .run(&wishing(), |problem| {
            let instance = problem.clone().compile().unwrap();
            let Outcome::Solved { plan, .. } = solve(&instance, &Settings::default(), &mut |_| {}) else {
                return Ok(());
            };
            let person = |id: &PersonId| problem.people.iter().position(|row| row.id == *id).unwrap();
            let need = |id: &NeedId| problem.needs.iter().position(|row| row.id == *id).unwrap();
            let mut served = vec![None; problem.people.len()];
            for row in &plan.assignments {
                served[person(&row.person)] = Some(need(&row.need));
            }
            let report = envy(&instance, &plan);
            let told: Vec<_> = (report.envies.iter())
                .map(|envy| {
                    let (gain, count) = match &envy.blocks {
                        Some(Blocked::EmptySeat) => (Gain::Seat, &empty),
                        Some(Blocked::BetterFit { than }) => (Gain::Than(person(than)), &better),
                        None => (Gain::Nothing, &nothing),
                    };
                    count.set(count.get() + 1);
                    (person(&envy.person), need(&envy.need), gain)
                })
                .collect();
            assert_eq!(told, envies::of(&problem, &served), "{problem:#?}");
            Ok(())
        })
        .unwrap();
    let counts = [&empty, &better, &nothing].map(Cell::get);
    // fit comes before wishes, so somebody better is seldom kept away
    assert!(counts[0] > 50 && counts[1] > 5 && counts[2] > 50, "{counts:?}");
}

#[test]
fn an_empty_seat_that_a_cap_forbids_blocks_nothing() {
    let mut problem = support::land_people(2, 2);
    problem.units[0].cap = Some(1);
    problem.needs = [("n1", "u1"), ("n2", "u1"), ("n3", "u2")]
        .map(|(id, unit)| support::need(id, unit, "land", 1))
        .to_vec();
    (problem.people.iter_mut()).for_each(|person| person.preferences = vec!["u1".into()]);
    let plan = support::solved(&problem);
    let instance = problem.compile().unwrap();
    let envy = envy(&instance, &plan);
    assert_eq!((envy.asked, envy.envious), (2, 1));
    assert!(envy.envies.iter().all(|envy| envy.blocks.is_none()), "{envy:#?}");
    let [english, vietnamese] =
        [Language::English, Language::Vietnamese].map(|language| envy.text(language, &Ids));
    assert!(english.contains("1 of 2 people") && english.contains("a rule forbids it"));
    assert!(vietnamese.contains("1 trên 2 người") && vietnamese.contains("quy định không cho phép"));
}
