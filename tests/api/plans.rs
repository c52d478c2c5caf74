//! Plans up to the proposal: what may be asked of the solver, and what comes back. Their approval has a file of its own.

use crate::stage::{Stage, items};
use cadre::auth::Role;
use serde_json::{Value, json};

/// An id that nothing has.
const NOBODY: &str = "01980000-0000-7000-8000-000000000000";

#[test]
fn a_round_without_needs_and_people_has_an_empty_plan() {
    let stage = Stage::new();
    let (path, plan) = stage.solved(json!({}));
    let result = &plan["result"];
    for key in ["seats", "filled", "people", "needs", "eligible_pairs"] {
        assert_eq!(result[key], 0, "{key} in {plan}");
    }
    assert_eq!(
        (&result["proof"], &plan["failure"]),
        (&json!("optimal"), &Value::Null)
    );
    assert_eq!(
        items(&stage.hr(), &format!("{path}/assignments")),
        Vec::<Value>::new()
    );
    assert_eq!(
        items(&stage.hr(), &format!("{path}/unmet-needs")),
        Vec::<Value>::new()
    );
    assert_eq!(
        stage.hr().get(&format!("{path}/verification")).ok(),
        json!({"agrees": true, "disagreements": []})
    );
    // Nobody to send, and someone asks; someone to send, and nobody asks.
    stage.need(0, "land", 2);
    let (path, _) = stage.solved(json!({}));
    assert_eq!(
        items(&stage.hr(), &format!("{path}/unmet-needs"))[0]["missing"],
        2
    );
    let other = Stage::new();
    other.person("land", 3);
    let (_, plan) = other.solved(json!({}));
    assert_eq!(
        (&plan["result"]["people"], &plan["result"]["filled"]),
        (&json!(1), &json!(0))
    );
}

#[test]
fn an_unmet_need_says_what_stops_the_people_of_its_field() {
    let stage = Stage::new();
    let hr = stage.hr();
    stage.person("land", 1);
    let mut away = stage.record("land", 4, 3);
    away["absences"] = json!([{"reason": "study", "from": "2026-04-30", "until": "2026-05-30"}]);
    hr.post("/staff", away).created();
    let mut barred = stage.record("land", 4, 3);
    barred["absences"] = json!([{"reason": "maternity", "from": "2026-01-01", "until": "2026-02-01"}]);
    hr.post("/staff", barred).created();
    let mut officer = stage.record("land", 4, 3);
    officer["category"] = json!("armed_forces");
    hr.post("/staff", officer).created();
    stage.person("justice", 4);
    let need = stage.need(0, "land", 1);
    let (path, plan) = stage.solved(json!({}));
    assert_eq!(plan["result"]["eligible_pairs"], 0);
    assert_eq!(plan["result"]["unservable_units"], json!([stage.units[0]]));
    let unmet = items(&hr, &format!("{path}/unmet-needs"));
    assert_eq!(unmet.len(), 1);
    assert_eq!(
        (&unmet[0]["need"], &unmet[0]["missing"], &unmet[0]["eligible"]),
        (&json!(need), &json!(1), &json!(0))
    );
    let reasons = &unmet[0]["reasons"];
    for reason in ["level_short", "unavailable_in_term", "legal_bar", "category"] {
        assert_eq!(reasons[reason], 1, "{reason} in {reasons}");
    }
}

#[test]
fn the_better_fit_goes_unless_hr_pins_or_forbids() {
    let stage = Stage::new();
    let (guide, learner) = (stage.person("land", 4), stage.person("land", 2));
    let need = stage.need(0, "land", 1);
    let goes = |request: Value| {
        let (path, plan) = stage.solved(request);
        assert_eq!(plan["result"]["proof"], "optimal");
        assert_eq!(
            stage.hr().get(&format!("{path}/verification")).ok()["agrees"],
            true
        );
        stage.pairs(&path)
    };
    let pair = |who: &str| vec![(who.to_owned(), need.clone())];
    assert_eq!(goes(json!({})), pair(&guide));
    assert_eq!(
        goes(json!({"pins": [{"need": need, "staff": learner}]})),
        pair(&learner)
    );
    let forbidden = json!([{"staff": guide, "need": need}]);
    assert_eq!(goes(json!({"prohibitions": forbidden})), pair(&learner));
    let whole_unit =
        json!([{"staff": guide, "unit": stage.units[0]}, {"staff": learner, "unit": stage.units[1]}]);
    assert_eq!(goes(json!({"prohibitions": whole_unit})), pair(&learner));
    let both = json!([{"staff": guide, "need": need}, {"staff": learner, "need": need}]);
    assert_eq!(goes(json!({"prohibitions": both})), Vec::new());
}

#[test]
fn pins_that_can_not_hold_are_told_at_once() {
    let stage = Stage::new();
    let (anna, bao) = (stage.person("land", 3), stage.person("land", 3));
    let novice = stage.person("land", 1);
    let (one, two) = (stage.need(0, "land", 1), stage.need(1, "land", 1));
    let refused = |pins: Value, prohibitions: Value| {
        stage
            .ask(json!({"pins": pins, "prohibitions": prohibitions}))
            .problem(422, "pin_conflict")
    };
    // One person in two places.
    let twice = json!([{"need": one, "staff": anna}, {"need": two, "staff": anna}]);
    refused(twice, json!([]))
        .at("/pins/0", "pin_conflict")
        .at("/pins/1", "pin_conflict");
    // Two people on one seat.
    let crowd = json!([{"need": one, "staff": anna}, {"need": one, "staff": bao}]);
    let told = refused(crowd, json!([]))
        .at("/pins/0", "pin_conflict")
        .at("/pins/1", "pin_conflict");
    for fault in told.value["errors"].as_array().unwrap() {
        assert!(
            fault["pointer"].as_str().unwrap().starts_with("/pins/"),
            "{fault}"
        );
    }
    // Both wanted and forbidden.
    let wanted = json!([{"need": two, "staff": bao}]);
    refused(
        wanted,
        json!([{"staff": anna, "need": two}, {"staff": bao, "unit": stage.units[1]}]),
    )
    .at("/pins/0", "pin_conflict")
    .at("/prohibitions/1", "pin_conflict");
    // Someone who is not able.
    let unable = refused(json!([{"need": one, "staff": novice}]), json!([])).at("/pins/0", "pin_ineligible");
    assert!(
        unable.value.to_string().contains("level_short"),
        "{}",
        unable.value
    );
    assert_eq!(
        items(&stage.hr(), "/plans"),
        Vec::<Value>::new(),
        "nothing was stored"
    );
}

#[test]
fn a_request_speaks_of_what_there_is() {
    let stage = Stage::new();
    let (person, need) = (stage.person("land", 3), stage.need(0, "land", 1));
    let refused = |request: Value| stage.ask(request).problem(422, "validation_failed");
    let draft = stage.draft(1, "land", 1).json()["id"].clone();
    for stranger in [json!(NOBODY), draft] {
        let told = refused(json!({"pins": [{"need": stranger, "staff": person}]}));
        told.at("/pins/0/need", "unknown_need");
    }
    refused(json!({"pins": [{"need": need, "staff": NOBODY}]})).at("/pins/0/staff", "unknown_person");
    refused(json!({"prohibitions": [{"staff": NOBODY, "need": need}]}))
        .at("/prohibitions/0/staff", "unknown_person");
    for seconds in [0, 3_601] {
        refused(json!({"time_limit_seconds": seconds})).at("/time_limit_seconds", "out_of_range");
    }
    for (key, value, pointer, code) in [
        ("seed", json!(-1), "/seed", "invalid_value"),
        ("seed", json!("x"), "/seed", "wrong_type"),
        ("state", json!("solved"), "/state", "unknown_key"),
        ("pins", json!([[need, person]]), "/pins/0", "wrong_type"),
        ("pins", json!([{"need": need}]), "/pins/0/staff", "missing"),
        (
            "pins",
            json!([{"need": "x", "staff": person}]),
            "/pins/0/need",
            "invalid_value",
        ),
    ] {
        refused(json!({key: value})).at(pointer, code);
    }
    for request in [
        json!({"staff": person}),
        json!({"staff": person, "need": need, "unit": stage.units[0]}),
    ] {
        let told = refused(json!({"prohibitions": [request]}));
        assert!(
            told.value.to_string().contains("/prohibitions/0"),
            "{}",
            told.value
        );
    }
    let nowhere = stage.hr().post(&format!("/rounds/{NOBODY}/plans"), json!({}));
    nowhere.problem(404, "not_found");
    assert_eq!(
        items(&stage.hr(), "/plans"),
        Vec::<Value>::new(),
        "nothing was stored"
    );
}

#[test]
fn the_same_records_and_seed_give_the_same_plan() {
    let stage = Stage::new();
    for _ in 0..6 {
        stage.person("land", 3);
    }
    for unit in 0..3 {
        stage.need(unit, "land", 1);
    }
    let ask = || stage.solved(json!({"seed": 7}));
    let ((first, one), (second, two)) = (ask(), ask());
    let hash = &one["result"]["problem_hash"];
    assert_eq!(hash.as_str().unwrap().len(), 64);
    assert_eq!(&two["result"]["problem_hash"], hash);
    assert_eq!(one["result"]["score"], two["result"]["score"]);
    assert_eq!(stage.pairs(&first), stage.pairs(&second));
    // One more person, and it is another problem.
    stage.person("justice", 3);
    assert_ne!(&ask().1["result"]["problem_hash"], hash);
}

#[test]
fn caps_floors_and_languages_are_kept() {
    let stage = Stage::new();
    for _ in 0..3 {
        stage.person("land", 3);
    }
    stage.need(0, "land", 3);
    let path = format!("/rounds/{}", stage.round);
    let filled = |policy: Value| {
        let etag = stage.hr().get(&path).etag();
        stage.hr().patch(&path, &etag, json!({"policy": policy})).ok();
        stage.solved(json!({})).1["result"]["filled"].clone()
    };
    assert_eq!(filled(json!({})), 3);
    assert_eq!(filled(json!({"max_secondments": 2})), 2);
    assert_eq!(filled(json!({"unit_cap": 1})), 1);
    assert_eq!(filled(json!({"release_caps": {"so-noi-vu": 0}})), 0);
    assert_eq!(filled(json!({"field_floors": {"so-noi-vu": {"land": 1}}})), 2);
    assert_eq!(filled(json!({"travel_limit_minutes": 0})), 0);
}

#[test]
fn a_plan_that_is_cancelled_in_the_queue_is_left_alone() {
    let stage = Stage::new();
    let hr = stage.hr();
    let asked = stage.ask(json!({})).status(202);
    let path = asked.location();
    assert_eq!(asked.json()["state"], "queued");
    hr.get(&format!("{path}/verification"))
        .problem(409, "invalid_transition");
    let cancelled = hr.step(&format!("{path}/cancellation"), &asked.etag(), json!({}));
    let etag = cancelled.etag();
    assert_eq!(cancelled.ok()["state"], "cancelled");
    hr.step(&format!("{path}/cancellation"), &etag, json!({}))
        .problem(409, "invalid_transition");
    // The worker comes to the next job only after this one.
    stage.solved(json!({}));
    let later = hr.get(&path).status(200);
    assert_eq!(
        (later.etag(), &later.json()["state"]),
        (etag, &json!("cancelled"))
    );
    assert_eq!(stage.server.count("jobs WHERE state <> 'done'"), 0);
    let log = items(&stage.server.signed_in(Role::Leader), "/audit-events?limit=200");
    let told: Vec<_> = log
        .iter()
        .filter(|entry| path.ends_with(entry["resource_id"].as_str().unwrap()))
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert!(told.contains(&"cancel") && !told.contains(&"solve"), "{told:?}");
}
