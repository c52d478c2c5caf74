//! Time, memory, seeds and progress: what a caller can rely on besides the best plan.

#[path = "support/random.rs"]
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "a part is used, and a helper that fails fails its test"
)]
mod random;
mod support;

use cadre_solver::{
    Better, Engine, Event, FailureCode, Outcome, Priority, Problem, Proof, Settings, Tier, Together, Value,
    check, compare, solve,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const DISTRICT_OFFICE: &str = include_str!("../../data/examples/district-office.json");

#[test]
fn no_time_at_all_still_gives_a_lawful_plan_with_its_gap() {
    let instance = Problem::parse(DISTRICT_OFFICE).unwrap();
    let settings = Settings {
        time_limit_ms: 0,
        ..Settings::default()
    };
    let outcome = solve(&instance, &settings, &mut |_| {});
    let Outcome::LimitReached { plan, open_tier, .. } = &outcome else {
        panic!("{outcome:#?}");
    };
    assert!(check(&instance, plan).is_ok());
    assert!(!plan.optimal);
    let open = plan.tier(*open_tier).unwrap();
    assert_eq!(open.proof, Proof::Open);
    // the gap is a real one: the bound lies on the better side of the value
    let (Value::Integer(value), Value::Integer(bound)) = (&open.value, &open.bound) else {
        panic!("{open:?}");
    };
    assert!(value <= bound, "{open:?}");
    // the tiers above are proven, and the pin is kept even now
    assert!(
        plan.score
            .iter()
            .take_while(|tier| tier.tier < *open_tier)
            .all(|tier| tier.proof != Proof::Open)
    );
    assert!(plan.assignments.iter().any(|row| row.pinned));
}

/// Whatever is asked for: without any time there may be no plan, but none with which the checker disagrees.
#[test]
fn no_time_at_all_is_no_reason_for_a_wrong_plan() {
    let settings = Settings {
        time_limit_ms: 0,
        ..Settings::default()
    };
    TestRunner::new(random::config(3_000))
        .run(&random::problems(), |problem| {
            let outcome = solve(&problem.compile().unwrap(), &settings, &mut |_| {});
            let in_order = match &outcome {
                Outcome::Failed { code, .. } => *code == FailureCode::NoPlanInTime,
                _ => true,
            };
            prop_assert!(in_order, "{outcome:?}");
            Ok(())
        })
        .unwrap();
}

#[test]
fn where_numbers_are_too_large_for_the_core_the_other_engine_has_the_same_limit() {
    // journeys on foot to the other end of the world, minute by minute
    let mut problem = support::land_people(40, 60);
    problem.policy.travel.km_per_hour = 1;
    problem.policy.travel.bucket_minutes = 1;
    for unit in &mut problem.units {
        (unit.lat, unit.lon) = (-11.0, -71.0);
    }
    problem.needs = (1..=40)
        .map(|nth| support::need(&format!("n{nth}"), &format!("u{nth}"), "land", 1))
        .collect();
    let instance = problem.compile().unwrap();
    let ended = |memory_limit_mib| {
        let settings = Settings {
            memory_limit_mib,
            ..Settings::default()
        };
        solve(&instance, &settings, &mut |_| {})
    };
    let Outcome::Solved { engine, .. } = ended(1_000) else {
        panic!("solved where there is room");
    };
    assert_eq!(engine, Engine::General);
    let Outcome::Refused {
        estimate_mib: 19..,
        limit_mib: 18,
        ..
    } = ended(18)
    else {
        panic!("the core would fit, the general model would not");
    };
}

#[test]
fn a_rule_that_binds_nobody_costs_no_memory() {
    // twenty people can't break a cap of 39 on forty seats, though the cap is below what is asked for
    let solved_by = |people| {
        let mut problem = support::land_people(40, people);
        problem.needs = (1..=40)
            .map(|nth| support::need(&format!("n{nth}"), &format!("u{nth}"), "land", 1))
            .collect();
        problem.policy.field_caps = [("land".into(), 39)].into();
        let settings = Settings {
            memory_limit_mib: 17,
            ..Settings::default()
        };
        solve(&problem.compile().unwrap(), &settings, &mut |_| {})
    };
    let of_few = solved_by(20);
    let Outcome::Solved { engine, .. } = of_few else {
        panic!("{of_few:?}");
    };
    assert_eq!(engine, Engine::Network);
    let of_many = solved_by(60);
    assert!(
        matches!(
            of_many,
            Outcome::Refused {
                estimate_mib: 18..,
                ..
            }
        ),
        "{of_many:?}"
    );
}

#[test]
fn a_model_that_would_not_fit_is_refused_before_it_is_built() {
    let instance = Problem::parse(DISTRICT_OFFICE).unwrap();
    let settings = Settings {
        memory_limit_mib: 0,
        ..Settings::default()
    };
    let mut events = 0;
    let outcome = solve(&instance, &settings, &mut |_| events += 1);
    let Outcome::Refused {
        estimate_mib,
        limit_mib,
        eligible_pairs,
    } = outcome
    else {
        panic!("{outcome:#?}");
    };
    assert!(estimate_mib > limit_mib);
    assert!(eligible_pairs > 0);
    assert_eq!(events, 0);
}

#[test]
fn a_problem_without_people_or_needs_is_solved() {
    let empty = support::problem();
    let plan = support::solved(&empty);
    assert!(plan.optimal && plan.assignments.is_empty());
    let mut nobody = support::land_people(1, 0);
    nobody.needs = vec![support::need("n1", "u1", "land", 3)];
    let plan = support::solved(&nobody);
    assert_eq!((plan.unmet[0].missing, plan.unservable_units.len()), (3, 1));
}

#[test]
fn progress_tells_every_tier_in_order() {
    let instance = Problem::parse(DISTRICT_OFFICE).unwrap();
    let mut events = Vec::new();
    let outcome = solve(&instance, &Settings::default(), &mut |event| events.push(event));
    assert!(matches!(events[0], Event::Started { eligible_pairs, .. } if eligible_pairs > 0));
    let finished: Vec<Tier> = (events.iter())
        .filter_map(|event| match event {
            Event::TierFinished {
                tier, proven: true, ..
            } => Some(*tier),
            _ => None,
        })
        .collect();
    let scored: Vec<Tier> = (outcome.plan().unwrap().score.iter())
        .map(|score| score.tier)
        .collect();
    assert_eq!(finished, scored);
    for event in &events {
        let text = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), *event);
    }
}

#[test]
fn plans_told_on_the_way_keep_every_rule_and_never_get_worse() {
    // the best for each alone would part the couple
    let mut problem = support::land_people(3, 4);
    problem.needs = [("n1", "u1", 1), ("n2", "u2", 1), ("n3", "u3", 2)]
        .map(|(id, unit, headcount)| support::need(id, unit, "land", headcount))
        .to_vec();
    problem.needs[0].priority = Priority::Critical;
    problem.needs[1].priority = Priority::Critical;
    problem.teams = vec![support::team("t", &["p1", "p2"], Together::SameUnit)];
    let instance = problem.compile().unwrap();
    let mut plans = Vec::new();
    let outcome = solve(&instance, &Settings::default(), &mut |event| {
        if let Event::BestSoFar { plan, open_tier, .. } = event {
            let open = plan.score.iter().find(|score| score.proof == Proof::Open);
            assert_eq!(open.map(|score| score.tier), Some(open_tier));
            plans.push(*plan);
        }
    });
    assert!(!plans.is_empty());
    plans.push(outcome.plan().unwrap().clone());
    for plan in &plans {
        assert!(check(&instance, plan).is_ok());
    }
    for pair in plans.windows(2) {
        let worse = compare(&instance, &pair[0], &pair[1]).better == Better::First;
        assert!(!worse, "{pair:#?}");
    }
}

#[test]
fn outcomes_survive_the_way_through_json() {
    let instance = Problem::parse(DISTRICT_OFFICE).unwrap();
    let settings =
        [(60_000, 2_048), (0, 2_048), (60_000, 0)].map(|(time_limit_ms, memory_limit_mib)| Settings {
            time_limit_ms,
            memory_limit_mib,
            seed: 7,
        });
    for settings in settings {
        let outcome = solve(&instance, &settings, &mut |_| {});
        let text = serde_json::to_string(&outcome).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome);
    }
}

#[test]
fn the_district_office_leaves_empty_what_nobody_may_fill() {
    let plan = support::solved(Problem::parse(DISTRICT_OFFICE).unwrap().problem());
    let unmet: Vec<_> = (plan.unmet.iter())
        .map(|row| (row.need.as_str(), row.missing, row.eligible))
        .collect();
    let expected = [
        ("border-justice", 1, 0),
        ("da-lat-finance", 1, 0),
        ("tan-ha-land", 1, 4),
    ];
    assert_eq!(unmet, expected);
}
