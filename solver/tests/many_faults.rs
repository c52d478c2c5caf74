//! All faults are told at once, of each kind the first hundred.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper that fails fails its test"
)]

#[path = "support/document.rs"]
mod document;
mod support;

use cadre_solver::ErrorCode;
use document::{faults, set, sound};
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn too_many_seats_in_all_are_told_once() {
    let mut problem = support::land_people(1, 1);
    problem.needs = (0..1_001)
        .map(|nth| support::need(&format!("n{nth}"), "u1", "land", 10_000))
        .collect();
    let errors = support::faults(&problem).errors;
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (errors[0].code, errors[0].pointer.as_str()),
        (ErrorCode::TooManySeats, "/needs")
    );
}

#[test]
fn a_million_needs_of_a_million_seats_are_told_in_a_hundred_faults_and_one() {
    let mut problem = support::land_people(1, 1);
    problem.needs = (0..1_000_000)
        .map(|nth| support::need(&format!("n{nth}"), "u1", "land", 1_000_000))
        .collect();
    let started = Instant::now();
    let errors = problem.compile().unwrap_err().errors;
    // anything that compares each need with each would take hours
    assert!(started.elapsed() < Duration::from_secs(60));
    let (total, needs) = errors.split_last().unwrap();
    assert_eq!(
        (total.code, total.pointer.as_str()),
        (ErrorCode::TooManySeats, "/needs")
    );
    assert_eq!(needs.len(), 100);
    for (nth, fault) in needs.iter().enumerate() {
        assert_eq!(fault.code, ErrorCode::HeadcountOutOfRange);
        assert_eq!(fault.pointer, format!("/needs/{nth}/headcount"));
        // the last one listed alone says how many are not
        assert_eq!(
            fault.message.en.ends_with("; … and 999900 more of this kind"),
            nth == 99,
            "{}",
            fault.message.en
        );
    }
}

#[test]
fn of_each_kind_the_first_hundred_faults_are_told() {
    let mut problem = support::land_people(1, 101);
    problem.needs = (0..100)
        .map(|nth| support::need(&format!("n{nth}"), "u1", "land", 0))
        .collect();
    for person in &mut problem.people {
        person.department = "nowhere".into();
    }
    let errors = support::faults(&problem).errors;
    let (people, needs) = errors.split_at(100);
    assert!(
        people
            .iter()
            .all(|fault| fault.code == ErrorCode::UnknownDepartment)
    );
    assert!(people[99].message.en.ends_with("; … and 1 more of this kind"));
    assert_eq!(people[99].pointer, "/people/99/department");
    // a hundred are just as many as there may be
    assert_eq!(needs.len(), 100);
    assert!(
        needs
            .iter()
            .all(|fault| fault.code == ErrorCode::HeadcountOutOfRange)
    );
    assert!(needs.iter().all(|fault| !fault.message.en.contains('…')));
}

#[test]
fn all_faults_are_told_at_once() {
    let mut document = sound();
    set(&mut document, "/term/end", json!("2020-01-01"));
    set(&mut document, "/people/0/department", json!("x"));
    set(&mut document, "/people/1/department", json!("y"));
    set(&mut document, "/needs/1/headcount", json!(0));
    let places: Vec<_> = faults(&document).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(
        places,
        [
            "/term/end",
            "/people/0/department",
            "/people/1/department",
            "/needs/1/headcount"
        ]
    );
}

#[test]
fn every_record_with_a_fault_of_shape_is_told_and_every_key_with_one() {
    let mut document = sound();
    for (pointer, value) in [
        ("/people/0/colour", json!(1)),
        ("/people/0/size", json!(1)),
        ("/people/0/lat", json!("north")),
        ("/needs/0/headcount", json!("one")),
        ("/extra", json!(1)),
    ] {
        set(&mut document, pointer, value);
    }
    let mut places: Vec<_> = faults(&document).into_iter().map(|fault| fault.pointer).collect();
    places.sort();
    let expected = [
        "/extra",
        "/needs/0/headcount",
        "/people/0/colour",
        "/people/0/lat",
        "/people/0/size",
    ];
    assert_eq!(places, expected);
}
