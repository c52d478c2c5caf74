//! Where the tiers, one after the other, would not fit into memory: one cost stands for them.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper that fails fails its test"
)]

mod support;

use cadre_solver::explain::Explainer;
use cadre_solver::{
    BaseAssignment, Engine, Event, Instance, OneCost, Outcome, Plan, Priority, Problem, Proof, Settings,
    Tier, Value, check, solve,
};

/// Enough for a part of the pairs, too little for all of them as columns.
const LITTLE_MIB: u64 = 68;

/// Two hundred people, 180 needs, and a cap of 40 on the whole field: the network doesn't know it.
fn capped() -> Problem {
    let mut problem = support::land_people(180, 200);
    problem.needs = (1..=180)
        .map(|nth| cadre_solver::Need {
            priority: if nth % 6 == 0 {
                Priority::Critical
            } else {
                Priority::Normal
            },
            ..support::need(&format!("n{nth}"), &format!("u{nth}"), "land", 1)
        })
        .collect();
    problem.policy.field_caps = [("land".into(), 40)].into();
    problem
}

fn within(instance: &Instance, memory_limit_mib: u64, events: &mut dyn FnMut(Event)) -> Outcome {
    let settings = Settings {
        memory_limit_mib,
        ..Settings::default()
    };
    solve(instance, &settings, events)
}

fn roughly(problem: &Problem) -> (Plan, OneCost) {
    let instance = problem.clone().compile().unwrap();
    let outcome = within(&instance, LITTLE_MIB, &mut |_| {});
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

fn kept(plan: &Plan, line: &BaseAssignment) -> bool {
    (plan.assignments.iter()).any(|row| row.person == line.person && row.need == line.need)
}

#[test]
fn a_plan_comes_all_the_same_and_says_what_it_is() {
    let problem = capped();
    let (plan, one_cost) = roughly(&problem);
    assert_eq!(plan.assignments.len(), 40);
    assert!(!plan.optimal);
    assert!(
        one_cost.estimate_mib > LITTLE_MIB && one_cost.limit_mib == LITTLE_MIB,
        "{one_cost:?}"
    );
    assert_eq!(one_cost.cost, one_cost.bound, "so few are soon proven");
    // all thirty critical seats: the core's bound proves that there are no more
    let critical = plan.tier(Tier::Critical).unwrap();
    assert_eq!(
        (&critical.value, critical.proof),
        (&Value::Integer(30), Proof::Certified)
    );
    let headcount = plan.tier(Tier::Headcount).unwrap();
    assert_eq!(
        (&headcount.value, &headcount.bound, headcount.proof),
        (&Value::Integer(40), &Value::Integer(180), Proof::Open)
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
        estimate_mib: 65..=68,
        limit_mib: 60,
        ..
    } = within(&instance, 60, &mut |_| {})
    else {
        panic!("told is what a plan needs at least");
    };
}

#[test]
fn who_was_told_stays() {
    let mut problem = capped();
    // far from the office, where nobody would go for nothing
    problem.base = vec![BaseAssignment {
        announced: true,
        ..support::base("p7", "n11")
    }];
    let (plan, _) = roughly(&problem);
    assert!(kept(&plan, &problem.base[0]));
    problem.base.clear();
    let line = support::base("p7", "n11");
    assert!(!kept(&roughly(&problem).0, &line), "only because it was told");
}

#[test]
fn it_is_told_of_on_the_way() {
    let instance = capped().compile().unwrap();
    let mut told = 0;
    within(&instance, LITTLE_MIB, &mut |event| {
        if let Event::BestSoFar { plan, .. } = event {
            check(&instance, &plan).unwrap();
            told += 1;
        }
    });
    assert!(told > 0);
}

#[test]
fn what_its_rules_cost_stays_open() {
    let problem = capped();
    let (plan, _) = roughly(&problem);
    let instance = problem.compile().unwrap();
    let settings = Settings {
        memory_limit_mib: LITTLE_MIB,
        ..Settings::default()
    };
    let explainer = Explainer::new(&instance, &plan, &settings).unwrap();
    let prices = explainer.prices().unwrap();
    assert!(
        !prices.is_empty() && prices.iter().all(|price| price.undecided),
        "{prices:?}"
    );
}
