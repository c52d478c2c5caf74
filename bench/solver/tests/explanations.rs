//! Explanations at the size of a province: chains of a random sample of people and needs, and every
//! change that certificates list or leave out, tried by solving.
//!
//! Certificates of a sample of the empty seats by default; `CADRE_SEATS=all` tries every one: some
//! twenty thousand solves, eight minutes unless in a release build.
#![allow(
    clippy::allow_attributes,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a helper that fails fails its test; the environment says how long it may take"
)]

#[path = "../../../solver/tests/support/seats.rs"]
mod seats;
#[path = "../../../solver/tests/support/mod.rs"]
mod support;

use cadre_bench::{cases, count, dice::Dice};
use cadre_solver::explain::{Explainer, WhyNot};
use cadre_solver::{Edit, Problem, Settings};

const SAMPLE: usize = 12;

#[test]
fn two_hundred_chains_cost_what_solving_with_the_pin_costs() {
    let problem = cases::invent("S", 1, false).unwrap();
    let instance = problem.clone().compile().unwrap();
    let plan = support::solved(&problem);
    let explainer = Explainer::new(&instance, &plan, &Settings::default()).unwrap();
    let mut dice = Dice::new(200, "chains");
    let mut told = 0;
    while told < 200 {
        let person = &problem.people[dice.below(count(problem.people.len())) as usize].id;
        let need = &problem.needs[dice.below(count(problem.needs.len())) as usize].id;
        let WhyNot::Chain { chain, .. } = explainer.why_not(person, need).unwrap() else {
            continue;
        };
        let edit = Edit::Pin {
            person: person.clone(),
            need: need.clone(),
        };
        // by way of text, so that nothing of the first solve can be reused
        let pinned = serde_json::to_string(&problem.edited(&[edit]).unwrap()).unwrap();
        let pinned: Problem = serde_json::from_str(&pinned).unwrap();
        let after = support::solved(&pinned);
        for score in &after.score {
            let change = chain.tiers.iter().find(|change| change.tier == score.tier);
            let before = &plan.tier(score.tier).unwrap().value;
            assert_eq!(
                change.map_or(before, |change| change.after.as_ref().unwrap()),
                &score.value
            );
        }
        assert_eq!(seats::moved(&plan, &chain.moves), seats::placements(&after));
        // the plan was the best there is: the first tier that differs got worse
        if let Some(first) = chain.tiers.first() {
            assert_eq!(first.improves(), Some(false), "{chain:#?}");
        }
        told += 1;
    }
}

#[test]
fn certificates_list_every_change_that_fills_a_seat_and_no_other() {
    let problem = cases::invent("S", 1, false).unwrap();
    let instance = problem.clone().compile().unwrap();
    let plan = support::solved(&problem);
    let explainer = Explainer::new(&instance, &plan, &Settings::default()).unwrap();
    let all = std::env::var("CADRE_SEATS").is_ok_and(|seats| seats == "all");
    let step = if all { 1 } else { plan.unmet.len().div_ceil(SAMPLE) };
    let (mut needs, mut listed, mut others) = (0, 0, 0);
    for unmet in plan.unmet.iter().step_by(step.max(1)) {
        let certificate = explainer.certificate(&unmet.need).unwrap();
        let remedies: Vec<&Edit> = certificate.remedies.iter().map(|remedy| &remedy.edit).collect();
        for edit in seats::candidates(&problem, &instance, &unmet.need) {
            let told = seats::told(&remedies, &edit);
            assert_eq!(
                seats::fills(&problem, &plan, &unmet.need, &edit),
                told,
                "{edit:?} at {}",
                unmet.need
            );
            listed += usize::from(told);
            others += usize::from(!told);
        }
        needs += 1;
    }
    println!("{needs} needs with empty seats: {listed} changes listed, {others} not listed, all tried");
    assert!(listed > 0 && others > 0);
}
