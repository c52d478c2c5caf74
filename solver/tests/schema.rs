//! The JSON Schema of both documents: checked in, true of the examples and of what the solver writes,
//! and as strict as it says.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "a helper that fails fails its test"
)]

#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::{Problem, Reason, Settings, schema, solve};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    let faults = validator.iter_errors(document);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

#[test]
fn the_schemas_checked_in_are_the_codes() {
    for (name, text) in [("problem", schema::problem()), ("plan", schema::plan())] {
        let file = format!("api-spec/{name}.schema.json");
        let stored = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(
            stored == text,
            "{file} is not what the code says; run `make schemas` and look at the difference"
        );
    }
}

#[test]
fn every_example_is_valid_and_so_is_its_plan() {
    let (problems, plans) = (validator(&schema::problem()), validator(&schema::plan()));
    let mut solved = 0;
    for entry in fs::read_dir(root().join("data/examples")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let found = faults(&problems, &document);
        // what contradicts itself is in order value by value; the broken example is not even that
        let broken = path.ends_with("broken.json");
        assert_eq!(found.is_empty(), !broken, "{}: {found:#?}", path.display());
        if let Ok(instance) = Problem::parse(&text) {
            let plan = support::solved(instance.problem());
            assert_eq!(
                faults(&plans, &serde_json::to_value(&plan).unwrap()),
                Vec::<String>::new()
            );
            solved += 1;
        }
    }
    assert!(solved > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_solver_reads_and_writes_is_valid(problem in random::problems()) {
        let document = serde_json::to_value(&problem).unwrap();
        prop_assert_eq!(faults(&validator(&schema::problem()), &document), Vec::<String>::new());
        let outcome = solve(&problem.compile().unwrap(), &Settings::default(), &mut |_| {});
        if let Some(plan) = outcome.plan() {
            let plan = serde_json::to_value(plan).unwrap();
            prop_assert_eq!(faults(&validator(&schema::plan()), &plan), Vec::<String>::new());
        }
    }
}

/// A problem that is valid and has what the cases spoil.
fn sound() -> Value {
    let mut problem = support::land_people(1, 2);
    problem.needs = vec![support::need("n1", "u1", "land", 1)];
    problem.policy.travel.matrix = Some(cadre_solver::TravelMatrix {
        people: vec!["p1".into()],
        units: vec!["u1".into()],
        minutes: vec![vec![Some(5)]],
    });
    problem.teams = vec![support::team(
        "t",
        &["p1", "p2"],
        cadre_solver::Together::SameUnit,
    )];
    problem.policy.weights.insert("fit_level".to_owned(), 3);
    serde_json::to_value(&problem).unwrap()
}

#[test]
fn ranges_are_those_of_the_solver() {
    let schema = validator(&schema::problem());
    assert_eq!(faults(&schema, &sound()), Vec::<String>::new());
    for (pointer, within, beyond) in [
        ("/format", json!("cadre-problem/1"), json!("cadre-problem/2")),
        ("/units/0/lat", json!(90), json!(90.5)),
        ("/units/0/lon", json!(-180), json!(-180.5)),
        ("/people/0/lat", json!(-90), json!(-91)),
        ("/people/0/lon", json!(180), json!(181)),
        ("/people/0/skills/0/level", json!(4), json!(5)),
        ("/people/0/skills/0/level", json!(0), json!(-1)),
        ("/people/0/id", json!("x"), json!("")),
        ("/people/0/category", json!("cadre"), json!("boss")),
        ("/needs/0/headcount", json!(10_000), json!(10_001)),
        ("/needs/0/headcount", json!(1), json!(0)),
        ("/needs/0/min_level", json!(4), json!(5)),
        ("/term/start", json!("2026-01-31"), json!("31 January 2026")),
        ("/teams/0/members", json!(["p1", "p2"]), json!(["p1"])),
        ("/policy/balance", json!("max_min"), json!("fair")),
        ("/policy/balance", json!(false), json!(0)),
        ("/policy/rest_days", json!(36_525), json!(36_526)),
        ("/policy/weights/fit_level", json!(100), json!(101)),
        (
            "/policy/weights",
            json!({"burden_history": 0}),
            json!({"fit_levle": 1}),
        ),
        ("/policy/priority_weights/low", json!(0), json!(101)),
        ("/policy/travel/km_per_hour", json!(1), json!(0)),
        ("/policy/travel/detour_percent", json!(100), json!(99)),
        ("/policy/travel/bucket_minutes", json!(10_080), json!(10_081)),
        (
            "/policy/travel/matrix/minutes",
            json!([[null]]),
            json!([[10_081]]),
        ),
    ] {
        for (value, valid) in [(&within, true), (&beyond, false)] {
            let mut document = sound();
            *document.pointer_mut(pointer).unwrap() = value.clone();
            assert_eq!(faults(&schema, &document).is_empty(), valid, "{pointer} {value}");
            // the solver agrees: a fault of another kind may follow from the change, but never one of range
            let read = serde_json::from_value::<Problem>(document).map(Problem::compile);
            let accepts = matches!(&read, Ok(Ok(_)));
            assert!(valid || !accepts, "{pointer} {value}: the solver takes it");
            let range = |code: &str| {
                code.ends_with("_out_of_range") || code == "unsupported_format" || code == "unknown_term"
            };
            let told = read
                .ok()
                .and_then(Result::err)
                .is_some_and(|invalid| invalid.errors.iter().any(|fault| range(fault.code.as_str())));
            assert!(!(valid && told), "{pointer} {value}: the solver does not take it");
        }
    }
}

#[test]
fn unknown_and_missing_keys_are_faults() {
    let schema = validator(&schema::problem());
    let mut extra = sound();
    extra["people"][0]["skils"] = json!([]);
    assert_eq!(faults(&schema, &extra).len(), 1);
    let mut short = sound();
    short["needs"][0].as_object_mut().unwrap().remove("unit");
    assert_eq!(faults(&schema, &short).len(), 1);
}

#[test]
fn descriptions_are_for_readers_of_json() {
    for text in [schema::problem(), schema::plan()] {
        assert!(!text.contains("[`") && !text.contains("::"), "{text}");
    }
    let plan: Value = serde_json::from_str(&schema::plan()).unwrap();
    for reason in Reason::ALL {
        assert!(plan.to_string().contains(&format!("\"{reason}\"")));
    }
}
