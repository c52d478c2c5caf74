//! Where the tiers, one after the other, would not fit into memory: one cost stands for them.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper that fails fails its test"
)]

mod support;

use cadre_solver::explain::{Explainer, Refusal};
use cadre_solver::{
    BaseAssignment, Edit, Engine, Event, Instance, Mode, OneCost, Outcome, Plan, Priority, Problem, Proof,
    Settings, Status, Tier, Value, check, solve,
};

/// Enough for a part of the pairs, too little for all of them as columns.
const LITTLE_MIB: u64 = 72;

/// Two hundred people, 180 needs, and a cap of 40 on the whole field, of which the network doesn't know. Thirty
/// needs are critical, and 25 people are good enough for them.
fn capped() -> Problem {
    let mut problem = support::land_people(180, 200);
    for person in &mut problem.people[..25] {
        person.skills[0].level = 4;
    }
    problem.needs = (1..=180)
        .map(|nth| support::need(&format!("n{nth}"), &format!("u{nth}"), "land", 1))
        .collect();
    for need in problem.needs.iter_mut().skip(5).step_by(6) {
        (need.priority, need.min_level) = (Priority::Critical, 4);
    }
    problem.policy.field_caps = [("land".into(), 40)].into();
    problem
}

fn little() -> Settings {
    Settings {
        memory_limit_mib: LITTLE_MIB,
        ..Settings::default()
    }
}

fn within(instance: &Instance, memory_limit_mib: u64, events: &mut dyn FnMut(Event)) -> Outcome {
    let settings = Settings {
        memory_limit_mib,
        ..Settings::default()
    };
    solve(instance, &settings, events)
}

fn solved(problem: &Problem, settings: &Settings) -> (Plan, OneCost) {
    let instance = problem.clone().compile().unwrap();
    let outcome = solve(&instance, settings, &mut |_| {});
    let Outcome::LimitReached {
        plan,
        engine: Engine::General,
        one_cost: Some(one_cost),
        failure: None,
        ..
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    check(&instance, &plan).unwrap();
    (plan, one_cost)
}

fn serves(plan: &Plan, person: &str, need: &str) -> bool {
    (plan.assignments.iter()).any(|row| row.person.as_str() == person && row.need.as_str() == need)
}

#[test]
fn a_plan_comes_all_the_same_and_says_what_it_is() {
    let (plan, one_cost) = solved(&capped(), &little());
    assert_eq!(plan.assignments.len(), 40);
    assert!(!plan.optimal);
    assert!(
        one_cost.estimate_mib > LITTLE_MIB && one_cost.limit_mib == LITTLE_MIB,
        "{one_cost:?}"
    );
    assert_eq!(one_cost.cost, one_cost.bound, "so few are soon proven");
    assert_ne!(one_cost.proof, Proof::Open);
    // counting says thirty; the core knows that there are no more
    let critical = plan.tier(Tier::Critical).unwrap();
    assert_eq!(
        (&critical.value, critical.proof),
        (&Value::Integer(25), Proof::Certified)
    );
    // the core fills 175 seats, and has no cap on them
    let headcount = plan.tier(Tier::Headcount).unwrap();
    assert_eq!(
        (&headcount.value, &headcount.bound, headcount.proof),
        (&Value::Integer(40), &Value::Integer(175), Proof::Open)
    );
}

#[test]
fn with_more_memory_the_tiers_come() {
    let instance = capped().compile().unwrap();
    let Outcome::Solved { plan, .. } = within(&instance, 200, &mut |_| {}) else {
        panic!("it fits");
    };
    assert_eq!(plan.assignments.len(), 40);
}

#[test]
fn with_less_nothing_comes() {
    let instance = capped().compile().unwrap();
    let Outcome::Refused {
        estimate_mib: 61..=LITTLE_MIB,
        limit_mib: 60,
        ..
    } = within(&instance, 60, &mut |_| {})
    else {
        panic!("told is what a plan needs at least");
    };
}

/// A cap that the core's plan keeps by itself.
#[test]
fn where_the_rule_does_not_bind_the_core_proves_every_tier() {
    let mut problem = capped();
    problem.people.truncate(175);
    problem.policy.field_caps = [("land".into(), 174)].into();
    problem.departments[0].release_cap = Some(170);
    let outcome = within(&problem.compile().unwrap(), LITTLE_MIB, &mut |_| {});
    let Outcome::Solved {
        plan,
        engine: Engine::Network,
        ..
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(plan.assignments.len(), 170);
}

#[test]
fn nothing_chooses_for_people_who_choose() {
    let mut problem = capped();
    problem.policy.mode = Mode::ConstrainedPriority;
    let outcome = within(&problem.compile().unwrap(), LITTLE_MIB, &mut |_| {});
    let Outcome::Refused { estimate_mib, .. } = outcome else {
        panic!("{outcome:?}");
    };
    assert!(estimate_mib > LITTLE_MIB, "what the tiers need: {estimate_mib}");
}

/// An hour and more away, where nobody would go for nothing.
fn far_away(problem: &mut Problem, need: usize) {
    problem.units[need - 1].lat += 0.5;
}

#[test]
fn who_was_told_stays_though_it_is_far() {
    let mut problem = capped();
    far_away(&mut problem, 11);
    assert!(!serves(&solved(&problem, &little()).0, "p77", "n11"));
    problem.base = vec![BaseAssignment {
        announced: true,
        ..support::base("p77", "n11")
    }];
    assert!(serves(&solved(&problem, &little()).0, "p77", "n11"));
}

#[test]
fn a_seat_that_weighs_nothing_is_worth_a_journey() {
    let mut problem = capped();
    (1..=180).for_each(|need| far_away(&mut problem, need));
    problem.policy.priority_weights.normal = 0;
    assert_eq!(solved(&problem, &little()).0.assignments.len(), 40);
}

/// However little time there is, what was asked for and what was announced is not given up for it.
#[test]
fn without_time_the_plan_before_stays() {
    let mut problem = capped();
    problem.pins = vec![support::pin("p40", "n1")];
    problem.base = vec![support::base("p41", "n2"), support::base("p42", "n3")];
    let hasty = Settings {
        time_limit_ms: 0,
        ..little()
    };
    let (plan, one_cost) = solved(&problem, &hasty);
    for (person, need) in [("p40", "n1"), ("p41", "n2"), ("p42", "n3")] {
        assert!(serves(&plan, person, need), "{person}");
    }
    assert!(one_cost.bound < one_cost.cost);
}

/// Whoever stops it has what there is: first a plan at hand, then what one cost has found.
#[test]
fn it_is_told_of_on_the_way() {
    let instance = capped().compile().unwrap();
    let mut started = false;
    let mut told = Vec::new();
    within(&instance, LITTLE_MIB, &mut |event| {
        started |= matches!(event, Event::OneCostStarted { .. });
        if let Some(Outcome::LimitReached { plan, one_cost, .. }) = event.so_far() {
            check(&instance, &plan).unwrap();
            assert!(started || one_cost.is_none());
            told.push((plan.assignments.len(), one_cost));
        }
    });
    let first = told.first().unwrap();
    assert_eq!(*first, (0, None));
    let (seats, one_cost) = told.last().unwrap();
    assert_eq!(*seats, 40);
    assert!(one_cost.is_some());
}

/// Its trials are never under one cost, which could prove nothing.
#[test]
fn questions_about_it_say_that_memory_is_too_small() {
    let problem = capped();
    let (plan, _) = solved(&problem, &little());
    let instance = problem.compile().unwrap();
    let explainer = Explainer::new(&instance, &plan, &little()).unwrap();
    let withdrawn = Edit::Withdraw {
        person: plan.assignments[0].person.clone(),
    };
    let refusal = explainer.what_if(&[withdrawn]).unwrap_err();
    let Refusal::NotSolved {
        status: Status::Refused,
        ..
    } = refusal
    else {
        panic!("{refusal:?}");
    };
    // an empty seat is asked of the filled ones and itself alone, which fit
    let certificate = explainer.certificate(&plan.unmet[0].need).unwrap();
    let fills: Vec<_> = certificate.remedies.iter().map(|remedy| &remedy.edit).collect();
    let one_more = Edit::FieldCap {
        field: "land".into(),
        cap: Some(41),
    };
    assert_eq!((fills, certificate.undecided.len()), (vec![&one_more], 0));
}
