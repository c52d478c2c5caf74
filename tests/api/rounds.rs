//! Rounds: their term, their fields, and the policy that their plans obey.

use crate::harness::Server;
use crate::stage::{Stage, id, items, with};
use cadre::auth::Role;
use serde_json::{Value, json};

fn round() -> Value {
    json!({"name": "Đợt 2", "start_date": "2026-02-01", "end_date": "2026-04-30"})
}

#[test]
fn a_round_takes_all_fields_and_the_usual_policy_unless_told() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let made = hr.post("/rounds", round());
    let (path, etag) = (made.location(), made.etag());
    let made = made.created();
    assert_eq!(made["fields"].as_array().unwrap().len(), 14);
    assert_eq!(
        (&made["policy"]["balance"], &made["policy"]["max_secondments"]),
        (&json!(true), &Value::Null)
    );
    let read = hr.get(&path).status(200);
    assert_eq!((read.etag(), read.json()), (etag, made.clone()));
    assert_eq!(
        items(&server.signed_in(Role::CommuneSecretary), "/rounds"),
        [made]
    );
    hr.post("/rounds", round())
        .problem(409, "conflict")
        .at("/name", "duplicate");
}

#[test]
fn a_term_ends_after_it_starts_and_lasts_thirty_six_months_at_most() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let term = |start: &str, end: &str| {
        let name = json!(format!("{start} to {end}"));
        let dated = json!({"name": name, "start_date": start, "end_date": end});
        hr.post("/rounds", dated)
    };
    term("2026-02-01", "2026-01-31")
        .problem(422, "validation_failed")
        .at("/end_date", "end_before_start");
    term("2026-02-01", "2026-02-01").created();
    for (start, last, too_late) in [
        ("2026-02-01", "2029-01-31", "2029-02-01"),
        // A leap day's third anniversary does not exist; the month's last day stands for it.
        ("2028-02-29", "2031-02-27", "2031-02-28"),
    ] {
        term(start, last).created();
        term(start, too_late)
            .problem(422, "rule_violation")
            .at("/end_date", "max-term");
    }
    for (key, value, code) in [
        ("start_date", json!("2026-02-30"), "invalid_value"),
        ("end_date", json!(20_260_430), "wrong_type"),
    ] {
        hr.post("/rounds", with(&round(), key, value))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), code);
    }
    // The same holds when a round is changed.
    let made = hr.post("/rounds", round());
    let changed = hr.patch(&made.location(), &made.etag(), json!({"end_date": "2029-02-01"}));
    changed.problem(422, "rule_violation").at("/end_date", "max-term");
}

#[test]
fn fields_and_policy_speak_of_what_the_province_has() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let refused = |key: &str, value: Value| {
        hr.post("/rounds", with(&round(), key, value))
            .problem(422, "validation_failed")
    };
    refused("fields", json!(["land", "alchemy"])).at("/fields/1", "unknown_field");
    refused("fields", json!([])).at("/fields", "empty");
    refused("policy", json!({"release_caps": {"so-nowhere": 1}}))
        .at("/policy/release_caps/so-nowhere", "unknown_department");
    refused("policy", json!({"field_floors": {"so-nowhere": {"alchemy": 1}}}))
        .at("/policy/field_floors/so-nowhere", "unknown_department")
        .at("/policy/field_floors/so-nowhere/alchemy", "unknown_field");
    for (key, value, code) in [
        ("max_secondments", json!(1_000_001), "out_of_range"),
        ("max_secondments", json!(-1), "invalid_value"),
        ("rest_days", json!(3_651), "out_of_range"),
        ("km_per_hour", json!(0), "out_of_range"),
        ("detour_percent", json!(99), "out_of_range"),
        ("travel_limit_minutes", json!(10_001), "out_of_range"),
        ("balance", json!(1), "wrong_type"),
        ("unit_cap", json!("3"), "wrong_type"),
        ("charm", json!(1), "unknown_key"),
    ] {
        refused("policy", json!({key: value})).at(&format!("/policy/{key}"), code);
    }
    refused("policy", json!({"weights": {"charm": 1}})).at("/policy/weights/charm", "unknown_term");
    let (known, _) = cadre_solver::weighable_terms().next().unwrap();
    refused("policy", json!({"weights": {known: 101}}))
        .at(&format!("/policy/weights/{known}"), "out_of_range");
    refused("policy", json!([1, 2, 3])).at("/policy", "wrong_type");
    let policy = json!({
        "max_secondments": 0, "unit_cap": 2, "release_caps": {"so-noi-vu": 1}, "weights": {known: 100},
        "field_floors": {"so-noi-vu": {"land": 3}}, "rest_days": 0, "km_per_hour": 1000,
    });
    let narrow = with(
        &with(&round(), "fields", json!(["land", "justice", "land"])),
        "policy",
        policy,
    );
    let made = hr.post("/rounds", narrow).created();
    assert_eq!(made["fields"], json!(["justice", "land"]));
    assert_eq!(made["policy"]["weights"], json!({known: 100}));
    let usual = cadre_solver::Policy::default().travel.detour_percent;
    assert_eq!(made["policy"]["detour_percent"], usual);
}

#[test]
fn a_round_changes_in_parts_and_its_policy_as_a_whole() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let made = hr.post(
        "/rounds",
        with(&round(), "policy", json!({"unit_cap": 2, "rest_days": 7})),
    );
    let (path, first) = (made.location(), made.etag());
    hr.post("/rounds", with(&round(), "name", json!("Đợt 3")))
        .created();
    let changed = hr
        .patch(
            &path,
            &first,
            json!({"fields": ["land"], "policy": {"unit_cap": 3}}),
        )
        .status(200);
    let (second, changed) = (changed.etag(), changed.json());
    assert_eq!(
        (
            &changed["name"],
            &changed["fields"],
            &changed["policy"]["unit_cap"]
        ),
        (&json!("Đợt 2"), &json!(["land"]), &json!(3))
    );
    assert_ne!(
        changed["policy"]["rest_days"], 7,
        "what is left out of a policy takes its default"
    );
    hr.patch(&path, &first, json!({"name": "Đợt 4"}))
        .problem(412, "stale_version");
    hr.request("PATCH", &path)
        .json(&json!({"name": "Đợt 4"}))
        .send()
        .problem(428, "precondition_required");
    hr.patch(&path, &second, json!({"name": "Đợt 3"}))
        .problem(409, "conflict")
        .at("/name", "duplicate");
    for key in ["name", "start_date", "fields", "policy"] {
        hr.patch(&path, &second, json!({key: null}))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), "wrong_type");
    }
    assert_eq!(hr.get(&path).ok(), changed);
}

#[test]
fn the_dates_stay_once_people_serve() {
    let stage = Stage::new();
    let hr = stage.hr();
    let path = format!("/rounds/{}", stage.round);
    let etag = hr.get(&path).etag();
    // Until then they may move.
    let moved = hr
        .patch(&path, &etag, json!({"end_date": "2026-04-29"}))
        .status(200);
    stage.person("land", 3);
    stage.need(0, "land", 1);
    stage.in_force();
    let late = hr.patch(&path, &moved.etag(), json!({"end_date": "2026-05-31"}));
    late.problem(409, "invalid_transition");
    // What is no date does, and so does a date that stays as it is.
    let same = json!({"name": "Đợt một", "end_date": "2026-04-29"});
    let renamed = hr.patch(&path, &moved.etag(), same).ok();
    assert_eq!(
        (id(&renamed), &renamed["name"]),
        (stage.round.clone(), &json!("Đợt một"))
    );
}
